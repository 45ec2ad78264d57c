package dev.tally.planning.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.analysis.Analysis;
import dev.tally.latency.Measured;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.Baseline;
import dev.tally.measurement.Measurements;
import dev.tally.network.Network;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.RankCorrelation;
import dev.tally.planning.comparison.Prediction.Over;
import dev.tally.planning.comparison.Times.NetworkTimes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Chains of convolutions over 16×16×3 giving three channels: one of k×k takes 16·16·3 × k·k·3 = 2304·k² multiplies. */
class PredictionTest {
    private static Comparison chains(int[]... kernels) {
        return Comparison.of(
                Arrays.stream(kernels).map(Measured::chain).map(Analysis::of).toList());
    }

    private static int[] kernels(int... kernels) {
        return kernels;
    }

    private static Times times(Times.Source source, @Nullable NetworkTimes... networks) {
        return new Times(source, "java", Arrays.asList(networks));
    }

    private static NetworkTimes whole(double nanos) {
        return new NetworkTimes(nanos, null, Map.of());
    }

    private static Optional<RankCorrelation> correlation(int n, double spearman, double kendall) {
        return Optional.of(new RankCorrelation(n, spearman, kendall));
    }

    @Test
    void networksArePutInOrderByTheirTotals() {
        // Multiplies as 1, 9, 25, 49; times as 1, 2, 4, 3: one of six pairs is the other way round.
        List<Prediction> predictions = Prediction.of(
                chains(kernels(1), kernels(3), kernels(5), kernels(7)),
                List.of(times(Times.Source.MEASURED, whole(10), whole(20), whole(40), whole(30))));

        assertThat(predictions).hasSize(1);
        Prediction prediction = predictions.getFirst();
        assertThat(prediction.over()).isEqualTo(Over.NETWORKS);
        assertThat(prediction.prediction().n()).isEqualTo(4);
        assertThat(prediction.prediction().multiplies().orElseThrow().spearman())
                .as("1 - 6·2 / (64 - 4)")
                .isCloseTo(0.8, within(1e-12));
        assertThat(prediction.prediction().multiplies().orElseThrow().kendall()).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(prediction.prediction().parameters()).isPresent();
        assertThat(prediction.prediction().bytesMoved()).isPresent();
    }

    @Test
    void networksThatWereMeasuredInTurnsWithTheFirstAreInTheOrderOfTheirRatios() {
        // The host was slow while the third was measured, and the first beside it.
        List<Prediction> predictions = Prediction.of(
                chains(kernels(7), kernels(5), kernels(3)),
                List.of(times(
                        Times.Source.MEASURED,
                        whole(100),
                        new NetworkTimes(50.0, 2.0, Map.of()),
                        new NetworkTimes(75.0, 4.0, Map.of()))));

        assertThat(predictions.getFirst().prediction().multiplies()).isEqualTo(correlation(3, 1, 1));
    }

    @Test
    void layersThatDoTheSameWorkCountOnce() {
        Comparison comparison = chains(kernels(1, 3, 1), kernels(3, 5));
        NetworkTimes first = new NetworkTimes(60.0, null, Map.of("conv2d_1", 10.0, "conv2d_2", 30.0, "conv2d_3", 11.0));
        NetworkTimes second = new NetworkTimes(90.0, null, Map.of("conv2d_1", 31.0, "conv2d_2", 20.0));

        List<Prediction> predictions = Prediction.of(comparison, List.of(times(Times.Source.MEASURED, first, second)));

        assertThat(predictions).as("two networks tell nothing").hasSize(1);
        assertThat(predictions.getFirst().over()).isEqualTo(Over.LAYERS);
        // 1×1, 3×3 and 5×5 with 10, 30 and 20: two of three pairs in the same order.
        assertThat(predictions.getFirst().prediction().n()).isEqualTo(3);
        assertThat(predictions.getFirst().prediction().multiplies()).isEqualTo(correlation(3, 0.5, 1.0 / 3));
    }

    @Test
    void layersWithoutATimeAreLeftOut() {
        Comparison comparison = chains(kernels(1, 3, 5, 7));
        NetworkTimes times = new NetworkTimes(null, null, Map.of("conv2d_1", 1.0, "conv2d_2", 2.0, "conv2d_4", 3.0));

        assertThat(Prediction.of(comparison, List.of(times(Times.Source.LATENCIES, times)))
                        .getFirst()
                        .prediction()
                        .n())
                .isEqualTo(3);
    }

    @Test
    void nothingIsSaidOfFewerThanThree() {
        Comparison two = chains(kernels(1, 3), kernels(3));

        assertThat(Prediction.of(two, List.of())).isEmpty();
        assertThat(Prediction.of(
                        two,
                        List.of(times(
                                Times.Source.MEASURED,
                                new NetworkTimes(1.0, null, Map.of("conv2d_1", 1.0, "conv2d_2", 2.0)),
                                null))))
                .isEmpty();
    }

    @Test
    void aCountThatIsEverywhereTheSameSaysNothing() {
        Comparison comparison = chains(kernels(3, 3), kernels(3, 3), kernels(3, 3));

        Prediction prediction = Prediction.of(
                        comparison, List.of(times(Times.Source.MEASURED, whole(1), whole(2), whole(3))))
                .getFirst();

        assertThat(prediction.prediction().n()).isEqualTo(3);
        assertThat(prediction.prediction().multiplies()).isEmpty();
    }

    @Test
    void whatWasMeasuredIsTakenAndNotWhatWasEstimated() {
        Comparison comparison = chains(kernels(1), kernels(3), kernels(5));
        Times measured = times(Times.Source.MEASURED, whole(1), whole(2), whole(3));
        Times estimated = times(Times.Source.LATENCIES, whole(3), whole(2), whole(1));

        assertThat(Prediction.of(comparison, List.of(measured, estimated)))
                .extracting(Prediction::times)
                .containsExactly(measured);
        assertThat(Prediction.of(comparison, List.of(estimated)))
                .extracting(Prediction::times)
                .containsExactly(estimated);
    }

    private static MeasuredAnalysis measured(
            int[] kernels, double whole, @Nullable Double ratio, ToDoubleFunction<String> steps) {
        Network network = Measured.chain(kernels);
        Measurement alone = Measured.measurement(Measured.JAVA, network, Measured.figures(whole), steps);
        Baseline baseline = ratio == null ? null : new Baseline(Measured.figures(whole * ratio), ratio);
        Measurements measurements =
                Measured.measurements(new Measurement(alone.conditions(), alone.figures(), baseline, alone.steps()));
        return new MeasuredAnalysis(Analysis.of(network), null, measurements, "host", 1e9);
    }

    @Test
    void measurementsAreTimesOnEachEngineAndLayersOfOneNameAreCompared() {
        List<Times> times = Times.measured(
                Stream.of(measured(kernels(5), 40, null, _ -> 30), null, measured(kernels(1), 8, 4.0, _ -> 6))
                        .toList());

        assertThat(times).hasSize(1);
        assertThat(times.getFirst().engine()).isEqualTo("java");
        assertThat(times.getFirst().networks())
                .containsExactly(
                        new NetworkTimes(40.0, null, Map.of("conv2d_1", 30.0)),
                        null,
                        new NetworkTimes(8.0, 4.0, Map.of("conv2d_1", 6.0)));
        assertThat(times.getFirst().ratio("conv2d_1", 2)).isEqualTo(5.0);
        assertThat(times.getFirst().ratio("conv2d_1", 1)).isNull();
    }
}
