package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private static final long MILLI = 1_000_000;
    private static final long PROBE = MILLI / 2;

    /** A clock that only what runs moves on. */
    private long now;

    private double slowness = 1;

    private boolean parking;

    /** For which part of the time, whatever runs, a core is missing. */
    private double delayed;

    private final List<String> order = new ArrayList<>();

    private class Work implements Sampling.Contender {
        private final String name;
        private final long first;
        private final long nanos;
        private int runs;

        /** What takes {@code first} nanoseconds at first and {@code nanos} from the fifth run on. */
        Work(String name, long first, long nanos) {
            this.name = name;
            this.first = first;
            this.nanos = nanos;
        }

        @Override
        public void run() {
            now += (long) (slowness * (runs++ < 4 ? first : nanos));
            if (order.isEmpty() || !order.getLast().equals(name)) {
                order.add(name);
            }
        }

        @Override
        public void park() {
            order.add("park " + name);
        }
    }

    private LongSupplier delays(Runnable work) {
        work.run();
        long[] last = {now};
        return () -> {
            long since = now - last[0];
            last[0] = now;
            return (long) (delayed * since);
        };
    }

    private Sampling sampling(Deadline deadline) {
        return new Sampling(
                () -> now,
                () -> {
                    now += (long) (slowness * PROBE);
                    return (long) (slowness * PROBE);
                },
                () -> PROBE,
                this::delays,
                parking,
                deadline);
    }

    private Sampling sampling() {
        return sampling(Deadline.in(Long.MAX_VALUE / 2, () -> now));
    }

    @Test
    void takesSamplesForAsLongAsTheBudgetAfterWarmingUp() {
        Work work = new Work("a", 50 * MILLI, MILLI);

        List<Samples> samples = sampling().take(List.of(work), 1_000 * MILLI);

        Timing timing = samples.getFirst().timing(PROBE);
        assertThat(timing.median()).isEqualTo(MILLI);
        assertThat(timing.p90()).as("none of the slow first runs").isEqualTo(MILLI);
        assertThat(timing.runs()).isBetween(900, 1_060);
    }

    @Test
    void takesAFewSamplesOfWhatTakesLongerThanTheBudget() {
        Work work = new Work("a", 700 * MILLI, 700 * MILLI);

        List<Samples> samples = sampling().take(List.of(work), 100 * MILLI);

        assertThat(samples.getFirst().runs()).isEqualTo(5);
    }

    @Test
    void contendersTakeTurnsAndAreParkedBeforeTheNextOne() {
        Work a = new Work("a", MILLI, MILLI);
        Work b = new Work("b", 3 * MILLI, 3 * MILLI);

        List<Samples> samples = sampling().take(List.of(a, b), 200 * MILLI);

        assertThat(order.subList(0, 8)).containsExactly("a", "park a", "b", "park b", "a", "park a", "b", "park b");
        assertThat(samples.getFirst().timesFasterThan(samples.getLast())).isEqualTo(3);
        assertThat(samples.getFirst().stretches())
                .hasSameSizeAs(samples.getLast().stretches());
    }

    @Test
    void aloneNothingIsParked() {
        sampling().take(List.of(new Work("a", MILLI, MILLI)), 100 * MILLI);

        assertThat(order).containsOnly("a");
    }

    @Test
    void whereTheProbeNeedsItsCoresAContenderIsParkedEvenAlone() {
        parking = true;

        sampling().take(List.of(new Work("a", MILLI, MILLI)), 100 * MILLI);

        assertThat(order.subList(0, 4)).containsExactly("a", "park a", "a", "park a");
    }

    @Test
    void aMissingCoreIsADisturbanceToo() {
        delayed = 0.2;

        List<Samples> samples = sampling().take(List.of(new Work("a", MILLI, MILLI)), 1_000 * MILLI);

        assertThat(samples.getFirst().disturbance(PROBE)).isCloseTo(1.25, within(1e-6));
        assertThat(samples.getFirst().runs()).as("half as long again").isGreaterThan(1_200);
    }

    @Test
    void aDisturbedHostExtendsTheBudgetByAHalf() {
        slowness = 1.2;
        long start = now;

        List<Samples> samples = sampling().take(List.of(new Work("a", MILLI, MILLI)), 1_000 * MILLI);

        assertThat(samples.getFirst().disturbance(PROBE)).isEqualTo(1.2);
        assertThat(now - start).isBetween(1_500 * MILLI, 1_700 * MILLI);
    }

    @Test
    void aDeadlineEndsTheSamplingWithTheRoundsThatAreDone() {
        Sampling sampling = sampling(Deadline.in(300 * MILLI, () -> now));

        List<Samples> samples = sampling.take(List.of(new Work("a", MILLI, MILLI)), 1_000 * MILLI);

        assertThat(now).isLessThan(400 * MILLI);
        assertThat(samples.getFirst().runs()).isPositive();
    }

    @Test
    void aDeadlineBeforeTheFirstRoundIsATimeout() {
        Sampling sampling = sampling(Deadline.in(30 * MILLI, () -> now));
        List<Work> work = List.of(new Work("a", 20 * MILLI, 20 * MILLI));

        assertThatThrownBy(() -> sampling.take(work, 1_000 * MILLI)).isInstanceOf(MeasurementTimeoutException.class);
    }

    /** A part of what was asked for would pass for all of it. */
    @Test
    void whatIsCancelledHasNoSamples() {
        Deadline deadline = Deadline.in(Long.MAX_VALUE / 2, () -> now);
        Work work = new Work("a", MILLI, MILLI) {
            @Override
            public void run() {
                super.run();
                if (now > 300 * MILLI) {
                    deadline.cancel();
                }
            }
        };

        assertThatThrownBy(() -> sampling(deadline).take(List.of(work), 1_000 * MILLI))
                .isInstanceOf(MeasurementTimeoutException.class);
    }

    @Test
    void whatTakesNoTimeFillsNoMemory() {
        Work work = new Work("a", 1, 1);

        List<Samples> samples = sampling().take(List.of(work), 100 * MILLI);

        assertThat(samples.getFirst().runs()).isLessThan(3_000_000);
    }
}
