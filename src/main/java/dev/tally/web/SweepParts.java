package dev.tally.web;

import dev.tally.planning.sweep.Candidate;
import dev.tally.planning.sweep.Sweep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Has a sweep counted by the pool: a few milliseconds of it at a time, so that others get their turns, and a few parts
 * ahead of what is taken. Who takes slowly is counted for as slowly, and what is held is those parts, however many
 * candidates there are.
 */
final class SweepParts {
    /** So many parts wait to be taken, or are counted, for each thread of the pool. */
    private static final int PARTS_AHEAD = 2;

    private static final int MOST_CANDIDATES = 512;
    private static final int MOST_BYTES = 256 << 10;

    /** After that a part gives way to other requests' work. */
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** So many candidates' steps are looked up at once. */
    private static final int AT_ONCE = 16;

    private final Sweep sweep;
    private final CountingPool pool;
    private final Writing writing;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long next;
    private int partSize = 1;
    private volatile boolean closed;
    private volatile boolean ended;

    /** @param writing what becomes of candidates, on threads of the pool */
    SweepParts(Sweep sweep, CountingPool pool, Writing writing) {
        this.sweep = sweep;
        this.pool = pool;
        this.writing = writing;
    }

    /** What becomes of candidates. */
    interface Writing {
        /** Takes some, and writes what is to be answered of them. */
        void take(List<Candidate> candidates, ByteArrayOutputStream lines);
    }

    /** Takes what was counted, in the sweep's order. */
    interface Taking {
        /**
         * Takes a part.
         *
         * @param lines what was written of it
         * @param done how many candidates are counted with it
         * @param wait whether the next part is still being counted
         */
        void take(ByteArrayOutputStream lines, long done, boolean wait) throws IOException;
    }

    /** Some candidates, on their way: from a place to before another. */
    private record Part(long from, long to, CompletableFuture<Done> done) {}

    /** @param to where counting stopped: it may be before the part's end */
    private record Done(long to, ByteArrayOutputStream lines) {}

    /** Ends it: what is being counted is the last. */
    void close() {
        closed = true;
    }

    /** {@return whether it was ended so} */
    boolean isClosed() {
        return closed;
    }

    /**
     * Counts until the end, or until it is closed.
     *
     * @throws IOException if who takes the parts does
     * @throws RuntimeException whatever counting met, such as a database that does not answer
     */
    void run(Taking taking) throws IOException {
        try {
            submit();
            while (!parts.isEmpty()) {
                Part part = parts.removeFirst();
                Done counted = await(part);
                long done = counted.to();
                partSize = Math.clamp(2 * (done - part.from()), 1, MOST_CANDIDATES);
                if (done < part.to()) {
                    parts.addFirst(part(done, part.to()));
                }
                submit();
                boolean wait = parts.isEmpty() || !parts.getFirst().done().isDone();
                taking.take(counted.lines(), done, wait);
            }
        } finally {
            ended = true; // nobody takes the parts ahead any more
        }
    }

    private void submit() {
        long size = sweep.size();
        while (!closed && parts.size() < PARTS_AHEAD * pool.threads() && next < size) {
            long to = Math.min(size, next + partSize);
            parts.addLast(part(next, to));
            next = to;
        }
    }

    private Part part(long from, long to) {
        return new Part(from, to, CompletableFuture.supplyAsync(() -> count(from, to), pool::execute));
    }

    private static Done await(Part part) {
        try {
            return part.done().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    /** On a thread of the pool. */
    private Done count(long from, long to) {
        long end = System.nanoTime() + MOST_NANOS;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        long place = from;
        while (place < to && !ended) {
            long until = Math.min(to, place + AT_ONCE);
            writing.take(sweep.count(place, until), lines);
            place = until;
            if (lines.size() > MOST_BYTES || System.nanoTime() - end > 0) {
                break;
            }
        }
        return new Done(place, lines);
    }
}
