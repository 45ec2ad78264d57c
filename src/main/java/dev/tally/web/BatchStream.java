package dev.tally.web;

import dev.tally.web.BatchLines.EndlessLineException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC.MDCCloseable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.unit.DataSize;

/**
 * One batch: a virtual thread that reads, another that writes, and tasks of the pool between them. Both only wait, for
 * the client or for the pool, and hold no thread of Tomcat's: a client that stalls costs its connection and its window.
 */
final class BatchStream implements AsyncListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(BatchStream.class);
    /** For so long an answer waits for the next, before both are sent. */
    private static final int PATIENCE_MILLIS = 5;

    private static final int LINE_END = '\n';

    private final AsyncContext context;
    private final InputStream input;
    private final OutputStream output;
    private final DataSize limit;
    private final Occurrence at;
    private final BatchAnswers answers;
    private final BatchMemory memory;
    private final BatchWindow window;
    private final BatchTask task;
    private final Thread reader;
    private final Thread writer;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable whenOver;
    private long analysed;
    private long problems;

    BatchStream(
            AsyncContext context,
            InputStream input,
            OutputStream output,
            DataSize limit,
            Occurrence at,
            Detail detail,
            BatchAnswers answers,
            CountingPool pool,
            BatchMemory memory,
            Runnable whenOver) {
        this.context = context;
        this.input = input;
        this.output = output;
        this.limit = limit;
        this.at = at;
        this.answers = answers;
        this.memory = memory;
        this.window = new BatchWindow(pool.threads(), memory);
        this.task = new BatchTask(window, pool, memory, answers, detail, at);
        this.whenOver = whenOver;
        this.reader = Thread.ofVirtual().name("batch-reader").unstarted(named(this::read));
        this.writer = Thread.ofVirtual().name("batch-writer").unstarted(named(this::write));
    }

    /** {@return the same, with the request's id in what it logs} */
    private Runnable named(Runnable work) {
        return () -> {
            try (MDCCloseable _ = RequestId.logged(at.requestId())) {
                work.run();
            }
        };
    }

    void start() {
        reader.start();
        writer.start();
    }

    /** Reads no further; answers what was read. */
    void close(String reason) {
        window.close(reason);
    }

    private void read() {
        @Nullable String reason = "the body could not be read to its end";
        try (BatchLines lines = new BatchLines(input, Math.toIntExact(limit.toBytes()), memory)) {
            byte[] line = lines.next();
            while (line != null && window.add(entry(lines, line))) {
                task.submit();
                line = lines.next();
            }
            reason = null;
        } catch (EndlessLineException e) {
            reason = e.getMessage();
        } catch (IOException e) {
            LOGGER.debug("the body of a batch ended early", e);
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SocketTimeoutException) {
                reason = "nothing came for longer than the server waits";
            }
        } catch (InterruptedException e) {
            LOGGER.debug("the connection of a batch is gone", e);
        } catch (RuntimeException e) {
            LOGGER.error("reading a batch failed", e);
            window.abort();
        } finally {
            window.close(reason);
        }
    }

    private BatchEntry entry(BatchLines lines, byte[] line) {
        BatchEntry entry = new BatchEntry(lines.number(), line, lines.handOver());
        if (BatchLines.isTooLong(line)) {
            Problem problem = DescriptionProblem.of(new BodyTooLargeException("a line", limit), at.instance());
            answers.refuse(entry, Objects.requireNonNull(problem), at);
            entry.finish();
            memory.giveBackText(entry.giveUpText());
        }
        return entry;
    }

    private void write() {
        try {
            writeAnswers();
            if (!window.isAborted()) {
                writeLine(answers.summary(summary()));
                output.flush();
            }
            reader.join();
        } catch (IOException e) {
            LOGGER.debug("the client of a batch is gone, or does not read", e);
        } catch (InterruptedException e) {
            LOGGER.debug("nobody interrupts who writes", e);
        } catch (RuntimeException e) {
            LOGGER.error("writing a batch failed", e);
        } finally {
            end();
        }
    }

    private void writeAnswers() throws IOException, InterruptedException {
        boolean unsent = false;
        while (!window.isOver()) {
            List<BatchEntry> finished = window.finished(unsent ? PATIENCE_MILLIS : 0);
            if (finished.isEmpty() && unsent) {
                output.flush();
                unsent = false;
            }
            for (BatchEntry entry : finished) {
                writeLine(entry.answer());
                if (entry.isProblem()) {
                    problems++;
                } else {
                    analysed++;
                }
                unsent = true;
            }
            window.written(finished);
            task.submit();
        }
    }

    private void writeLine(byte[] line) throws IOException {
        output.write(line);
        output.write(LINE_END);
    }

    private BatchSummary summary() {
        @Nullable String reason = window.reason();
        return new BatchSummary(analysed + problems, analysed, problems, reason == null, reason);
    }

    /** Only after both threads are through with the request and the response: Tomcat uses them again. */
    private void end() {
        window.abort();
        try {
            reader.join();
            context.complete();
        } catch (IllegalStateException e) {
            LOGGER.debug("Tomcat ended the batch first", e);
        } catch (InterruptedException e) {
            LOGGER.debug("nobody interrupts who writes", e);
        } finally {
            over.countDown();
            whenOver.run();
        }
    }

    /**
     * Writing failed, and Tomcat has closed the connection, so that what waits for input ends once it is woken. Or
     * reading failed, before Tomcat's thread was through with the request: then the answers are still written. Tomcat
     * goes on to end the request when this returns.
     */
    @Override
    public void onError(AsyncEvent event) {
        reader.interrupt();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // who completes it knows
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // there is none
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody does that again
    }
}
