package dev.tally.storage;

/** Whether the tables are there. They are made when the service starts, or once its database answers. */
public final class Storage {
    private volatile boolean ready;

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
