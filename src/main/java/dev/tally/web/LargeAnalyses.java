package dev.tally.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the large networks that single requests have counted at once. One of ten thousand layers can take, with its
 * answer, a hundred megabytes until that is sent; a few dozen would take the heap, and with it the service. Small ones,
 * all that people write, pass by.
 */
@Component
final class LargeAnalyses extends OncePerRequestFilter {
    /** A network of more layers is large. */
    static final int SMALL_LAYERS = 1_000;

    private static final String HOLDS = LargeAnalyses.class.getName() + ".holds";
    private static final long HEAP_OF_ONE = 128L << 20;

    /** What waits is expanded already, and takes memory too. */
    private static final int WAITING_FOR_ONE = 4;

    private final Semaphore room;
    private final int mostWaiting;
    private final Duration patience;

    @Autowired
    LargeAnalyses() {
        this(Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_OF_ONE, 1, 1_000), Duration.ofSeconds(10));
    }

    LargeAnalyses(int atOnce, Duration patience) {
        this.room = new Semaphore(atOnce, true);
        this.mostWaiting = WAITING_FOR_ONE * atOnce;
        this.patience = patience;
    }

    /**
     * Waits until a network may be counted; the request holds its place until it is answered.
     *
     * @throws TooManyLargeAnalysesException if there is none for too long, or too many wait already
     */
    void enter(HttpServletRequest request, int layers) {
        if (layers <= SMALL_LAYERS) {
            return;
        }
        try {
            if (room.getQueueLength() >= mostWaiting || !room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TooManyLargeAnalysesException(layers);
            }
            request.setAttribute(HOLDS, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyLargeAnalysesException(layers);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.getAttribute(HOLDS) != null) {
                request.removeAttribute(HOLDS);
                room.release();
            }
        }
    }
}
