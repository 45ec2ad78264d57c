package dev.tally.measurement;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.host.Bandwidth;
import dev.tally.host.Host;
import dev.tally.host.Peak;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One measurement at a time on this machine, in the order in which they came: two at once would be two wrong ones. All
 * run on one platform thread of its own, so that a pinned core or a vector kernel's compilation is nobody else's
 * affair.
 */
public final class MeasurementQueue implements AutoCloseable {
    private static final Duration HOST = Duration.ofMillis(600);
    private static final long GRACE_MILLIS = 500;

    private final int mostWaiting;
    private final LinkedBlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();

    /** Those that wait and the one that runs, the first first; guarded by this. */
    private final Deque<Entry> entries = new ArrayDeque<>();

    private final Thread thread;

    /** Guarded by this. */
    private boolean closed;

    /** A queue in which at most this many wait, beside the one that is measured. */
    public MeasurementQueue(int mostWaiting) {
        this.mostWaiting = mostWaiting;
        this.thread = Thread.ofPlatform().daemon().name("measuring").start(this::work);
    }

    /** A measurement, and how long it will take. */
    private static final class Entry {
        private final FutureTask<?> task;
        private final Duration estimate;

        /** Whether somebody asked for it, whose place it takes. */
        private final boolean asked;

        /** When it began; 0 while it waits. */
        private long began;

        /** Whether nobody waits for it any more, though it goes on. */
        private boolean givenUp;

        Entry(FutureTask<?> task, Duration estimate, boolean asked) {
            this.task = task;
            this.estimate = estimate;
            this.asked = asked;
        }

        Duration left() {
            Duration left = began == 0 ? estimate : estimate.minusNanos(System.nanoTime() - began);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Entry entry = waiting.take();
                begin(entry);
                entry.task.run();
                end(entry);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for its turn, measures, and {@return what was measured}
     *
     * @param plan what to measure
     * @param estimate how long that will take
     * @param patience how long to wait, for the turn and the measurement together
     * @throws QueueFullException if those that came before will take longer than that, or too many wait
     * @throws MeasurementTimeoutException if it takes longer
     * @throws UnsupportedNetworkException if an engine cannot run the network
     */
    public Measurements measure(MeasurementPlan plan, Duration estimate, Duration patience)
            throws UnsupportedNetworkException, InterruptedException {
        return measure(plan, estimate, true, patience);
    }

    /** Measures before anybody asks, as {@link #prepare(Host, int, Duration)} does. */
    public void prepare(MeasurementPlan plan, Duration estimate, Duration patience)
            throws UnsupportedNetworkException, InterruptedException {
        Measurements _ = measure(plan, estimate, false, patience);
    }

    private Measurements measure(MeasurementPlan plan, Duration estimate, boolean asked, Duration patience)
            throws UnsupportedNetworkException, InterruptedException {
        Deadline deadline = Deadline.in(patience.toNanos());
        try {
            return call(() -> Measurer.measure(plan, deadline), estimate, asked, patience);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnsupportedNetworkException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            deadline.cancel();
        }
    }

    /**
     * Waits for its turn, measures the host's peak if that was not done before, and {@return it}
     *
     * @throws QueueFullException if those that came before will take longer than the patience, or too many wait
     * @throws MeasurementTimeoutException if it takes longer
     */
    public Peak peak(Host host, int threads, Duration patience) throws InterruptedException {
        Optional<Peak> known = host.measuredPeak(threads);
        return known.isPresent() ? known.get() : callHost(() -> host.peak(threads), true, patience);
    }

    /**
     * Measures the host's peak before anybody asks, in its turn. It takes none of the places that measurements wait in.
     */
    public void prepare(Host host, int threads, Duration patience) throws InterruptedException {
        if (host.measuredPeak(threads).isEmpty()) {
            callHost(() -> host.peak(threads), false, patience);
        }
    }

    /** As {@link #peak}, for the bandwidths of the host's caches and memory. */
    public List<Bandwidth> bandwidth(Host host, Duration patience) throws InterruptedException {
        Optional<List<Bandwidth>> known = host.measuredBandwidth();
        return known.isPresent() ? known.get() : callHost(host::bandwidth, true, patience);
    }

    private <T> T callHost(Callable<T> call, boolean asked, Duration patience) throws InterruptedException {
        try {
            return call(call, HOST, asked, patience);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T> T call(Callable<T> measurement, Duration estimate, boolean asked, Duration patience)
            throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(measurement);
        Entry entry = enter(new Entry(task, estimate, asked), patience);
        try {
            // Whoever measures sees its deadline first; a single run that takes long does not.
            return task.get(patience.toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            throw new MeasurementTimeoutException();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        } finally {
            leave(entry);
        }
    }

    private synchronized Entry enter(Entry entry, Duration patience) {
        Duration ahead = entries.stream().map(Entry::left).reduce(Duration.ZERO, Duration::plus);
        boolean tooLate = !entries.isEmpty() && ahead.plus(entry.estimate).compareTo(patience) > 0;
        // How long a run takes that was to be over already, nobody knows.
        boolean stuck = entries.stream().anyMatch(before -> before.givenUp);
        if (closed) {
            throw new MeasurementTimeoutException();
        }
        long places = entries.stream().filter(before -> before.asked).count();
        if (stuck || tooLate || places > mostWaiting) {
            throw new QueueFullException(entries.size(), ahead, stuck);
        }
        entries.add(entry);
        waiting.add(entry);
        return entry;
    }

    /** What has not begun never will; what runs has its place until it ends. */
    private synchronized void leave(Entry entry) {
        if (entry.task.isDone() || waiting.remove(entry)) {
            end(entry);
        } else {
            entry.givenUp = true;
            entry.task.cancel(false);
        }
    }

    private synchronized void begin(Entry entry) {
        entry.began = System.nanoTime();
    }

    private synchronized void end(Entry entry) {
        entries.remove(entry);
    }

    /** Ends the measuring thread once the run that has begun is over; what waits is not measured any more. */
    @Override
    public synchronized void close() {
        closed = true;
        entries.forEach(entry -> entry.task.cancel(false));
        thread.interrupt();
    }

    /** Too many measurements come before. */
    public static final class QueueFullException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Duration ahead;

        QueueFullException(int before, Duration ahead, boolean stuck) {
            super("one measurement runs at a time, and "
                    + (stuck
                            ? "one before this takes longer than it was estimated to"
                            : before + (before == 1 ? " comes" : " come") + " before this one, for about "
                                    + Math.max(1, ahead.toSeconds()) + " s"));
            this.ahead = ahead;
        }

        /** {@return how long those before will take, about} */
        public Duration ahead() {
            return ahead;
        }
    }
}
