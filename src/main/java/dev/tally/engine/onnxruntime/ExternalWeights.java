package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxModel.Initializer;
import dev.tally.tensor.Weights;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model's weights in native memory, for the time in which a session is made of them. ONNX Runtime 1.29 copies or
 * packs every one of them then: overwriting them afterwards changed no result, at no level of optimisation. So they are
 * freed before the first run.
 */
final class ExternalWeights implements AutoCloseable {
    private final Resources resources = new Resources();
    private final Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();

    /** The weights of a model. */
    ExternalWeights(OrtEnvironment environment, OnnxModel model, Weights weights) throws OrtException {
        boolean complete = false;
        try {
            Arena arena = resources.arena();
            for (Initializer initializer : model.initializers()) {
                BoundTensor tensor = BoundTensor.allocate(
                        environment,
                        arena,
                        initializer.type(),
                        initializer.dimensions().stream()
                                .mapToLong(Long::longValue)
                                .toArray(),
                        initializer.elements());
                resources.add(tensor::close);
                tensor.fill(initializer.values(weights));
                tensors.put(initializer.name(), tensor.tensor());
            }
            complete = true;
        } finally {
            if (!complete) {
                resources.close();
            }
        }
    }

    /** {@return the tensors by the names that they have in the graph} */
    Map<String, OnnxTensorLike> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        resources.close();
    }
}
