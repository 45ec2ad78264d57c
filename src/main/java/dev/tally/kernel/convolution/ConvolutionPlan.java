package dev.tally.kernel.convolution;

/** A convolution made ready: weights packed, kernels emitted, addresses within buffers that were checked. */
public interface ConvolutionPlan {
    /** {@return the algorithm, its tile and the width of its vectors: {@code direct-14x2:512}} */
    String id();

    /**
     * {@return how many multiplications and additions of the convolution a run executes} What comes on top because a
     * vector or a tile is always whole, on channels that there are not or on outputs that two tiles share, is none of
     * them.
     */
    long flops();

    /** Computes the output. By one thread at a time. */
    void run();
}
