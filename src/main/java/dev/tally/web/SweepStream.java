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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to one sweep, a line a candidate: the request's thread writes, and only waits else. */
final class SweepStream {
    private static final Logger LOGGER = LoggerFactory.getLogger(SweepStream.class);
    private static final long PROGRESS_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int LINE_END = '\n';

    private final Sweep sweep;
    private final SweepHeadDocument head;
    private final Occurrence at;
    private final SweepWriter writer;
    private final @Nullable Kept kept;
    private final boolean budget;
    private final SweepSummary summary;
    private final SweepParts parts;
    private long told;
    private long done;
    private volatile @Nullable String reason;

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
        Keep keep = asked.keep();
        this.kept = keep == null ? null : Kept.of(keep);
        this.budget = asked.budget() != null;
        this.summary = new SweepSummary(asked.size());
        this.parts = new SweepParts(sweep, pool, this::take);
    }

    /** Counts no further; what was counted is answered. */
    void close(String why) {
        reason = why;
        parts.close();
    }

    void write(OutputStream out) throws IOException {
        writeLine(writer.line(SweepLine.of(head)), out);
        out.flush();
        told = System.nanoTime();
        try {
            parts.run((lines, counted, wait) -> write(lines, counted, wait, out));
        } catch (RuntimeException | StackOverflowError e) {
            // The status is sent: the last line has to say it.
            reason = reason(e);
        }
        if (kept != null) {
            for (String candidate : kept.texts()) {
                writeLine(candidate.getBytes(StandardCharsets.UTF_8), out);
            }
        }
        writeLine(writer.line(SweepLine.of(summary())), out);
        out.flush();
    }

    private String reason(Throwable e) {
        if (e instanceof RuntimeException failure && StorageFailures.isUnavailable(failure)) {
            LOGGER.warn("a sweep ended: the database does not answer");
            return "the database does not answer";
        }
        LOGGER.error("a sweep failed after its candidate {}", done, e);
        return ProblemType.INTERNAL_ERROR.explanation();
    }

    private void write(ByteArrayOutputStream lines, long counted, boolean wait, OutputStream out) throws IOException {
        done = counted;
        lines.writeTo(out);
        // Also tells whether somebody reads still.
        if (kept != null && System.nanoTime() - told >= PROGRESS_EVERY && done < sweep.size()) {
            writeLine(writer.line(SweepLine.of(new ProgressDocument(done, sweep.size()))), out);
            told = System.nanoTime();
            out.flush();
        } else if (kept == null && wait) {
            out.flush();
        }
    }

    /** On a thread of the pool. */
    private void take(List<Candidate> candidates, ByteArrayOutputStream lines) {
        summary.add(candidates);
        for (Candidate candidate : candidates) {
            if (kept != null) {
                keep(candidate, kept);
            } else {
                lines.writeBytes(line(candidate));
                lines.write(LINE_END);
            }
        }
    }

    private void keep(Candidate candidate, Kept best) {
        if (candidate instanceof Counted counted) {
            best.offer(counted, writer::text);
        }
    }

    private byte[] line(Candidate candidate) {
        return switch (candidate) {
            case Counted counted -> writer.candidate(counted);
            case Faulty faulty -> writer.candidate(faulty, at);
        };
    }

    private static void writeLine(byte[] line, OutputStream out) throws IOException {
        out.write(line);
        out.write(LINE_END);
    }

    private SweepSummaryDocument summary() {
        var times = head.estimate();
        return SweepSummaryDocument.of(
                summary, done, budget, kept, times == null ? null : times.engine(), sweep.steps(), reason);
    }
}
