package dev.tally.web;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What all batches together may hold beyond their windows: lines, and answers, that are long. A share of the heap,
 * since sixty clients that each send one long line, or leave one long answer unread, would fill a small one. Who has
 * none of these never asks, and never waits.
 */
@Component
final class BatchMemory {
    /** A line or an answer up to this many bytes is the window's matter alone. */
    static final int SMALL = 64 << 10;

    /** Of the heap, for lines and for answers each. */
    private static final int SHARE = 12;

    private final int most;
    private final Semaphore text;
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private int answerRoom;

    /** Who waits for how much room to be free, and is told by being asked to use it. */
    private record Waiter(int room, BooleanSupplier retry) {}

    BatchMemory() {
        this((int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / SHARE));
    }

    private BatchMemory(int most) {
        this.most = most;
        this.text = new Semaphore(most, true);
        this.answerRoom = most;
    }

    static BatchMemory of(int bytes) {
        return new BatchMemory(bytes);
    }

    /**
     * Waits for room for a line.
     *
     * @return how much was taken, and is to be given back
     */
    int takeText(int bytes) throws InterruptedException {
        int taken = Math.min(bytes, most); // more than there is would be waited for in vain
        text.acquire(taken);
        return taken;
    }

    void giveBackText(int taken) {
        text.release(taken);
    }

    /**
     * Takes room for an answer. No thread of the pool may wait for it.
     *
     * @param next whether it is the next of its batch to be written. Half of the room is kept for those, which do not
     *     wait for others; else answers could take it all that wait for one that finds none.
     * @return how much was taken, and is to be given back; 0 if there is not enough
     */
    synchronized int takeAnswer(int bytes, boolean next) {
        if (answerRoom < needed(bytes, next)) {
            return 0;
        }
        int taken = Math.min(bytes, most / 2);
        answerRoom -= taken;
        return taken;
    }

    private int needed(int bytes, boolean next) {
        return Math.min(bytes, most / 2) + (next ? 0 : most / 2);
    }

    /**
     * Has an answer tried again once there is room.
     *
     * @param retry answers whether it was of use
     */
    void whenThereIsRoom(int bytes, boolean next, BooleanSupplier retry) {
        synchronized (this) {
            waiters.add(new Waiter(needed(bytes, next), retry));
        }
        wake();
    }

    void giveBackAnswer(int taken) {
        synchronized (this) {
            answerRoom += taken;
        }
        wake();
    }

    /** Those for whom there is room now. What they then take is seen by who is woken next. */
    private void wake() {
        for (Waiter waiter = poll(); waiter != null; waiter = poll()) {
            if (waiter.retry().getAsBoolean()) {
                return;
            }
        }
    }

    private synchronized @Nullable Waiter poll() {
        Waiter first = waiters.peek();
        return first != null && first.room() <= answerRoom ? waiters.poll() : null;
    }
}
