package dev.tally.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontTest {
    @Test
    void whatIsNoHigherAndOnceLowerDominates() {
        assertThat(Front.dominates(costs(1, 2), costs(1, 3))).isTrue();
        assertThat(Front.dominates(costs(0, 2), costs(1, 3))).isTrue();
        assertThat(Front.dominates(costs(1, 3), costs(1, 2))).isFalse();
        assertThat(Front.dominates(costs(0, 3), costs(1, 2))).isFalse();
        assertThat(Front.dominates(costs(1, 2), costs(1, 2))).isFalse();
    }

    @Test
    void whatIsDominatedStaysOutside() {
        Front<String> front = new Front<>();

        assertThat(front.offer(costs(1, 1), "cheap")).isTrue();
        assertThat(front.offer(costs(1, 2), "dear")).isFalse();
        assertThat(front.members()).containsExactly("cheap");
    }

    @Test
    void whatIsDominatedLaterLeaves() {
        Front<String> front = new Front<>();
        front.offer(costs(3, 1), "small");
        front.offer(costs(2, 2), "middling");
        front.offer(costs(1, 3), "fast");

        assertThat(front.offer(costs(1, 2), "better")).isTrue();
        assertThat(front.members()).containsExactly("small", "better");
    }

    @Test
    void equalCostsStayBoth() {
        Front<String> front = new Front<>();

        assertThat(front.offer(costs(1, 2), "one")).isTrue();
        assertThat(front.offer(costs(1, 2), "other")).isTrue();
        assertThat(front.members()).containsExactly("one", "other");
    }

    @Test
    void costsThatAreChangedAfterwardsChangeNothing() {
        Front<String> front = new Front<>();
        double[] costs = costs(1, 1);
        front.offer(costs, "first");
        costs[0] = 9;

        assertThat(front.offer(costs(2, 1), "second")).isFalse();
    }

    @Test
    void costsAreNumbersAndAlwaysAsMany() {
        Front<String> front = new Front<>();
        front.offer(costs(1, 2), "first");

        assertThatIllegalArgumentException().isThrownBy(() -> front.offer(costs(1, Double.NaN), "unknown"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> front.offer(costs(1), "short"))
                .withMessage("expected as many costs of both, got 2 and 1");
    }

    /** On a grid, so that there are many equal ones. */
    @Test
    void whateverTheOrderTheFrontIsWhatNothingDominates() {
        Random random = new Random(1);
        for (int draw = 0; draw < 300; draw++) {
            int dimensions = 1 + random.nextInt(4);
            List<double[]> offered = new ArrayList<>();
            Front<double[]> front = new Front<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                double[] costs = random.ints(dimensions, 0, 6).asDoubleStream().toArray();
                offered.add(costs);
                boolean dominated = offered.stream().anyMatch(other -> isBetter(other, costs));
                assertThat(front.offer(costs, costs)).isNotEqualTo(dominated);
            }

            List<double[]> expected = offered.stream()
                    .filter(costs -> offered.stream().noneMatch(other -> isBetter(other, costs)))
                    .toList();
            assertThat(front.members()).containsExactlyElementsOf(expected);
        }
    }

    /** The definition, told another way: the sum is lower, and so is each of the greater of both with the other's. */
    private static boolean isBetter(double[] one, double[] other) {
        double sum = 0;
        double of = 0;
        double greater = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i];
            of += other[i];
            greater += Math.max(one[i], other[i]);
        }
        return greater == of && sum < of;
    }

    private static double[] costs(double... costs) {
        return costs;
    }
}
