package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.convolution.Axis;
import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Border;
import dev.tally.kernel.parallel.Pool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TunerTest {
    private static Tuner.Case layer(int size, int channels, int lanes) {
        Axis axis = new Axis(size, size, 3, 1, 1, 1);
        Geometry geometry = new Geometry(1, 1, channels, channels, Axis.NONE, axis, axis, false);
        return new Tuner.Case(
                geometry, new Border(1, 1, 1, 1), false, null, Border.NONE, Rectifier.RELU, lanes, 1, null);
    }

    private static List<ConvolutionAlgorithm> candidates(Tuner.Case layer) {
        return new Choice(layer.lanes(), 1, JavaEngine.WORKSPACE_BYTES, 1, null)
                .candidates(layer.geometry(), _ -> true);
    }

    @Test
    void oneOfTheAlgorithmsIsTheFastestFromThenOn() throws UnsupportedNetworkException {
        int lanes = VectorSupport.current().lanes();
        assumeThat(lanes).isGreaterThanOrEqualTo(4);
        Tuner.Case layer = layer(17, 48, lanes);
        List<ConvolutionAlgorithm> algorithms = candidates(layer);
        assertThat(algorithms).extracting(ConvolutionAlgorithm::id).contains("direct", "winograd-4x4-3x3");
        assertThat(Tuner.fastest(layer)).isNull();

        try (Pool pool = new Pool(1, Thread::new)) {
            new Tuner(lanes, VectorSupport.current().registers(), pool).tune(Map.of(layer, algorithms));
        }

        assertThat(Tuner.fastest(layer)).isIn(algorithms);
    }

    /** Thirty runs of what takes a second, or plans of gigabytes, are out of proportion. */
    @Test
    void hugeLayersAreLeftToTheRules() {
        int lanes = 4;
        Tuner.Case usual = layer(56, 256, lanes);
        Tuner.Case slow = layer(512, 256, lanes);
        Tuner.Case large = layer(8, 4096, lanes);
        assertThat(Tuner.isWorthIt(usual, candidates(usual))).isTrue();
        assertThat(Tuner.isWorthIt(slow, candidates(slow))).isFalse();
        assertThat(Tuner.isWorthIt(large, candidates(large))).isFalse();
    }
}
