package dev.tally.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts lines of one batch on a thread of the pool. Takes several, since handing each over would cost as much as
 * counting a small one, but gives way to other batches after a few milliseconds.
 */
final class BatchTask implements Runnable {
    private static final int MOST_LINES = 16;
    private static final int MOST_BYTES = 64 << 10;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final BatchWindow window;
    private final CountingPool pool;
    private final BatchMemory memory;
    private final BatchAnswers answers;
    private final Detail detail;
    private final Occurrence at;

    BatchTask(
            BatchWindow window,
            CountingPool pool,
            BatchMemory memory,
            BatchAnswers answers,
            Detail detail,
            Occurrence at) {
        this.window = window;
        this.pool = pool;
        this.memory = memory;
        this.answers = answers;
        this.detail = detail;
        this.at = at;
    }

    /** Has lines counted, if there are any and not enough tasks do it already. */
    void submit() {
        trySubmit();
    }

    private boolean trySubmit() {
        boolean claimed = window.claimTask();
        if (claimed) {
            pool.execute(this);
        }
        return claimed;
    }

    /** There is room for the answer that found none. */
    private boolean retry() {
        window.feed();
        return trySubmit();
    }

    @Override
    public void run() {
        boolean done = false;
        try {
            window.finishTask(count());
            submit();
            done = true;
        } finally {
            if (!done) {
                window.abort(); // an Error: out of memory, most likely. The batch ends without a summary.
            }
        }
    }

    private List<BatchEntry> count() {
        long end = System.nanoTime() + MOST_NANOS;
        List<BatchEntry> counted = new ArrayList<>(MOST_LINES);
        int bytes = 0;
        BatchEntry entry = window.takeFirst();
        while (entry != null) {
            answers.count(entry, detail, at);
            if (!hasRoom(entry)) {
                return counted;
            }
            counted.add(entry);
            bytes += entry.answer().length;
            boolean enough = counted.size() == MOST_LINES || bytes > MOST_BYTES || System.nanoTime() - end > 0;
            entry = enough ? null : window.take();
        }
        return counted;
    }

    /** Whether there is room for the answer; else the line is counted again once there is. */
    private boolean hasRoom(BatchEntry entry) {
        int bytes = entry.answer().length;
        if (bytes <= BatchMemory.SMALL) {
            return true;
        }
        boolean next = window.isNext(entry);
        int taken = memory.takeAnswer(bytes, next);
        if (taken > 0) {
            entry.answerTaken(taken);
            return true;
        }
        entry.forgetAnswer();
        window.putBack(entry);
        memory.whenThereIsRoom(bytes, next, this::retry);
        return false;
    }
}
