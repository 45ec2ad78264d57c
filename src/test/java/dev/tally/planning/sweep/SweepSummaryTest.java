package dev.tally.planning.sweep;

import static dev.tally.planning.sweep.Sweeping.BOTTLENECK;
import static dev.tally.planning.sweep.Sweeping.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.LayerKey;
import dev.tally.planning.Figure;
import dev.tally.planning.RankCorrelation;
import dev.tally.planning.TimePrediction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepSummaryTest {
    @Test
    void itSaysWhoHasTheLeastAndOfEqualOnesTheFirst() {
        Sweep sweep = sweep(BOTTLENECK, "{'parameters': {'width': [16, 8, -1, 8]}}", null, null);
        SweepSummary summary = new SweepSummary(4);

        summary.add(sweep.count(2, 4));
        summary.add(sweep.count(0, 2));

        assertThat(summary.counted()).isEqualTo(3);
        assertThat(summary.faulty()).isEqualTo(1);
        assertThat(summary.least())
                .containsEntry(Figure.MULTIPLIES, new SweepSummary.Least<>(8 * 777_728L, 2))
                .containsEntry(Figure.PARAMETERS, new SweepSummary.Least<>(8 * (192 + 800 + 1) + 32L, 2));
        assertThat(summary.leastNanos()).isNull();
        assertThat(summary.prediction()).isEmpty();
    }

    /** The time falls as the width grows but for one step that is missing at 24. */
    @Test
    void itSaysHowFarCountsPredictTimesOfThoseThatAreKnown() {
        Sweep sweep = sweep(BOTTLENECK, "{'parameters': {'width': [8, 16, 24, 32]}}", null, steps -> {
            Map<LayerKey, Double> times = new HashMap<>();
            steps.forEach(step -> {
                if (step.text().contains(" f8 ")) {
                    times.put(step, 30.0);
                } else if (step.text().contains(" f16 ")) {
                    times.put(step, 20.0);
                } else if (step.text().contains("28x28x192 ") && step.text().contains(" f32 ")) {
                    times.put(step, 10.0);
                } else if (!step.text().contains("f24")) {
                    times.put(step, 1.0);
                }
            });
            return times;
        });
        SweepSummary summary = new SweepSummary(4);

        summary.add(sweep.count(0, 4));

        assertThat(summary.timed()).isEqualTo(3);
        assertThat(summary.leastNanos()).isEqualTo(new SweepSummary.Least<>(11.0, 4));
        RankCorrelation reverse = new RankCorrelation(3, -1, -1);
        assertThat(summary.prediction())
                .hasValue(new TimePrediction(3, Optional.of(reverse), Optional.of(reverse), Optional.of(reverse)));
    }

    @Test
    void ofMoreThanAHundredThousandEverySecondIsCorrelated() {
        Sweep sweep = sweep(
                "{'input': [1, 1, '$c'], 'layers': [{'type': 'relu'}]}",
                "{'parameters': {'c': {'from': 1, 'to': 100001}}}",
                null,
                steps -> {
                    Map<LayerKey, Double> times = new HashMap<>();
                    steps.forEach(step -> times.put(step, 1.0));
                    return times;
                });
        SweepSummary summary = new SweepSummary(sweep.size());

        for (long place = 0; place < sweep.size(); place += 1000) {
            summary.add(sweep.count(place, Math.min(sweep.size(), place + 1000)));
        }

        assertThat(summary.timed()).isEqualTo(100_001);
        assertThat(summary.prediction().orElseThrow().n()).isEqualTo(50_001);
    }
}
