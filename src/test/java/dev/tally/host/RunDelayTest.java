package dev.tally.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RunDelayTest {
    private static final long WORK = TimeUnit.MILLISECONDS.toNanos(50);

    @Test
    void threadsOnOneCoreWaitForEachOther() throws InterruptedException {
        assumeTrue(
                !Pinning.allowedCpus().isEmpty() && Files.exists(Path.of("/proc/self/task")),
                "Linux alone tells how long a thread waits for a core");
        int core = Pinning.allowedCpus().getFirst();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> others = new ArrayList<>();
        long waited;
        long took;
        try (Pinning _ = Pinning.to(core)) {
            RunDelay delay = RunDelay.ofThreadsBusyDuring(() -> spin(WORK));
            for (int i = 0; i < 3; i++) {
                // They begin on the core that this thread is kept on.
                others.add(Thread.ofPlatform().daemon().start(() -> {
                    while (!done.get()) {
                        Thread.onSpinWait();
                    }
                }));
            }
            long _ = delay.nanosSinceLast();
            long begin = System.nanoTime();
            spin(20 * WORK);
            waited = delay.nanosSinceLast();
            took = System.nanoTime() - begin;
        } finally {
            done.set(true);
        }
        for (Thread other : others) {
            other.join();
        }

        assertThat(waited).as("three quarters of what four share").isBetween(took / 3, took);
    }

    /** Other threads of this process, such as the compiler's, may be busy meanwhile. */
    @Test
    void aThreadThatComputesIsWatchedAndOneThatSleepsIsNot() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/thread-self")), "Linux alone tells how long a thread waits for a core");
        Path own = Path.of("/proc/self/task")
                .resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName());

        assertThat(RunDelay.ofThreadsBusyDuring(() -> spin(WORK)).watched()).contains(own);
        assertThat(RunDelay.ofThreadsBusyDuring(RunDelayTest::sleep).watched()).doesNotContain(own);
    }

    private static void sleep() {
        try {
            TimeUnit.NANOSECONDS.sleep(WORK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
