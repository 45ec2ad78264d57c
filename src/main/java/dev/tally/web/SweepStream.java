package dev.tally.web;

import dev.tally.planning.sweep.Candidate;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Faulty;
import dev.tally.planning.sweep.Keep;
import dev.tally.planning.sweep.Kept;
import dev.tally.planning.sweep.Sweep;
import dev.tally.planning.sweep.SweepSummary;
import dev.tally.storage.StorageFailures;
import dev.tally.web.SweepLine.ProgressDocument;
import dev.tally.web.SweepLine.SweepHeadDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one sweep: the request's thread writes, and only waits else; the pool counts, a few milliseconds at a
 * time, a few parts ahead of what is written. So a client that reads slowly is counted for as slowly, and what is held
 * is those parts, however many candidates there are.
 */
final class SweepStream {
    private static final Logger LOGGER = LoggerFactory.getLogger(SweepStream.class);

    /** So many parts wait to be written, or are counted, for each thread of the pool. */
    private static final int PARTS_AHEAD = 2;

    private static final int MOST_CANDIDATES = 512;
    private static final int MOST_BYTES = 256 << 10;

    /** After that a part gives way to other requests' work. */
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** So many candidates' steps are looked up at once. */
    private static final int AT_ONCE = 16;

    private static final long PROGRESS_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int LINE_END = '\n';

    private final Sweep sweep;
    private final SweepHeadDocument head;
    private final Occurrence at;
    private final SweepWriter writer;
    private final CountingPool pool;
    private final @Nullable Kept kept;
    private final boolean budget;
    private final SweepSummary summary;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long next;
    private int partSize = 1;
    private volatile @Nullable String reason;
    private volatile boolean ended;

    SweepStream(
            Sweep sweep,
            SweepRequest asked,
            SweepHeadDocument head,
            Occurrence at,
            SweepWriter writer,
            CountingPool pool) {
        this.sweep = sweep;
        this.head = head;
        this.at = at;
        this.writer = writer;
        this.pool = pool;
        Keep keep = asked.keep();
        this.kept = keep == null ? null : Kept.of(keep);
        this.budget = asked.budget() != null;
        this.summary = new SweepSummary(asked.size());
    }

    /** Some candidates, on their way: from a place to before another. */
    private record Part(long from, long to, CompletableFuture<Done> done) {}

    /** @param to where counting stopped: it may be before the part's end */
    private record Done(long to, ByteArrayOutputStream lines) {}

    /** Counts no further; what was counted is answered. */
    void close(String why) {
        reason = why;
    }

    void write(OutputStream out) throws IOException {
        try {
            writeLine(writer.line(SweepLine.of(head)), out);
            out.flush();
            long done = writeCandidates(out);
            if (kept != null) {
                for (String candidate : kept.texts()) {
                    writeLine(candidate.getBytes(StandardCharsets.UTF_8), out);
                }
            }
            writeLine(writer.line(SweepLine.of(summary(done))), out);
            out.flush();
        } finally {
            // Nobody waits for the parts ahead any more.
            ended = true;
        }
    }

    private long writeCandidates(OutputStream out) throws IOException {
        long size = sweep.size();
        long done = 0;
        long told = System.nanoTime();
        submit(size);
        while (!parts.isEmpty()) {
            Part part = parts.removeFirst();
            Done counted = await(part);
            if (counted == null) {
                return done;
            }
            counted.lines().writeTo(out);
            partSize = Math.clamp(2 * (counted.to() - part.from()), 1, MOST_CANDIDATES);
            done = counted.to();
            if (done < part.to()) {
                parts.addFirst(part(done, part.to()));
            }
            if (kept != null && System.nanoTime() - told >= PROGRESS_EVERY && done < size) {
                writeLine(writer.line(SweepLine.of(new ProgressDocument(done, size))), out);
                out.flush();
                told = System.nanoTime();
            }
            submit(size);
            if (parts.isEmpty() || !parts.getFirst().done().isDone()) {
                out.flush();
            }
        }
        return done;
    }

    private void submit(long size) {
        while (reason == null && parts.size() < PARTS_AHEAD * pool.threads() && next < size) {
            long to = Math.min(size, next + partSize);
            parts.addLast(part(next, to));
            next = to;
        }
    }

    private Part part(long from, long to) {
        return new Part(from, to, CompletableFuture.supplyAsync(() -> count(from, to), pool::execute));
    }

    private @Nullable Done await(Part part) {
        try {
            return part.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause && StorageFailures.isUnavailable(cause)) {
                LOGGER.warn("a sweep ended: the database does not answer");
                reason = "the database does not answer";
                return null;
            }
            if (e.getCause() instanceof Error error && !(error instanceof StackOverflowError)) {
                throw error;
            }
            LOGGER.error("a sweep failed after its candidate {}", part.from(), e.getCause());
            reason = ProblemType.INTERNAL_ERROR.explanation();
            return null;
        }
    }

    /** On a thread of the pool. */
    private Done count(long from, long to) {
        long end = System.nanoTime() + MOST_NANOS;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        long place = from;
        do {
            if (ended) {
                return new Done(place, lines);
            }
            long until = Math.min(to, place + AT_ONCE);
            List<Candidate> candidates = sweep.count(place, until);
            summary.add(candidates);
            candidates.forEach(candidate -> take(candidate, lines));
            place = until;
        } while (place < to && lines.size() < MOST_BYTES && System.nanoTime() - end < 0);
        return new Done(place, lines);
    }

    private void take(Candidate candidate, ByteArrayOutputStream lines) {
        switch (candidate) {
            case Counted counted -> {
                if (kept != null) {
                    kept.offer(counted, writer::text);
                } else {
                    writeLine(writer.candidate(counted), lines);
                }
            }
            case Faulty faulty -> {
                if (kept == null) {
                    writeLine(writer.candidate(faulty, at), lines);
                }
            }
        }
    }

    private static void writeLine(byte[] line, ByteArrayOutputStream lines) {
        lines.writeBytes(line);
        lines.write(LINE_END);
    }

    private static void writeLine(byte[] line, OutputStream out) throws IOException {
        out.write(line);
        out.write(LINE_END);
    }

    private SweepSummaryDocument summary(long done) {
        var times = head.estimate();
        return SweepSummaryDocument.of(
                summary, done, budget, kept, times == null ? null : times.engine(), sweep.steps(), reason);
    }
}
