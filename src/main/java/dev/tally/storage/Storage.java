package dev.tally.storage;

/** Which database it is, and whether the tables are there: made when the service starts, or once it answers. */
public final class Storage {
    private final boolean postgresql;
    private volatile boolean ready;

    Storage(boolean postgresql) {
        this.postgresql = postgresql;
    }

    /** {@return whether it is PostgreSQL, and not the embedded H2} */
    public boolean postgresql() {
        return postgresql;
    }

    /** {@return whether the tables are there, as far as is known without asking the database} */
    public boolean ready() {
        return ready;
    }

    /**
     * Returns where the tables are there.
     *
     * @throws StorageUnavailableException if they are not there yet
     */
    public void requireReady() {
        if (!ready) {
            throw new StorageUnavailableException("the database has not answered since this service started");
        }
    }

    void becomeReady() {
        ready = true;
    }
}
