package dev.tally.kernel.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void doesEachItemOnceAndNoWorkerTwoAtOnce(int threads) {
        try (Pool pool = pool(threads)) {
            for (int items : new int[] {0, 1, 2, 7, 1000}) {
                AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, items));
                AtomicIntegerArray busy = new AtomicIntegerArray(threads);
                pool.run(items, (item, worker) -> {
                    assertThat(busy.incrementAndGet(worker)).isEqualTo(1);
                    done.incrementAndGet(item);
                    busy.decrementAndGet(worker);
                });
                for (int item = 0; item < items; item++) {
                    assertThat(done.get(item)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void wakesHelpersThatSleep() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try (Pool pool = new Pool(2, work -> {
            Thread thread = Thread.ofPlatform().daemon().unstarted(work);
            threads.add(thread);
            return thread;
        })) {
            for (int round = 0; round < 3; round++) {
                pool.park();
                while (threads.getFirst().getState() != Thread.State.WAITING) {
                    Thread.sleep(1);
                }
                AtomicIntegerArray workers = new AtomicIntegerArray(2);
                // Each waits for the other: both must be there.
                pool.run(2, (_, worker) -> {
                    workers.incrementAndGet(worker);
                    while (workers.get(0) == 0 || workers.get(1) == 0) {
                        Thread.onSpinWait();
                    }
                });
                assertThat(workers.get(0) + workers.get(1)).isEqualTo(2);
            }
        }
        threads.getFirst().join(10_000);
        assertThat(threads.getFirst().isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void givesTheCallerWhatAnItemThrowsAndGoesOn(int threads) {
        try (Pool pool = pool(threads)) {
            assertThatThrownBy(() -> pool.run(100, (item, _) -> {
                        if (item % 10 == 3) {
                            throw new IllegalStateException("item " + item % 10);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("item 3");
            AtomicIntegerArray done = new AtomicIntegerArray(1);
            pool.run(5, (_, _) -> done.incrementAndGet(0));
            assertThat(done.get(0)).isEqualTo(5);
        }
    }

    private static Pool pool(int threads) {
        return new Pool(threads, Thread.ofPlatform().daemon()::unstarted);
    }
}
