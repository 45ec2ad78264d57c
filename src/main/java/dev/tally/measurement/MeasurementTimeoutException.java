package dev.tally.measurement;

/** A measurement was not done in the time that it was given. */
public final class MeasurementTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MeasurementTimeoutException() {
        super("the measurement was not done in time");
    }
}
