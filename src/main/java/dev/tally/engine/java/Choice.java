package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.Convolutions;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.network.Node;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which algorithm computes a convolution.
 *
 * @param lanes floats of a vector, 0 for plain loops
 * @param threads how many threads compute
 * @param mostBytes what a convolution may pack and work in
 * @param blocksFrom how many convolutions a network has at least for its tensors to be kept in blocks of channels
 * @param forced the id of the algorithm of all convolutions; null where each is computed by the first that is for it
 */
record Choice(
        int lanes,
        int threads,
        long mostBytes,
        int blocksFrom,
        @Nullable String forced) {
    /**
     * {@return the algorithm of a layer}
     *
     * @throws UnsupportedNetworkException if there is none, or the forced one is none for it
     */
    ConvolutionAlgorithm of(Node node, Geometry geometry) throws UnsupportedNetworkException {
        return forced == null || !Geometries.convolves(node.layer())
                ? first(node, geometry)
                : forced(forced, node, geometry);
    }

    /**
     * {@return the algorithm of a convolution between others: one that keeps to blocks of channels if there is one}
     *
     * @throws UnsupportedNetworkException if there is none, or the forced one is none for it
     */
    ConvolutionAlgorithm ofBlocks(Node node, Geometry geometry) throws UnsupportedNetworkException {
        if (forced == null) {
            for (ConvolutionAlgorithm algorithm : Convolutions.all()) {
                if (reason(algorithm, geometry) == null
                        && algorithm.computesBlocks(geometry, lanes)
                        && algorithm.declined(geometry, lanes) == null) {
                    return algorithm;
                }
            }
        }
        return of(node, geometry);
    }

    /** {@return the algorithms that may be the fastest for a convolution of blocks of channels} */
    List<ConvolutionAlgorithm> candidates(Geometry geometry, Predicate<ConvolutionAlgorithm> fitting) {
        return Convolutions.all().stream()
                .filter(algorithm -> forced == null || algorithm.id().equals(forced))
                .filter(algorithm -> reason(algorithm, geometry) == null)
                .filter(algorithm -> algorithm.computesBlocks(geometry, lanes))
                .filter(algorithm -> algorithm.promising(geometry, lanes))
                .filter(fitting)
                .flatMap(algorithm -> algorithm.variants().stream())
                .toList();
    }

    private ConvolutionAlgorithm forced(String id, Node node, Geometry geometry) throws UnsupportedNetworkException {
        ConvolutionAlgorithm algorithm = Convolutions.named(id)
                .orElseThrow(() -> new IllegalArgumentException("an algorithm of java expected, got " + id));
        String reason = reason(algorithm, geometry);
        if (reason != null) {
            throw new UnsupportedNetworkException(node, "the algorithm \"" + id + "\" does not apply: " + reason);
        }
        return algorithm;
    }

    private ConvolutionAlgorithm first(Node node, Geometry geometry) throws UnsupportedNetworkException {
        String reason = "there is none";
        for (ConvolutionAlgorithm algorithm : Convolutions.all()) {
            String own = reason(algorithm, geometry);
            if (own == null && algorithm.declined(geometry, lanes) == null) {
                return algorithm;
            }
            reason = own == null ? reason : "\"" + algorithm.id() + "\": " + own;
        }
        throw new UnsupportedNetworkException(node, "no algorithm applies, the last of them, " + reason);
    }

    /** {@return why an algorithm is none for a geometry here; null if it is one} */
    private @Nullable String reason(ConvolutionAlgorithm algorithm, Geometry geometry) {
        String unsupported = algorithm.unsupported(geometry, lanes);
        if (unsupported != null) {
            return unsupported;
        }
        long bytes = algorithm.workspaceBytes(geometry, lanes, threads);
        return bytes <= mostBytes
                ? null
                : String.format(Locale.ROOT, "expected a workspace of at most %,d bytes, got %,d", mostBytes, bytes);
    }
}
