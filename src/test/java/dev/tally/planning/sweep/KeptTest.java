package dev.tally.planning.sweep;

import static dev.tally.planning.sweep.Sweeping.counted;
import static dev.tally.planning.sweep.Sweeping.json;
import static dev.tally.planning.sweep.Sweeping.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.Errors;
import dev.tally.network.LayerKey;
import dev.tally.planning.Budget;
import dev.tally.planning.BudgetReader;
import dev.tally.planning.sweep.Candidate.Counted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTest {
    /** 64·4·k·k·f multiplies, 4·k·k·f + f parameters, 64·4·4 + 64·f·4 bytes alive. */
    private static final String NETWORK = "{'input': [8, 8, 4], 'layers': [{'type': 'conv2d', 'filters': '$f',"
            + " 'kernel': '$k', 'padding': 'same'}]}";

    private static final String SPACE = "{'parameters': {'f': {'from': 1, 'to': 40}, 'k': {'from': 1, 'to': 9}}}";

    private static Keep keep(String keep, boolean times) {
        Errors errors = new Errors();
        Keep read = KeepReader.read(json("{'keep': " + keep + "}"), times, errors);
        errors.throwIfAny();
        return Objects.requireNonNull(read);
    }

    private static List<Counted> all(Sweep sweep) {
        return LongStream.range(0, sweep.size())
                .mapToObj(place -> counted(sweep, place))
                .toList();
    }

    private static List<String> kept(Keep keep, List<Counted> candidates) {
        Kept kept = Kept.of(keep);
        candidates.forEach(candidate -> kept.offer(candidate, one -> "" + one.number()));
        return kept.texts();
    }

    @Test
    void theBestComeFirstAndOfEqualOnesThoseThatStandFirst() {
        // f·k·k of: 2·2·2 = 8 (candidate 1), 8·1·1 = 8 (2), 1·3·3 = 9 (3), 4·1·1 = 4 (4), 2·2·2 again (5)
        Sweep sweep = sweep(
                NETWORK,
                "{'points': [{'f': 2, 'k': 2}, {'f': 8, 'k': 1}, {'f': 1, 'k': 3}, {'f': 4, 'k': 1}, {'f': 2, 'k': 2}]}",
                null,
                null);
        List<Counted> candidates = new ArrayList<>(all(sweep));

        assertThat(kept(keep("{'best': 3, 'by': 'multiplies'}", false), candidates))
                .containsExactly("4", "1", "2");
        Collections.reverse(candidates);
        assertThat(kept(keep("{'best': 3, 'by': 'multiplies'}", false), candidates))
                .containsExactly("4", "1", "2");
        assertThat(kept(keep("{'best': 9}", false), candidates)).containsExactly("4", "1", "2", "5", "3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void theFrontIsWhatNoOtherMakesSuperfluousInWhateverOrderTheyCome(int seed) {
        List<Counted> candidates = new ArrayList<>(all(sweep(NETWORK, SPACE, null, null)));
        // Multiplies against the kernel's reach turned round: many are on this front.
        Keep keep = keep("{'front': ['multiplies', 'activationBytes', 'parameters']}", false);
        List<String> expected = candidates.stream()
                .filter(one -> candidates.stream().noneMatch(other -> dominates(other, one)))
                .map(one -> "" + one.number())
                .toList();

        Collections.shuffle(candidates, new Random(seed));

        assertThat(kept(keep, candidates))
                .containsExactlyInAnyOrderElementsOf(expected)
                .isSortedAccordingTo((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
    }

    private static boolean dominates(Counted other, Counted one) {
        long[] a = figures(other);
        long[] b = figures(one);
        boolean lower = false;
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
            lower |= a[i] < b[i];
        }
        return lower;
    }

    private static long[] figures(Counted counted) {
        return new long[] {
            counted.totals().operations().multiplies(),
            counted.totals().activationBytes(),
            counted.totals().parameters()
        };
    }

    @Test
    void whatExceedsTheBudgetIsNotKept() {
        Budget budget =
                Objects.requireNonNull(BudgetReader.read(json("{'budget': {'parameters': 100}}"), new Errors()));
        List<Counted> candidates = all(sweep(NETWORK, "{'parameters': {'f': [19, 20, 21], 'k': [1]}}", budget, null));

        // 4·f + f of 19, 20 and 21
        assertThat(kept(keep("{'best': 10}", false), candidates)).containsExactly("1", "2");
    }

    @Test
    void byTimeOnlyThoseAreComparedWhoseTimeIsKnown() {
        StepTimes times = steps -> steps.stream()
                .filter(step -> !step.text().contains(" f2 "))
                .collect(Collectors.toMap(step -> step, KeptTest::nanos));
        List<Counted> candidates = all(sweep(NETWORK, "{'parameters': {'f': [1, 2, 3, 4], 'k': [1]}}", null, times));

        assertThat(kept(keep("{'best': 10, 'by': 'estimatedMillis'}", true), candidates))
                .containsExactly("4", "3", "1");
        assertThat(kept(keep("'front'", true), candidates)).containsExactly("1", "3", "4");
        assertThat(kept(keep("'front'", false), candidates)).containsExactly("1");
    }

    /** The more filters, the faster. */
    private static double nanos(LayerKey step) {
        return Map.of("f1", 40.0, "f3", 20.0, "f4", 10.0)
                .getOrDefault(step.text().replaceAll(".* (f\\d+) .*", "$1"), 0.0);
    }
}
