package dev.tally.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much of a batch is held at once, and that it moves on. */
@Timeout(60)
class BatchWindowTest {
    private static final int KIBIBYTE = 1 << 10;

    private final BatchWindow window = new BatchWindow(1, BatchMemory.of(1 << 20));

    @Test
    void soManyLinesAreHeldAndNoMore() throws InterruptedException {
        assertThat(heldOf(1000, 10)).isEqualTo(256);
    }

    @Test
    void soManyBytesAreHeldAndNoMore() throws InterruptedException {
        assertThat(heldOf(1000, 10 * KIBIBYTE)).isEqualTo(26);
        assertThat(window.claimTask()).isTrue();
    }

    @Test
    void aLineOfAnyLengthIsLetIn() throws InterruptedException {
        assertThat(heldOf(5, 2000 * KIBIBYTE)).isEqualTo(1);
    }

    @Test
    void noMoreIsCountedWhileAnswersAreNotWritten() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            window.add(new BatchEntry(i, new byte[10], 0));
        }
        for (int answers = 0; answers < 3; answers++) {
            assertThat(window.claimTask()).isTrue();
            BatchEntry entry = requireNonNull(window.takeFirst());
            entry.answer(new byte[100 * KIBIBYTE], false);
            window.finishTask(List.of(entry));
        }

        assertThat(window.claimTask()).isFalse();

        List<BatchEntry> written = window.finished(0);
        assertThat(written).hasSize(3);
        window.written(written);
        assertThat(window.claimTask()).isTrue();
    }

    @Test
    void theLineThatTheOthersWaitForIsAlwaysCounted() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            window.add(new BatchEntry(i, new byte[10], 0));
        }
        assertThat(window.claimTask()).isTrue();
        BatchEntry entry = requireNonNull(window.takeFirst());
        entry.answer(new byte[5000 * KIBIBYTE], false);
        window.finishTask(List.of(entry));
        assertThat(window.claimTask()).isFalse();

        window.written(window.finished(0));

        assertThat(window.claimTask()).isTrue();
        assertThat(requireNonNull(window.takeFirst()).number()).isEqualTo(1);
    }

    /** {@return how many of so many lines are taken before one has to wait} */
    private int heldOf(int lines, int bytes) throws InterruptedException {
        AtomicInteger held = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < lines && window.add(new BatchEntry(i, new byte[bytes], 0)); i++) {
                    held.incrementAndGet();
                }
            } catch (InterruptedException e) {
                ended.countDown();
            }
        });
        while (reader.getState() != Thread.State.WAITING) {
            assertThat(reader.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        reader.interrupt();
        ended.await();
        return held.get();
    }
}
