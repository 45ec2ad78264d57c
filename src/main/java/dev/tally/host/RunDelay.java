package dev.tally.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long threads that compute stood ready while something else had their core: another process, or a thread of this
 * one. The probe, which is short, mostly slips through between two turns of the others; this counts the turns. Linux
 * tells it for each thread; elsewhere none is known, and the answer is 0.
 */
public final class RunDelay {
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Of the threads that compute, by their folder: what they have run and waited so far. */
    private final Map<Path, Times> threads;

    private RunDelay(Map<Path, Times> threads) {
        this.threads = threads;
    }

    /**
     * A thread's times in nanoseconds, from its begin on.
     *
     * @param ran with a core
     * @param waited ready, without one
     */
    private record Times(long ran, long waited) {
        long since(Times before) {
            return ran - before.ran + waited - before.waited;
        }
    }

    /** {@return the delays of those threads, in this process, that were busy for at least half of a piece of work} */
    public static RunDelay ofThreadsBusyDuring(Runnable work) {
        Map<Path, Times> before = all();
        long start = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - start;
        Map<Path, Times> busy = all();
        busy.entrySet().removeIf(thread -> {
            Times earlier = before.get(thread.getKey());
            return earlier == null || thread.getValue().since(earlier) < nanos / 2;
        });
        return new RunDelay(busy);
    }

    /** {@return the folders of the threads that are watched} */
    Set<Path> watched() {
        return Set.copyOf(threads.keySet());
    }

    /** {@return how long the one that waited longest has waited since the last call, in nanoseconds} */
    public long nanosSinceLast() {
        long longest = 0;
        for (Map.Entry<Path, Times> thread : threads.entrySet()) {
            Times before = thread.getValue();
            Times now = read(thread.getKey());
            if (now != null) {
                longest = Math.max(longest, now.waited - before.waited);
                thread.setValue(now);
            }
        }
        return longest;
    }

    private static Map<Path, Times> all() {
        Map<Path, Times> all = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                Times times = read(task);
                if (times != null) {
                    all.put(task, times);
                }
            }
        } catch (IOException e) {
            // No Linux, or one that does not show it.
            all.clear();
        }
        return all;
    }

    /** The three numbers of {@code schedstat}: time run, time waited, turns. Null where the thread is gone. */
    private static @Nullable Times read(Path task) {
        try {
            String[] numbers =
                    Files.readString(task.resolve("schedstat")).strip().split(" ", -1);
            return new Times(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
