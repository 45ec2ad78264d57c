package dev.tally.kernel.convolution;

/** A convolution made ready: weights packed, kernels emitted, addresses within buffers that were checked. */
public interface ConvolutionPlan {
    /** {@return the algorithm, its tile and the width of its vectors: {@code direct-14x2:512}} */
    String id();

    /** Computes the output. By one thread at a time. */
    void run();
}
