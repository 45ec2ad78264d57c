package dev.tally.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.tally.engine.onnxruntime.OnnxRuntime;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.onnx.OnnxModel.Initializer;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models in ONNX Runtime, on one thread. */
final class OnnxRuntimeRun {
    private static final OrtEnvironment ENVIRONMENT = environment();

    private OnnxRuntimeRun() {}

    /** Loaded as the engine does it: without that, the library reads the command line as it starts, and may crash. */
    private static OrtEnvironment environment() {
        OnnxRuntime.load(null);
        return OrtEnvironment.getEnvironment();
    }

    /**
     * {@return the outputs of a network's model, in the order in which their axes are declared}
     *
     * @param weightsByName whether the weights are given beside the model, or stand in it
     */
    static Map<Source, Tensor> of(
            Network network, Weights weights, Map<Input, Tensor> inputs, boolean weightsByName, Arena arena)
            throws OrtException, UnexportableException {
        OnnxModel model = OnnxModel.of(network, OnnxOptions.DEFAULT);
        return weightsByName
                ? runWithWeightsByName(network, model, weights, inputs, arena)
                : run(network, model, weights, inputs, arena);
    }

    /** {@return the outputs of a network's model with its weights inside} */
    static Map<Source, Tensor> run(
            Network network, OnnxModel model, Weights weights, Map<Input, Tensor> inputs, Arena arena)
            throws OrtException {
        try (SessionOptions options = options();
                OrtSession session = ENVIRONMENT.createSession(bytes(model, weights), options)) {
            return run(session, network, model, inputs, arena);
        }
    }

    /** {@return the outputs of a network's model that lies in a file, its weights beside it} */
    static Map<Source, Tensor> run(Network network, OnnxModel model, Path file, Map<Input, Tensor> inputs, Arena arena)
            throws OrtException {
        try (SessionOptions options = options();
                OrtSession session = ENVIRONMENT.createSession(file.toString(), options)) {
            return run(session, network, model, inputs, arena);
        }
    }

    private static Map<Source, Tensor> runWithWeightsByName(
            Network network, OnnxModel model, Weights weights, Map<Input, Tensor> inputs, Arena arena)
            throws OrtException {
        Map<String, OnnxTensorLike> given = new LinkedHashMap<>();
        for (Initializer initializer : model.initializers()) {
            FloatValues values = initializer.values(weights);
            FloatBuffer buffer = FloatBuffer.allocate((int) initializer.elements());
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, values.at(i));
            }
            given.put(
                    initializer.name(), OnnxTensor.createTensor(ENVIRONMENT, buffer, longs(initializer.dimensions())));
        }
        try (SessionOptions options = options()) {
            options.addExternalInitializers(given);
            try (OrtSession session = ENVIRONMENT.createSession(model.withoutWeights(), options)) {
                return run(session, network, model, inputs, arena);
            }
        } finally {
            given.values().forEach(OnnxTensorLike::close);
        }
    }

    private static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }

    private static byte[] bytes(OnnxModel model, Weights weights) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            model.write(bytes, weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<Source, Tensor> run(
            OrtSession session, Network network, OnnxModel model, Map<Input, Tensor> inputs, Arena arena)
            throws OrtException {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Port port : model.inputs()) {
                Tensor tensor = inputs.get(port.source());
                if (tensor == null) {
                    throw new IllegalArgumentException("no input for " + port);
                }
                given.put(port.name(), tensor(port, tensor));
            }
            Map<Source, Tensor> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(given)) {
                for (Port port : model.outputs()) {
                    OnnxTensor value = (OnnxTensor) result.get(port.name()).orElseThrow();
                    FloatBuffer computed = value.getFloatBuffer();
                    Tensor tensor = Tensor.allocate(
                            arena, network.batch(), port.source().shape());
                    long[] places = places(port);
                    for (int i = 0; i < places.length; i++) {
                        tensor.set(places[i], computed.get(i));
                    }
                    outputs.put(port.source(), tensor);
                }
            }
            return outputs;
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Port port, Tensor tensor) throws OrtException {
        long[] places = places(port);
        if (port.type() == ElementType.INT64) {
            LongBuffer numbers = LongBuffer.allocate(places.length);
            for (int i = 0; i < places.length; i++) {
                numbers.put(i, (long) tensor.at(places[i]));
            }
            return OnnxTensor.createTensor(ENVIRONMENT, numbers, longs(port.dimensions()));
        }
        FloatBuffer numbers = FloatBuffer.allocate(places.length);
        for (int i = 0; i < places.length; i++) {
            numbers.put(i, tensor.at(places[i]));
        }
        return OnnxTensor.createTensor(ENVIRONMENT, numbers, longs(port.dimensions()));
    }

    /** For each element of the graph's tensor, where it stands in the declared order. */
    private static long[] places(Port port) {
        int rank = port.permutation().size();
        long[] declared = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            declared[port.permutation().get(axis)] = port.dimensions().get(axis);
        }
        long[] steps = new long[rank];
        long elements = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            steps[axis] = elements;
            elements *= declared[axis];
        }
        long[] places = new long[(int) elements];
        for (int i = 0; i < places.length; i++) {
            long rest = i;
            for (int axis = rank - 1; axis >= 0; axis--) {
                long size = port.dimensions().get(axis);
                places[i] += rest % size * steps[port.permutation().get(axis)];
                rest /= size;
            }
        }
        return places;
    }

    private static long[] longs(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
