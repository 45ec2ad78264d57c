package dev.tally.kernel.convolution;

import java.util.List;
import java.util.Optional;

/** The algorithms, in the order in which they are tried. */
public final class Convolutions {
    private static final List<ConvolutionAlgorithm> ALL = List.of(
            new DepthwiseConvolution(),
            new TransposedConvolution(),
            new MatrixProductConvolution(),
            new WinogradConvolution(6, 3),
            new WinogradConvolution(4, 3),
            new WinogradConvolution(2, 3),
            new WinogradConvolution(4, 5),
            new Im2colConvolution(),
            new DirectConvolution(),
            new PlainConvolution());

    private Convolutions() {}

    /** {@return all algorithms, the first to be tried first} */
    public static List<ConvolutionAlgorithm> all() {
        return ALL;
    }

    /** {@return the algorithm of this name} */
    public static Optional<ConvolutionAlgorithm> named(String id) {
        return ALL.stream().filter(algorithm -> algorithm.id().equals(id)).findFirst();
    }

    /**
     * {@return the first that supports a geometry and does not decline it; one does with vectors and without}
     *
     * @param lanes floats of a vector, 0 for plain loops
     */
    public static ConvolutionAlgorithm of(Geometry geometry, int lanes) {
        return ALL.stream()
                .filter(algorithm -> algorithm.unsupported(geometry, lanes) == null)
                .filter(algorithm -> algorithm.declined(geometry, lanes) == null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no algorithm supports " + geometry));
    }
}
