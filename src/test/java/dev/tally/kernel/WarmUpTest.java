package dev.tally.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void whatStaysSlowIsNotSteadyHoweverSteadyItsSpeedIs() {
        long limit = TimeUnit.MILLISECONDS.toNanos(50);
        AtomicInteger calls = new AtomicInteger();

        assertThat(WarmUp.untilSteady(calls::incrementAndGet, 0, limit)).isFalse();
        assertThat(calls.get()).as("went on to the limit").isGreaterThan(6_000);
    }

    @Test
    void whatIsQuickIsSteadyAfterEnoughCallsForTheCompiler() {
        AtomicInteger calls = new AtomicInteger();

        assertThat(WarmUp.untilSteady(calls::incrementAndGet, Long.MAX_VALUE, TimeUnit.SECONDS.toNanos(60)))
                .isTrue();
        assertThat(calls.get()).isGreaterThan(6_000);
    }
}
