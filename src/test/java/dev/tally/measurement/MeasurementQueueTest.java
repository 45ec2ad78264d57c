package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tally.description.DescriptionReader;
import dev.tally.engine.Assignment;
import dev.tally.engine.DisguisedReference;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.measurement.MeasurementQueue.QueueFullException;
import dev.tally.network.Network;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MeasurementQueueTest {
    private static final Network NETWORK = DescriptionReader.read(
                    JsonMapper.shared().readTree("{\"input\": [4, 4, 1], \"layers\": [{\"type\": \"relu\"}]}"))
            .network();
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static MeasurementPlan plan(Engine engine) {
        return new MeasurementPlan(NETWORK, null, List.of(engine), 1, Precision.FLOAT32, Duration.ofMillis(20), false);
    }

    @Test
    void aRunThatOutlastsItsRequestKeepsItsPlaceUntilItEnds() throws Exception {
        Stuck stuck = new Stuck();
        try (MeasurementQueue queue = new MeasurementQueue(3)) {
            // Long enough for it to begin, once what comes before is warm.
            assertThat(queue.measure(plan(new ReferenceEngine()), SHORT, LONG).engines())
                    .hasSize(1);
            assertThatThrownBy(() -> queue.measure(plan(stuck), SHORT, Duration.ofSeconds(2)))
                    .isInstanceOf(MeasurementTimeoutException.class);
            assertThat(stuck.running.getCount()).as("begun").isZero();

            assertThatThrownBy(() -> queue.measure(plan(new ReferenceEngine()), SHORT, LONG))
                    .isInstanceOf(QueueFullException.class)
                    .hasMessage(
                            "one measurement runs at a time, and one before this takes longer than it was estimated to");

            stuck.release.countDown();
            assertThat(measuredAfterAWhile(queue).engines()).hasSize(1);
        }
    }

    private static Measurements measuredAfterAWhile(MeasurementQueue queue) throws Exception {
        while (true) {
            try {
                return queue.measure(plan(new ReferenceEngine()), SHORT, LONG);
            } catch (QueueFullException e) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void whatWouldTakeLongerThanTheRequestWaitsIsTurnedAwayAtOnce() throws Exception {
        Stuck stuck = new Stuck();
        try (MeasurementQueue queue = new MeasurementQueue(3)) {
            Thread first = Thread.ofVirtual().start(() -> {
                try {
                    queue.measure(plan(stuck), Duration.ofSeconds(20), LONG);
                } catch (UnsupportedNetworkException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            stuck.running.await();

            assertThatThrownBy(() -> queue.measure(plan(new ReferenceEngine()), SHORT, Duration.ofSeconds(10)))
                    .isInstanceOfSatisfying(
                            QueueFullException.class,
                            e -> assertThat(e.ahead()).isBetween(Duration.ofSeconds(11), Duration.ofSeconds(20)))
                    .hasMessageStartingWith("one measurement runs at a time, and 1 comes before this one, for about ");

            stuck.release.countDown();
            first.join();
        }
    }

    @Test
    void whoWaitsIsToldWhenTheServiceShutsDown() throws Exception {
        Stuck stuck = new Stuck();
        MeasurementQueue queue = new MeasurementQueue(3);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> thrown.complete(catchThrowable(() -> queue.measure(plan(stuck), SHORT, LONG))));
        stuck.running.await();

        queue.close();

        assertThat(thrown.join()).isInstanceOf(MeasurementTimeoutException.class);
        assertThatThrownBy(() -> queue.measure(plan(new ReferenceEngine()), SHORT, LONG))
                .isInstanceOf(MeasurementTimeoutException.class);
        stuck.release.countDown();
    }

    @Test
    void whatIsMeasuredBeforeAnybodyAsksTakesNobodysPlace() throws Exception {
        Stuck stuck = new Stuck();
        try (MeasurementQueue queue = new MeasurementQueue(0)) {
            CompletableFuture<Throwable> prepared = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> prepared.complete(catchThrowable(() -> queue.prepare(plan(stuck), SHORT, LONG))));
            stuck.running.await();
            CompletableFuture<Throwable> measured = new CompletableFuture<>();
            Thread asking = Thread.ofPlatform()
                    .start(() -> measured.complete(
                            catchThrowable(() -> queue.measure(plan(new ReferenceEngine()), SHORT, LONG))));
            while (asking.isAlive() && asking.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            stuck.release.countDown();

            assertThat(measured.join()).isNull();
            assertThat(prepared.join()).isNull();
        }
    }

    /** The reference, but that its runs last until they are let go. */
    private static final class Stuck extends DisguisedReference {
        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        Stuck() {
            super("stuck");
        }

        @Override
        public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
            return new Prepared(super.prepare(assignment)) {
                @Override
                public void run() {
                    running.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    super.run();
                }
            };
        }
    }
}
