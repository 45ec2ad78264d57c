package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.engine.onnxruntime.CopiesSlope.Copied;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On a clock that only the graphs move. */
class CopiesSlopeTest {
    private long now;
    private final List<Integer> runs = new ArrayList<>();

    private List<Copied> graphs(IntToLongFunction nanos, int... copies) {
        return IntStream.of(copies)
                .mapToObj(count -> new Copied(count, () -> {
                    runs.add(count);
                    now += nanos.applyAsLong(count);
                }))
                .toList();
    }

    @Test
    void whatEveryRunCostsOnceIsNoneOfACopysTime() {
        assertThat(CopiesSlope.nanos(graphs(copies -> 7_000 + 250L * copies, 1, 4, 7), 0, () -> now))
                .hasValue(250);
    }

    @Test
    void aLongRunNowAndThenChangesNothing() {
        assertThat(CopiesSlope.nanos(
                        graphs(copies -> 1_000 + 10L * copies + (runs.size() % 7 == 0 ? 1_000_000 : 0), 1, 2, 3),
                        100_000_000,
                        () -> now))
                .hasValue(10);
    }

    @Test
    void aTimeThatDoesNotRiseWithTheCopiesIsNone() {
        assertThat(CopiesSlope.nanos(graphs(_ -> 5_000, 1, 2, 3), 0, () -> now)).isEmpty();
        assertThat(CopiesSlope.nanos(graphs(copies -> 5_000 - copies, 1, 2, 3), 0, () -> now))
                .isEmpty();
    }

    /** Three to warm up each, then five in turns however little time there is. */
    @Test
    void graphsRunInTurnsAFewTimesAtLeast() {
        CopiesSlope.nanos(graphs(copies -> 1_000L * copies, 1, 2), 0, () -> now);

        assertThat(runs).containsExactly(1, 1, 1, 2, 2, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2);
    }

    @Test
    void graphsRunUntilTheBudgetIsSpent() {
        CopiesSlope.nanos(graphs(copies -> 1_000L * copies, 1, 2), 30_000, () -> now);

        assertThat(runs).hasSize(2 * 3 + 2 * 10);
    }

    @Test
    void theSlopeIsThatOfTheLeastSquares() {
        assertThat(CopiesSlope.slope(new double[] {1, 2, 3}, new double[] {2, 4, 6}))
                .isEqualTo(2);
        assertThat(CopiesSlope.slope(new double[] {0, 1, 2, 3}, new double[] {0, 0, 3, 3}))
                .isCloseTo(1.2, within(1e-12));
    }
}
