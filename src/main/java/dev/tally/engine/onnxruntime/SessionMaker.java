package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.tally.engine.Assignment;
import dev.tally.onnx.OnnxModel;

/**
 * Makes sessions, all with the same settings: one operator after another, the threads in one pool.
 *
 * @param configuration what an engine sets beside that
 */
record SessionMaker(OrtEnvironment environment, Configuration configuration) {
    /** What an engine sets before a session is made. */
    @FunctionalInterface
    interface Configuration {
        void apply(SessionOptions options, Resources resources) throws OrtException;
    }

    /**
     * {@return a session for a model}
     *
     * @param assignment has the weights and the number of threads
     */
    OrtSession session(OnnxModel model, Assignment assignment) throws OrtException {
        try (Resources temporary = new Resources()) {
            ExternalWeights weights = new ExternalWeights(environment, model, assignment.weights());
            temporary.add(weights::close);
            SessionOptions options = new SessionOptions();
            temporary.add(options::close);
            configuration.apply(options, temporary);
            options.setIntraOpNumThreads(assignment.threads());
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.addExternalInitializers(weights.tensors());
            return environment.createSession(model.withoutWeights(), options);
        }
    }
}
