package dev.tally.containers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.utility.DockerImageName;

/**
 * Tally's own image, built once for all tests as the README has it built: by the command line. What the engine has kept
 * of an earlier build is not built again. {@code TALLY_IMAGE} names one that is there already.
 */
final class TallyImage {
    static final DockerImageName NAME =
            DockerImageName.parse(Objects.requireNonNullElseGet(System.getenv("TALLY_IMAGE"), TallyImage::build));

    private static final String TAG = "tally:test";
    private static final long MOST_MINUTES = 15;

    private TallyImage() {}

    private static String build() {
        List<String> command = new ArrayList<>(List.of("docker", "build", "--target", "tally", "--tag", TAG));
        Stream.of("JDK_IMAGE", "JRE_IMAGE")
                .filter(image -> System.getenv(image) != null)
                .forEach(image -> command.addAll(List.of("--build-arg", image)));
        command.add(".");
        try {
            run(command);
        } catch (IOException e) {
            throw new UncheckedIOException("the image cannot be built", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the image was built", e);
        }
        return TAG;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path log = Path.of("target", "image-build.log");
        Files.createDirectories(log.getParent());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroy();
            throw new IllegalStateException("building the image took over " + MOST_MINUTES + " minutes: " + log);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + end(log));
        }
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }
}
