package dev.tally.job;

import java.util.Locale;

/** Where a job is in its life. */
public enum JobState {
    /** Waits for a worker, or for its device. */
    QUEUED,
    /** Is measured. */
    RUNNING,
    /** Has its result. */
    DONE,
    /** Has none, and says why. */
    FAILED,
    /** Was not wanted any more. */
    CANCELLED;

    /** {@return the name in requests and answers} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether nothing happens to it any more} */
    public boolean finished() {
        return this != QUEUED && this != RUNNING;
    }

    /** {@return the state of this id, as {@link #id} gives it} */
    static JobState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
