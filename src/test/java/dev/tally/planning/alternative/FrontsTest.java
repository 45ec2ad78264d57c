package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.planning.alternative.Fronts.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontsTest {
    private static final LayerAlternatives LECTURE = Described.first("{'ready': 'lecture-direct'}", Wish.ALL);

    /** The definition, figure by figure. */
    @Test
    void aDesignIsOnAFrontWhereNoOtherIsAsLowInAllAndLowerInOne() {
        Random random = new Random(7);
        for (int draw = 0; draw < 50; draw++) {
            List<Part> parts = new ArrayList<>(List.of(LECTURE.original()));
            LECTURE.alternatives().forEach(alternative -> parts.add(alternative.part()));
            List<OptionalDouble> times = parts.stream()
                    .map(_ ->
                            random.nextInt(4) == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 + random.nextInt(20)))
                    .toList();

            List<Mark> marks = Fronts.of(LECTURE, part -> times.get(parts.indexOf(part)));

            for (int i = 0; i < parts.size(); i++) {
                boolean onFront = true;
                boolean onCostFront = true;
                for (int j = 0; j < parts.size(); j++) {
                    if (better(parts.get(j), times.get(j), parts.get(i), times.get(i))) {
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

    private static boolean better(Part one, OptionalDouble nanos, Part other, OptionalDouble others) {
        List<Double> differences = new ArrayList<>(List.of(
                (double) one.figures().multiplies() - other.figures().multiplies(),
                (double) one.figures().parameters() - other.figures().parameters(),
                (double) one.figures().peakActivationBytes() - other.figures().peakActivationBytes()));
        if (nanos.isPresent() && others.isPresent()) {
            differences.add(nanos.getAsDouble() - others.getAsDouble());
        }
        return differences.stream().allMatch(difference -> difference <= 0)
                && differences.stream().anyMatch(difference -> difference < 0);
    }

    @Test
    void theLayerAsItIsComesFirst() {
        List<Mark> marks = Fronts.of(LECTURE, _ -> OptionalDouble.empty());

        // 8 groups have an eighth of its multiplies and parameters, and the same peak.
        assertThat(marks).hasSize(1 + LECTURE.alternatives().size());
        assertThat(marks.getFirst()).isEqualTo(new Mark(false, false));
    }

    @Test
    void whatIsFastestIsOnBothFronts() {
        List<Mark> marks = Fronts.of(LECTURE, part -> OptionalDouble.of(part.equals(LECTURE.original()) ? 1 : 2));

        assertThat(marks.getFirst()).isEqualTo(new Mark(true, true));
    }
}
