package dev.tally.measurement;

import java.util.function.LongSupplier;

/** When a measurement has to be done with; whoever measures asks between two runs. */
public final class Deadline {
    private final LongSupplier clock;
    private final long at;
    private volatile boolean cancelled;

    private Deadline(LongSupplier clock, long at) {
        this.clock = clock;
        this.at = at;
    }

    /** {@return a deadline this many nanoseconds from now} */
    public static Deadline in(long nanos) {
        return in(nanos, System::nanoTime);
    }

    static Deadline in(long nanos, LongSupplier clock) {
        return new Deadline(clock, clock.getAsLong() + nanos);
    }

    /** Ends the measurement at once: nobody waits for it any more. */
    public void cancel() {
        cancelled = true;
    }

    boolean passed() {
        return cancelled || clock.getAsLong() - at >= 0;
    }

    void throwIfPassed() {
        throwUnless(!passed());
    }

    /**
     * Returns where what was measured is to be kept.
     *
     * @param done whether it is enough, if the time is over; if it was cancelled nobody wants any of it
     */
    void throwUnless(boolean done) {
        if (!done || cancelled) {
            throw new MeasurementTimeoutException();
        }
    }
}
