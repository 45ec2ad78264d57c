package dev.tally.engine;

/** An engine failed at what it said it could do; the message has its own words. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure with the engine's own words. */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A failure. */
    public EngineException(String message) {
        super(message);
    }
}
