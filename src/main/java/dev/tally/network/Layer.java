package dev.tally.network;

import java.util.List;

/**
 * One operation of a network, without its place in it. The set is closed: whatever looks at layers (costs, names,
 * liveness) does so in one exhaustive {@code switch}, so a new record is a walk from compile error to compile error.
 *
 * <p>A record's constructor validates what can be said without shapes, {@link #output} the rest.
 */
public sealed interface Layer
        permits Activation,
                AdaptivePooling,
                Attending,
                BatchNorm,
                Convolving,
                Dense,
                Dropout,
                Elementwise,
                Embedding,
                Flatten,
                GatedLinearUnit,
                Identity,
                LearnedTensor,
                LocalResponseNorm,
                MatMul,
                Normalizing,
                ParametricRelu,
                Pooling,
                Rearranging,
                Reduce,
                Resampling,
                Reshape,
                Softmax,
                TransposedConvolution {

    /** {@return the fewest inputs that the layer takes} */
    default int minimumInputs() {
        return 1;
    }

    /** {@return the most inputs that the layer takes} */
    default int maximumInputs() {
        return 1;
    }

    /**
     * {@return the shape of the output}
     *
     * @param inputs the shapes of the inputs, in order, as many as the layer takes
     * @param layout where the channels stand in them
     * @throws InvalidLayerException if the shapes do not fit the layer
     */
    Shape output(List<Shape> inputs, Layout layout);

    /**
     * {@return the tensors that the layer stores, in a fixed order; none by default}
     *
     * @param inputs shapes that {@link #output} accepts
     */
    default List<WeightSlot> weights(List<Shape> inputs, Layout layout) {
        return List.of();
    }
}
