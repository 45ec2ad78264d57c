package dev.tally.containers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs what people type at a prompt. */
final class Command {
    private static final int LAST_LINES = 30;

    private final List<String> words;
    private final Map<String, String> environment;

    Command(List<String> words, Map<String, String> environment) {
        this.words = List.copyOf(words);
        this.environment = Map.copyOf(environment);
    }

    Command(String... words) {
        this(List.of(words), Map.of());
    }

    /** {@return the same with more words after these} */
    Command and(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, environment);
    }

    /** {@return whether it is there and ends well} */
    boolean works() {
        try {
            return start(ProcessBuilder.Redirect.DISCARD).waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Runs it, and keeps what it prints in a file of {@code target}.
     *
     * @throws IllegalStateException if it fails, with the end of what it printed, or takes longer than so many minutes
     */
    void run(String log, int mostMinutes) {
        Path file = Path.of("target", log);
        try {
            Files.createDirectories(file.getParent());
            Process process = start(ProcessBuilder.Redirect.appendTo(file.toFile()));
            if (!process.waitFor(mostMinutes, TimeUnit.MINUTES)) {
                process.destroy();
                throw new IllegalStateException(this + " took over " + mostMinutes + " minutes: " + file);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(this + " failed: " + end(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Process start(ProcessBuilder.Redirect output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    private static String end(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
