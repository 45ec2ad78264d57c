package dev.tally.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one batch that are in flight, in their order: read, counted by any thread of the pool, written. Bounded
 * in lines, in bytes of text and in bytes of answers, so that a client that sends faster than is counted, or does not
 * read, is made to wait and holds no more than this.
 *
 * <p>One thread adds, one writes, tasks of the pool count. All is guarded by this, except what wakes other batches.
 */
final class BatchWindow {
    /** Enough to keep a thread busy for as long as the threads that read and write may wait for a core. */
    private static final int MOST_LINES = 256;

    /** Of text, and of answers; one more than this is let in, or nothing would ever move on. */
    private static final int MOST_BYTES = 256 << 10;

    private final int mostTasks;
    private final BatchMemory memory;
    private final Deque<BatchEntry> inFlight = new ArrayDeque<>();
    private final Queue<BatchEntry> untaken = new PriorityQueue<>(Comparator.comparingLong(BatchEntry::number));
    private long textBytes;
    private long answerBytes;

    /** Tasks that count, or wait for a thread to; and of these, who took no line yet. */
    private int tasks;

    private int waitingTasks;

    /** Whether a long answer waits for room; it would be counted in vain until then. */
    private boolean starved;

    private boolean closed;
    private boolean aborted;
    private @Nullable String reason;

    /** @param mostTasks how many may count at once */
    BatchWindow(int mostTasks, BatchMemory memory) {
        this.mostTasks = mostTasks;
        this.memory = memory;
    }

    /**
     * Adds a line, once there is room.
     *
     * @return whether it was taken; not after the end
     */
    boolean add(BatchEntry entry) throws InterruptedException {
        boolean added = addOnceThereIsRoom(entry);
        if (!added) {
            memory.giveBackText(entry.giveUpText());
        }
        return added;
    }

    private synchronized boolean addOnceThereIsRoom(BatchEntry entry) throws InterruptedException {
        if (inFlight.size() >= MOST_LINES || textBytes >= MOST_BYTES) {
            while (!closed && !aborted && !isHalfEmpty()) {
                wait();
            }
        }
        if (closed || aborted) {
            return false;
        }
        inFlight.add(entry);
        if (entry.isFinished()) {
            notifyAll(); // it may be the next to be written
        } else {
            untaken.add(entry);
            textBytes += entry.text().length;
        }
        return true;
    }

    /** Whoever reads goes on for several lines, not for each. */
    private boolean isHalfEmpty() {
        return inFlight.size() <= MOST_LINES / 2 && textBytes <= MOST_BYTES / 2;
    }

    /** {@return whether one more task is to be started; it then counts as started} */
    synchronized boolean claimTask() {
        boolean wanted = tasks < mostTasks && untaken.size() > waitingTasks && mayTake();
        if (wanted) {
            tasks++;
            waitingTasks++;
        }
        return wanted;
    }

    /** {@return the first line for a task that was claimed; null if there is none (any longer)} */
    synchronized @Nullable BatchEntry takeFirst() {
        waitingTasks--;
        return take();
    }

    /** {@return the next line to count; null if there is none now} */
    synchronized @Nullable BatchEntry take() {
        if (!mayTake()) {
            return null;
        }
        BatchEntry entry = untaken.remove();
        textBytes -= entry.text().length;
        return entry;
    }

    /** The line that is written next may always be counted: it is what the others wait for. */
    private boolean mayTake() {
        BatchEntry next = untaken.peek();
        return next != null && !aborted && !starved && (answerBytes < MOST_BYTES || isNext(next));
    }

    /** {@return whether this line is the next to be written} */
    synchronized boolean isNext(BatchEntry entry) {
        BatchEntry head = inFlight.peek();
        return head != null && head.number() == entry.number();
    }

    /** Puts a line back whose answer found no room; until there is some, no line is counted. */
    synchronized void putBack(BatchEntry entry) {
        if (!aborted) {
            untaken.add(entry);
            textBytes += entry.text().length;
            starved = true;
        }
    }

    /** There may be room for the answer again. */
    synchronized void feed() {
        starved = false;
    }

    /** Ends a task: its lines have their answers. */
    void finishTask(List<BatchEntry> counted) {
        int text = 0;
        int answers = 0;
        synchronized (this) {
            tasks--;
            for (BatchEntry entry : counted) {
                entry.finish();
                text += entry.giveUpText();
                answers += aborted ? entry.giveUpAnswer() : 0;
                answerBytes += entry.answer().length;
            }
            BatchEntry head = inFlight.peek();
            if (isHalfEmpty() || (head != null && head.isFinished())) {
                notifyAll();
            }
        }
        giveBack(text, answers);
    }

    /** Outside of the lock: it may have lines of other batches counted. */
    private void giveBack(int text, int answers) {
        memory.giveBackText(text);
        memory.giveBackAnswer(answers);
    }

    /**
     * Waits for answers.
     *
     * @param patienceMillis how long, where some that were given before are not sent yet; 0 for as long as it takes
     * @return the answers that are to be written next, in order; none if there is nothing to wait for, or patience ends
     */
    synchronized List<BatchEntry> finished(long patienceMillis) throws InterruptedException {
        long end = System.nanoTime() + patienceMillis * 1_000_000;
        while (true) {
            BatchEntry head = inFlight.peek();
            if (aborted || (head == null && (closed || patienceMillis > 0))) {
                return List.of();
            }
            if (head != null && head.isFinished()) {
                return head();
            }
            long left = patienceMillis == 0 ? 0 : (end - System.nanoTime() + 999_999) / 1_000_000;
            if (left < 0 || (left == 0 && patienceMillis > 0)) {
                return List.of();
            }
            wait(left);
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
        int answers = 0;
        synchronized (this) {
            for (BatchEntry entry : entries) {
                inFlight.poll();
                answerBytes -= entry.answer().length;
                answers += entry.giveUpAnswer();
            }
            BatchEntry head = inFlight.peek();
            starved &= head == null || head.isFinished(); // the next to be written finds room sooner than others
            if (isHalfEmpty()) {
                notifyAll();
            }
        }
        giveBack(0, answers);
    }

    /**
     * Lets no line in any more; those in flight are answered.
     *
     * @param reason why the body was not read to its end; null if it was. Only the first call counts.
     */
    synchronized void close(@Nullable String reason) {
        if (!closed) {
            closed = true;
            this.reason = reason;
        }
        notifyAll();
    }

    /** Gives everything up: nobody is left to read the answers. */
    void abort() {
        int text = 0;
        int answers = 0;
        synchronized (this) {
            aborted = true;
            for (BatchEntry entry : inFlight) {
                text += entry.giveUpText();
                answers += entry.isFinished() ? entry.giveUpAnswer() : 0; // else its task does
            }
            untaken.clear();
            inFlight.clear();
            notifyAll();
        }
        giveBack(text, answers);
    }

    /** {@return whether no answer will come any more} */
    synchronized boolean isOver() {
        return aborted || (closed && inFlight.isEmpty());
    }

    synchronized boolean isAborted() {
        return aborted;
    }

    /** {@return why the body was not read to its end; null if it was} */
    synchronized @Nullable String reason() {
        return reason;
    }
}
