package dev.tally.storage;

/** The database does not answer: it is away, full, or its tables are not made yet. It may be back the next moment. */
public final class StorageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StorageUnavailableException(String message) {
        super(message);
    }
}
