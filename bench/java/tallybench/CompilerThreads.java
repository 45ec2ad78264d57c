package tallybench;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The threads of the virtual machine that compile. What they have in hand shows in no bean until it is done; Linux
 * tells how long each thread has run and waited for a core.
 */
final class CompilerThreads {
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Linux keeps 15 letters of {@code C2 CompilerThread0}. */
    private static final Pattern NAME = Pattern.compile("C[12] CompilerThre");

    private CompilerThreads() {}

    /** {@return for how long they have had work, all together, in nanoseconds; 0 where that is not known} */
    static long busyNanos() {
        long nanos = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                nanos += busyNanos(task);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return 0;
        }
        return nanos;
    }

    private static long busyNanos(Path task) {
        try {
            if (!NAME.matcher(Files.readString(task.resolve("comm"))).lookingAt()) {
                return 0;
            }
            String[] ranAndWaited = Files.readString(task.resolve("schedstat")).split(" ", 3);
            return Long.parseLong(ranAndWaited[0]) + Long.parseLong(ranAndWaited[1]);
        } catch (IOException e) {
            return 0; // It has ended.
        }
    }
}
