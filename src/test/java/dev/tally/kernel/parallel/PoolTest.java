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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void anItemSharesOutWhatItConsistsOf(int threads) {
        try (Pool pool = pool(threads)) {
            for (int parts : new int[] {0, 1, 2, 50}) {
                int items = 20;
                AtomicIntegerArray done = new AtomicIntegerArray(Math.max(1, items * parts));
                AtomicIntegerArray busy = new AtomicIntegerArray(threads);
                for (int round = 0; round < 20; round++) {
                    pool.run(items, (item, _) -> {
                        for (int phase = 0; phase < 3; phase++) {
                            pool.run(parts, (part, worker) -> {
                                assertThat(busy.incrementAndGet(worker)).isEqualTo(1);
                                done.incrementAndGet(item * parts + part);
                                busy.decrementAndGet(worker);
                            });
                            // All parts of a phase are done before the next one begins.
                            for (int part = 0; part < parts; part++) {
                                assertThat(done.get(item * parts + part)).isEqualTo(phase + 1);
                            }
                        }
                        for (int part = 0; part < parts; part++) {
                            done.set(item * parts + part, 0);
                        }
                    });
                }
            }
        }
    }

    /** The parts of one item wait for each other: somebody who has no item must come and take one. */
    @Test
    void whoHasNoItemTakesPartsOfOthers() {
        try (Pool pool = pool(2)) {
            for (int round = 0; round < 100; round++) {
                int longer = round % 2;
                AtomicIntegerArray workers = new AtomicIntegerArray(2);
                pool.run(2, (item, _) -> {
                    if (item == longer) {
                        pool.run(2, (_, worker) -> {
                            workers.incrementAndGet(worker);
                            while (workers.get(0) == 0 || workers.get(1) == 0) {
                                Thread.onSpinWait();
                            }
                        });
                    }
                });
                assertThat(workers.get(0) + workers.get(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void aPartOfAPartIsDoneByWhoeverDoesThePart() {
        try (Pool pool = pool(3)) {
            for (int round = 0; round < 200; round++) {
                AtomicIntegerArray done = new AtomicIntegerArray(5 * 5 * 5);
                pool.run(
                        5,
                        (i, _) -> pool.run(
                                5,
                                (j, worker) -> pool.run(5, (k, same) -> {
                                    assertThat(same).isEqualTo(worker);
                                    done.incrementAndGet((i * 5 + j) * 5 + k);
                                })));
                for (int i = 0; i < done.length(); i++) {
                    assertThat(done.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void whatAPartThrowsReachesTheCallerToo() {
        try (Pool pool = pool(3)) {
            for (int round = 0; round < 50; round++) {
                assertThatThrownBy(() -> pool.run(
                                6,
                                (item, _) -> pool.run(6, (part, _) -> {
                                    if (item == 4 && part == 3) {
                                        throw new IllegalStateException("part 3");
                                    }
                                })))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("part 3");
                AtomicIntegerArray done = new AtomicIntegerArray(1);
                pool.run(5, (_, _) -> done.incrementAndGet(0));
                assertThat(done.get(0)).isEqualTo(5);
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
