package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a session's pool, and whether they sleep. After a run they spin for a while in case another follows:
 * 25 to 30 ms on an EPYC, by a number of rounds and not by the clock, so longer elsewhere.
 *
 * <p>On Linux a thread takes on the name of the one that starts it; so a session that is made on a thread with a name
 * of its own has a pool that can be found. Elsewhere, and where they cannot be listed, their sleep is waited for by the
 * clock.
 */
final class PoolThreads {
    /** Whether the threads of a pool can be found, and be bound to processors. */
    static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private static final Path TASKS = Path.of("/proc/self/task");

    /** Linux cuts names after 15 letters. */
    private static final int NAMES = 1_000_000;

    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final long LONGEST_MILLIS = 2_000;
    private static final long BLIND_MILLIS = 250;

    private final int threads;
    private final List<Path> states;

    private PoolThreads(int threads, List<Path> states) {
        this.threads = threads;
        this.states = states;
    }

    /** What makes a session. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws OrtException;
    }

    /** A session, and its pool. */
    record Started<T>(T session, PoolThreads pool) {}

    /**
     * {@return what a task makes, and the threads that it leaves behind}
     *
     * @param threads how many threads the pool has with the caller; no other is started where it is 1
     * @throws OrtException if the task does
     */
    static <T> Started<T> start(int threads, Task<T> task) throws OrtException {
        if (threads == 1) {
            return new Started<>(task.run(), new PoolThreads(threads, List.of()));
        }
        String name = "ort-pool-" + Math.floorMod(POOLS.incrementAndGet(), NAMES);
        FutureTask<T> made = new FutureTask<>(task::run);
        Thread starter = Thread.ofPlatform().name(name).start(made);
        try {
            return new Started<>(uninterrupted(starter, made), new PoolThreads(threads, states(name)));
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case OrtException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Waits to the end in any case: a session that nobody takes would never be closed. */
    private static <T> T uninterrupted(Thread starter, FutureTask<T> made) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    starter.join();
                    return made.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Path> states(String name) {
        List<Path> states = new ArrayList<>();
        if (!LINUX) {
            return states;
        }
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (read(task.resolve("comm")).strip().equals(name)) {
                    states.add(task.resolve("stat"));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A session has been made, and can be used: its threads' sleep is waited for by the clock.
            return List.of();
        }
        return List.copyOf(states);
    }

    /** Empty where the thread has ended. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns when all of them sleep. They do once they have found no work for a while, so this only waits. */
    void awaitSleep() {
        if (threads == 1) {
            return;
        }
        long now = System.nanoTime();
        long end = now + 1_000_000 * (states.isEmpty() ? BLIND_MILLIS : LONGEST_MILLIS);
        while (now < end && (states.isEmpty() || anyRuns())) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            now = System.nanoTime();
        }
    }

    /** The state stands behind the name, which is in brackets: {@code 71 (ort-pool-1) S …}. */
    private boolean anyRuns() {
        for (Path state : states) {
            String text = read(state);
            int at = text.lastIndexOf(')') + 2;
            if (at < text.length() && text.charAt(at) == 'R') {
                return true;
            }
        }
        return false;
    }
}
