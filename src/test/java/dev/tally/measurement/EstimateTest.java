package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.DisguisedReference;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.network.Identity;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final Network ANY = new NetworkBuilder("")
            .input("x", Shape.of(1))
            .layer("same", "identity", new Identity(), "x")
            .build();
    private static final Cost SMALL = new Cost(1_000_000, 0, 100_000, 1_000, 1_000, 3);

    private static Estimate estimate(Cost cost, int millis, int engines) {
        List<Engine> all = Collections.nCopies(engines, new ReferenceEngine());
        return Estimate.of(
                new MeasurementPlan(ANY, null, all, 1, Precision.FLOAT32, Duration.ofMillis(millis), false),
                List.of(cost),
                100e9);
    }

    @Test
    void aSmallNetworkTakesItsBudgetAndALittleMore() {
        assertThat(estimate(SMALL, 2_000, 1).time()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    @Test
    void aLargeNetworkTakesAFewRunsHoweverSmallTheBudget() {
        Cost large = new Cost(30_000_000_000L, 0, 0, 0, 0, 1);
        double run = 30e9 / (new ReferenceEngine().usualShareOfPeak() * 100e9);

        assertThat(estimate(large, 10, 1).time().toMillis() / 1e3).isBetween(8 * run, 15 * run);
    }

    @Test
    void whatIsDoneAnElementAtATimeTakesLong() {
        // The comparisons of a pool of 2000 × 2000 over an image of 4000 × 4000.
        Cost pool = new Cost(0, 1.6e13, 1e8, 0, 80_000_000, 1);

        assertThat(estimate(pool, 10, 1).time()).isGreaterThan(Duration.ofHours(10));
    }

    @Test
    void weightsAreHeldTwiceForEachEngine() {
        Cost heavy = new Cost(0, 0, 0, 1_000_000, 500, 1);

        assertThat(estimate(heavy, 10, 1).bytes()).isEqualTo(2_001_000);
        assertThat(estimate(heavy, 10, 2).bytes()).isEqualTo(4_002_000);
    }

    @Test
    void whatNoMachineHoldsDoesNotWrapAround() {
        Cost endless = new Cost(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 10_000);

        assertThat(estimate(endless, 10, 2).bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(estimate(endless, 10, 2).time()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void aDevicesOwnTimeTakesTheBudgetAgain() {
        MeasurementPlan plan = new MeasurementPlan(
                ANY, null, List.of(new OnADevice()), 1, Precision.FLOAT32, Duration.ofSeconds(4), false);

        assertThat(Estimate.of(plan, List.of(SMALL), 100e9).time())
                .isGreaterThan(estimate(SMALL, 4_000, 1).time().plusSeconds(4));
    }

    /** As if the reference ran elsewhere. */
    private static final class OnADevice extends DisguisedReference {
        OnADevice() {
            super("device");
        }

        @Override
        public boolean onHost() {
            return false;
        }
    }
}
