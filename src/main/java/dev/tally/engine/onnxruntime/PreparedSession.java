package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tally.engine.Assignment;
import dev.tally.engine.EngineException;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Input;
import dev.tally.network.Source;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.onnx.OnnxOptions;
import dev.tally.tensor.AxisOrder;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A session with its inputs and outputs in place: a run is one call, on memory that is there already, as a program in
 * any language makes it. Tensors are brought from the declared order of axes into the model's and back outside of it.
 */
final class PreparedSession implements PreparedNetwork {
    private final Resources resources = new Resources();
    private final OrtEnvironment environment;
    private final Assignment assignment;
    private final String kernel;
    private final OrtSession session;
    private final PoolThreads pool;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final Map<Source, Port> ports = new HashMap<>();

    /**
     * A session for an assignment's network.
     *
     * @param options how the network is written as a model
     * @param kernel what it answers as its kernel
     * @throws UnsupportedNetworkException if the network has no model, or ONNX Runtime refuses a layer of it
     * @throws EngineException if ONNX Runtime fails, with its own words
     */
    PreparedSession(SessionMaker maker, Assignment assignment, OnnxOptions options, String kernel)
            throws UnsupportedNetworkException {
        OnnxModel model = Exports.of(assignment.network(), options);
        this.environment = maker.environment();
        this.assignment = assignment;
        this.kernel = kernel;
        boolean complete = false;
        try {
            bind(model);
            PoolThreads.Started<OrtSession> started =
                    PoolThreads.start(assignment.threads(), () -> maker.session(model, assignment));
            session = started.session();
            // Added last, so closed first, before what it uses is gone.
            resources.add(session::close);
            pool = started.pool();
            complete = true;
        } catch (OrtException e) {
            if (Refusal.is(e)) {
                throw Refusal.of(e, maker, assignment, options);
            }
            throw failure("cannot be prepared", e);
        } catch (OutOfMemoryError e) {
            throw doesNotFit(e);
        } finally {
            if (!complete) {
                resources.close();
            }
        }
    }

    private void bind(OnnxModel model) throws OrtException {
        Arena arena = resources.arena();
        for (Port port : model.inputs()) {
            BoundTensor tensor = tensor(arena, port, resources);
            if (port.source() instanceof Input input) {
                tensor.fill(assignment.input(input), order(port));
            }
            inputs.put(port.name(), tensor.tensor());
        }
        Set<Source> given = Set.copyOf(assignment.network().outputs());
        for (Port port : model.outputs()) {
            ports.put(port.source(), port);
            if (given.contains(port.source())) {
                outputs.put(port.name(), tensor(arena, port, resources).tensor());
            }
        }
    }

    private BoundTensor tensor(Arena arena, Port port, Resources closing) throws OrtException {
        BoundTensor tensor = BoundTensor.allocate(environment, arena, port, order(port));
        closing.add(tensor::close);
        return tensor;
    }

    private AxisOrder order(Port port) {
        return new AxisOrder(assignment.network().batch(), port.source().shape(), port.permutation());
    }

    @Override
    public String kernel() {
        return kernel;
    }

    @Override
    public void run() {
        run(outputs);
    }

    private void run(Map<String, OnnxTensor> results) {
        // All results are pinned: what is closed here holds none of them.
        try (OrtSession.Result _ = session.run(inputs, Set.of(), results)) {
            // The results lie in the tensors' own memory.
        } catch (OrtException e) {
            throw failure("cannot be run", e);
        }
    }

    @Override
    public Map<Source, Tensor> read(Collection<? extends Source> sources, Arena arena) {
        Map<Source, BoundTensor> bound = new LinkedHashMap<>();
        Map<String, OnnxTensor> results = new LinkedHashMap<>();
        Map<Source, Tensor> read = new HashMap<>();
        try (Resources temporary = new Resources()) {
            Arena memory = temporary.arena();
            for (Source source : Set.copyOf(sources)) {
                Port port = port(source);
                BoundTensor tensor = tensor(memory, port, temporary);
                bound.put(source, tensor);
                results.put(port.name(), tensor.tensor());
            }
            if (!results.isEmpty()) {
                run(results);
            }
            bound.forEach((source, tensor) -> {
                Tensor values = Tensor.allocate(arena, assignment.network().batch(), source.shape());
                tensor.copyTo(values, order(port(source)));
                read.put(source, values);
            });
        } catch (OrtException e) {
            throw failure("cannot be read", e);
        } catch (OutOfMemoryError e) {
            throw doesNotFit(e);
        }
        return read;
    }

    private Port port(Source source) {
        Port port = ports.get(source);
        if (port == null) {
            throw new IllegalArgumentException(source.name() + " is neither an output nor exposed");
        }
        return port;
    }

    /**
     * Waits until the pool's threads sleep. They are left to spin while the network is measured, as they are wherever
     * nobody chooses otherwise: docs/decisions/0008.
     */
    @Override
    public void park() {
        pool.awaitSleep();
    }

    @Override
    public void close() {
        resources.close();
    }

    private EngineException failure(String what, OrtException e) {
        return new EngineException(subject() + " " + what + ": " + Words.of(e), e);
    }

    /** Of native memory: its limit is -XX:MaxDirectMemorySize, by default that of the heap. */
    private EngineException doesNotFit(OutOfMemoryError e) {
        return new EngineException(subject() + " does not fit into memory: " + e.getMessage(), e);
    }

    private String subject() {
        return "ONNX Runtime: network \"" + assignment.network().name() + "\"";
    }
}
