package dev.tally.host;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for what takes a moment and must not be left running: an interruption is kept for the caller to see. */
final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * {@return what another thread has worked out}
     *
     * @throws IllegalStateException if it failed
     */
    static <T> T result(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("what this machine reaches could not be measured", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
