package dev.tally.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** The batches that run: at most so many, so that their windows do not fill the heap. */
@Component
final class Batches implements SmartLifecycle {
    static final String NDJSON = "application/x-ndjson";

    /** The attribute of a request that holds what begins its batch. */
    static final String BEGIN = Batches.class.getName() + ".begin";

    /** The attribute of a request whose batch was refused: nobody waits for the rest of its body. */
    static final String REFUSED = Batches.class.getName() + ".refused";

    private final int atOnce;
    private final DataSize lineLimit;
    private final BatchAnswers answers;
    private final CountingPool pool;
    private final BatchMemory memory;
    private final Semaphore free;
    private final Set<BatchStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    Batches(
            TallyProperties properties,
            BatchAnswers answers,
            CountingPool pool,
            BatchMemory memory,
            MeterRegistry meters) {
        this.atOnce = properties.batch().atOnce();
        this.lineLimit = properties.bodyLimit();
        this.answers = answers;
        this.pool = pool;
        this.memory = memory;
        this.free = new Semaphore(atOnce);
        Gauge.builder("tally.batches", streams, Set::size)
                .description("The batches that run")
                .register(meters);
    }

    /**
     * Answers a batch, long after this returns.
     *
     * @throws TooManyBatchesException if so many run already
     */
    void begin(Detail detail, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!running || !free.tryAcquire()) {
            request.setAttribute(REFUSED, true);
            throw new TooManyBatchesException(atOnce);
        }
        boolean begun = false;
        try {
            response.setContentType(NDJSON);
            response.setHeader("X-Accel-Buffering", "no"); // else nginx holds the lines back
            // From here on the status is known to the client, and a body that ends early gets a summary that says so.
            response.flushBuffer();
            BatchStream stream = stream(detail, request, response);
            Runnable start = stream::start;
            request.setAttribute(BEGIN, start);
            begun = true;
        } finally {
            if (!begun) {
                free.release();
            }
        }
    }

    private BatchStream stream(Detail detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0); // the connection has its own: for each read and write
        BatchStream[] self = new BatchStream[1];
        BatchStream stream = new BatchStream(
                context,
                request.getInputStream(),
                response.getOutputStream(),
                lineLimit,
                Occurrence.of(request),
                detail,
                answers,
                pool,
                memory,
                () -> {
                    streams.remove(self[0]);
                    free.release();
                });
        self[0] = stream;
        streams.add(stream);
        context.addListener(stream);
        return stream;
    }

    /** Waits until no batch runs. */
    void awaitNone() throws InterruptedException {
        free.acquire(atOnce);
        free.release(atOnce);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the server waits for its requests to end: a batch would go on for as long as its client does. */
    @Override
    public void stop() {
        running = false;
        streams.forEach(stream -> stream.close("the service shuts down"));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
