package dev.tally.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The threads that count lines of batches, one fewer than there are cores (two on two), for all batches together:
 * whatever they are sent, a core is left for single requests, and for reading and writing.
 *
 * <p>No bean of type {@code Executor}: Spring would run its own tasks on the only one that there is.
 */
@Component
final class CountingPool implements DisposableBean {
    private final int threads;
    private final ThreadPoolExecutor executor;

    CountingPool(TallyProperties properties, MeterRegistry meters) {
        this.threads = properties.batch().threadCount();
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                // No bound of its own: a batch has a task for each thread at most, and the tasks of those that ended do
                // nothing. A bound would refuse a healthy batch's task while theirs still stand in line.
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("counting-", 1).factory());
        new ExecutorServiceMetrics(executor, "counting", Tags.empty()).bindTo(meters);
    }

    /** {@return how many tasks of one batch can run at once, and may wait} */
    int threads() {
        return threads;
    }

    /**
     * Runs a task that only computes, and soon gives way to others.
     *
     * @throws java.util.concurrent.RejectedExecutionException once the service has shut down
     */
    void execute(Runnable task) {
        executor.execute(task);
    }

    /** The server has ended the batches, or lost its patience with them. */
    @Override
    public void destroy() {
        executor.shutdownNow();
    }
}
