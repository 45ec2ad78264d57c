package dev.tally.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Bounds the models that are sent at once, twice. Each holds a thread of the server's for as long as its client takes,
 * so there are so many places, and no more. To make up weights is all arithmetic, so of those only as many compute as
 * there are cores; whoever waits for a client lets another compute. A client that reads slowly costs its place alone,
 * one that does not read at all until the connection's timeout.
 */
@Component
final class ModelPlaces {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int atOnce;
    private final Duration patience;
    private final Semaphore places;
    private final Semaphore cores;

    @Autowired
    ModelPlaces(TallyProperties properties, MeterRegistry meters) {
        this(properties.models().atOnce(), Runtime.getRuntime().availableProcessors(), PATIENCE);
        Gauge.builder("tally.models", this, ModelPlaces::taken)
                .description("The models that are being sent")
                .register(meters);
    }

    ModelPlaces(int atOnce, int cores, Duration patience) {
        this.atOnce = atOnce;
        this.patience = patience;
        this.places = new Semaphore(atOnce, true);
        this.cores = new Semaphore(cores, true);
    }

    /** Writes a body. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** {@return how many models are being sent} */
    int taken() {
        return atOnce - places.availablePermits();
    }

    /**
     * {@return a place, once there is one}
     *
     * @throws RefusedException if there is none for too long, or too many wait already
     */
    Place take() {
        try {
            if (places.getQueueLength() >= atOnce || !places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
            return new Place();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
    }

    private RefusedException tooMany() {
        return RefusedException.later(
                ProblemType.TOO_MANY_MODELS,
                atOnce + " models are being sent already, as many as there may be at once; try again soon",
                PATIENCE);
    }

    /** The right to send one model, until it is closed. */
    final class Place implements AutoCloseable {
        private Place() {}

        /** Writes a body whose bytes take computing, when and for as long as there is a core for it. */
        void write(Writing body, OutputStream out) throws IOException {
            cores.acquireUninterruptibly();
            try {
                body.to(new Sharing(out));
            } finally {
                cores.release();
            }
        }

        @Override
        public void close() {
            places.release();
        }
    }

    /** Lets others compute while the client takes what was written. */
    private final class Sharing extends FilterOutputStream {
        Sharing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            cores.release();
            try {
                out.write(bytes, from, length);
            } finally {
                cores.acquireUninterruptibly();
            }
        }
    }
}
