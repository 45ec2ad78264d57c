package dev.tally.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one batch that are in flight, in their order: read, counted by any thread of the pool, written. Bounded
 * in lines, in bytes of text and in bytes of answers, so that a client that sends faster than is counted, or does not
 * read, is made to wait and holds no more than this.
 */
final class BatchWindow {
    /** Enough to keep a thread busy for as long as the threads that read and write may wait for a core. */
    private static final int MOST_LINES = 256;

    /** Of text, and of answers; one more than this is let in, or nothing would ever move on. */
    private static final int MOST_BYTES = 256 << 10;

    private final int mostTasks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition answers = lock.newCondition();

    private final Deque<BatchEntry> inFlight = new ArrayDeque<>();
    private final Deque<BatchEntry> untaken = new ArrayDeque<>();
    private long textBytes;
    private long answerBytes;

    /** Tasks that count, or wait for a thread to; and of these, who took no line yet. */
    private int tasks;

    private int waitingTasks;

    private boolean closed;
    private boolean aborted;
    private @Nullable String reason;

    /** @param mostTasks how many may count at once */
    BatchWindow(int mostTasks) {
        this.mostTasks = mostTasks;
    }

    /**
     * Adds a line, once there is room.
     *
     * @return whether it was taken; not after the end
     */
    boolean add(BatchEntry entry) throws InterruptedException {
        lock.lock();
        try {
            if (inFlight.size() >= MOST_LINES || textBytes >= MOST_BYTES) {
                // Half of it, so that who reads wakes for several lines, not for each.
                while (!isClosed() && (inFlight.size() > MOST_LINES / 2 || textBytes > MOST_BYTES / 2)) {
                    room.await();
                }
            }
            if (isClosed()) {
                return false;
            }
            inFlight.add(entry);
            if (!entry.isFinished()) {
                untaken.add(entry);
                textBytes += entry.textBytes();
            } else if (entry == inFlight.peek()) {
                answers.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether one more task is to be started; it then counts as started} */
    boolean claimTask() {
        lock.lock();
        try {
            boolean wanted = tasks < mostTasks && untaken.size() > waitingTasks && mayTake();
            if (wanted) {
                tasks++;
                waitingTasks++;
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the first line for a task that was claimed; null if there is none (any longer)} */
    @Nullable
    BatchEntry takeFirst() {
        lock.lock();
        try {
            waitingTasks--;
            return take();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the next line to count; null if there is none now} */
    @Nullable
    BatchEntry take() {
        lock.lock();
        try {
            if (!mayTake()) {
                return null;
            }
            BatchEntry entry = untaken.remove();
            textBytes -= entry.textBytes();
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** The line that is written next may always be counted: it is what the others wait for. */
    private boolean mayTake() {
        BatchEntry next = untaken.peek();
        return next != null && !aborted && (answerBytes < MOST_BYTES || next == inFlight.peek());
    }

    /** Ends a task: its lines have their answers. */
    void finishTask(List<BatchEntry> counted) {
        lock.lock();
        try {
            tasks--;
            for (BatchEntry entry : counted) {
                entry.finish();
                answerBytes += entry.answer().length;
            }
            BatchEntry head = inFlight.peek();
            if (head != null && head.isFinished()) {
                answers.signal();
            }
            signalRoom();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for answers.
     *
     * @param patienceNanos how long, where some that were given before are not sent yet; 0 for as long as it takes
     * @return the answers that are to be written next, in order; none if there is nothing to wait for, or patience ends
     */
    List<BatchEntry> finished(long patienceNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = patienceNanos;
            while (true) {
                BatchEntry head = inFlight.peek();
                if (aborted || (head == null && (closed || patienceNanos > 0))) {
                    return List.of();
                }
                if (head != null && head.isFinished()) {
                    return head();
                }
                if (patienceNanos == 0) {
                    answers.await();
                } else if (left <= 0) {
                    return List.of();
                } else {
                    left = answers.awaitNanos(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private List<BatchEntry> head() {
        List<BatchEntry> head = new ArrayList<>();
        for (BatchEntry entry : inFlight) {
            if (!entry.isFinished()) {
                break;
            }
            head.add(entry);
        }
        return head;
    }

    /** Forgets answers that are written, the oldest ones. */
    void written(List<BatchEntry> entries) {
        lock.lock();
        try {
            for (BatchEntry entry : entries) {
                inFlight.remove();
                answerBytes -= entry.answer().length;
            }
            signalRoom();
        } finally {
            lock.unlock();
        }
    }

    private void signalRoom() {
        if (inFlight.size() <= MOST_LINES / 2 && textBytes <= MOST_BYTES / 2) {
            room.signal();
        }
    }

    /**
     * Lets no line in any more; those in flight are answered.
     *
     * @param reason why the body was not read to its end; null if it was. Only the first call counts.
     */
    void close(@Nullable String reason) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                this.reason = reason;
            }
            room.signalAll();
            answers.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives everything up: nobody is left to read the answers. */
    void abort() {
        lock.lock();
        try {
            aborted = true;
            untaken.clear();
            inFlight.clear();
            room.signalAll();
            answers.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        return closed || aborted;
    }

    /** {@return whether no answer will come any more} */
    boolean isOver() {
        lock.lock();
        try {
            return aborted || (closed && inFlight.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    boolean isAborted() {
        lock.lock();
        try {
            return aborted;
        } finally {
            lock.unlock();
        }
    }

    /** {@return why the body was not read to its end; null if it was} */
    @Nullable
    String reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the time, in nanoseconds, for which an answer waits for the next before both are sent} */
    static long patienceNanos() {
        return TimeUnit.MILLISECONDS.toNanos(5);
    }
}
