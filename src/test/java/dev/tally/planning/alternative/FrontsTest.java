package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.planning.alternative.DesignEstimates.DesignEstimate;
import dev.tally.planning.alternative.Fronts.Mark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrontsTest {
    private static final LayerAlternatives LECTURE = Described.first("{'ready': 'lecture-direct'}", Wish.ALL);

    /** The definition, figure by figure; times count where those of all are known. */
    @Test
    void aDesignIsOnAFrontWhereNoOtherIsAsLowInAllAndLowerInOne() {
        List<Part> parts = LECTURE.designs().stream().map(Contender::part).toList();
        Random random = new Random(7);
        for (int draw = 0; draw < 50; draw++) {
            List<Double> times =
                    parts.stream().map(_ -> 1.0 + random.nextInt(20)).toList();
            boolean known = draw % 2 == 0;

            List<Mark> marks = Fronts.of(timed(known ? times : withoutOne(times, random.nextInt(times.size()))));

            for (int i = 0; i < parts.size(); i++) {
                boolean onFront = true;
                boolean onCostFront = true;
                for (int j = 0; j < parts.size(); j++) {
                    if (better(parts.get(j), parts.get(i), known ? times.get(j) - times.get(i) : 0)) {
                        onCostFront = false;
                        if (parts.get(j).narrowest() >= parts.get(i).narrowest()) {
                            onFront = false;
                        }
                    }
                }
                assertThat(marks.get(i)).isEqualTo(new Mark(onFront, onCostFront));
            }
        }
    }

    private static List<@Nullable Double> withoutOne(List<Double> times, int missing) {
        List<@Nullable Double> some = new ArrayList<>(times);
        some.set(missing, null);
        return some;
    }

    private static TimedDesigns timed(List<@Nullable Double> nanos) {
        List<DesignEstimate> estimates = nanos.stream()
                .map(time -> new DesignEstimate(time, time == null ? List.of("5x5") : List.of()))
                .toList();
        return new TimedDesigns(
                LECTURE,
                Collections.nCopies(nanos.size(), null),
                Collections.nCopies(nanos.size(), null),
                new DesignEstimates("java", 1, "float32", "host-1", "", estimates));
    }

    private static boolean better(Part one, Part other, double time) {
        List<Double> differences = List.of(
                (double) one.figures().multiplies() - other.figures().multiplies(),
                (double) one.figures().parameters() - other.figures().parameters(),
                (double) one.figures().peakActivationBytes() - other.figures().peakActivationBytes(),
                time);
        return differences.stream().allMatch(difference -> difference <= 0)
                && differences.stream().anyMatch(difference -> difference < 0);
    }

    @Test
    void theLayerAsItIsComesFirst() {
        List<Mark> marks = Fronts.of(TimedDesigns.untimed(LECTURE));

        // 8 groups have an eighth of its multiplies and parameters, and the same peak.
        assertThat(marks).hasSize(1 + LECTURE.alternatives().size());
        assertThat(marks.getFirst()).isEqualTo(new Mark(false, false));
    }

    @Test
    void whatIsFastestIsOnBothFronts() {
        List<@Nullable Double> times =
                new ArrayList<>(Collections.nCopies(1 + LECTURE.alternatives().size(), 2.0));
        times.set(0, 1.0);

        assertThat(Fronts.of(timed(times)).getFirst()).isEqualTo(new Mark(true, true));
    }
}
