package dev.tally.latency;

import static dev.tally.latency.Measured.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.measurement.Measurements;
import dev.tally.network.Network;
import dev.tally.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several workers that record the same steps at once. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ConcurrentLatenciesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Network NETWORK = chain(1, 3, 3);

    private final LatencyDatabase database;

    ConcurrentLatenciesTest(TestDatabase kind) {
        database = new LatencyDatabase(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void record(Network network, Measurements measurements) {
        database.table.record(network, "host-a", measurements, NOON);
    }

    private List<Latency> all() {
        return database.latencies.page(LatencyFilter.ALL, null, 10_000).latencies();
    }

    /** Another one has added all rows, and not yet told: who comes second waits, and adds to them. */
    @Test
    void nothingIsLostWhereTwoAddTheSameRows() throws Exception {
        Thread[] second = new Thread[1];
        database.transaction.executeWithoutResult(_ -> {
            record(NETWORK, Measured.of(NETWORK, 10, 10));
            second[0] = Thread.ofVirtual()
                    .start(() -> database.transaction.executeWithoutResult(_ -> {
                        database.jdbc.sql("select 1").query(Integer.class).single();
                        record(NETWORK, Measured.of(NETWORK, 30, 30));
                    }));
            awaitBlocked(second[0]);
        });
        second[0].join();

        assertThat(all()).hasSize(3).allSatisfy(latency -> {
            assertThat(latency.count()).isEqualTo(2);
            assertThat(latency.mean()).isEqualTo(20);
        });
    }

    /** As long as it takes to be sure that it waits for us: it would be done in a tenth of the time. */
    private static void awaitBlocked(Thread other) {
        try {
            assertThat(other.join(Duration.ofMillis(300))).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Most of what can go wrong does while the first rows are added; so over and over from the start. */
    @Test
    void manyAtOnceNeitherLoseNorWaitForEachOther() throws Exception {
        int times = Integer.getInteger("times", 10);
        for (int i = 0; i < times; i++) {
            database.jdbc.sql("delete from latency").update();
            database.jdbc.sql("delete from latency_conditions").update();

            manyAtOnce(i);
        }
    }

    private void manyAtOnce(int seed) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        int[] recorded = new int[20];
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(31L * seed + t);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int round = 0; round < 6; round++) {
                        // Some of the same steps each, in any order.
                        int[] kernels = random.ints(6, 1, 20).distinct().toArray();
                        Network network = chain(kernels);
                        database.transaction.executeWithoutResult(_ -> record(network, Measured.of(network, 1, 1)));
                        synchronized (recorded) {
                            Arrays.stream(kernels).forEach(kernel -> recorded[kernel]++);
                        }
                    }
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        int[] counts = new int[20];
        for (Latency latency : all()) {
            if (latency.key().startsWith("conv")) {
                counts[Integer.parseInt(latency.key().replaceAll("conv k(\\d+)x.*", "$1"))] = latency.count();
            }
        }
        assertThat(counts).isEqualTo(recorded);
    }
}
