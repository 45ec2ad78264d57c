package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolThreadsTest {
    private static final Network NETWORK =
            Networks.of("[32, 32, 16]", "{'type': 'conv2d', 'filters': 32, 'kernel': 3, 'padding': 'same'}");

    private final OnnxRuntimeCpu engine = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null));
    private Set<Path> before = Set.of();

    @BeforeEach
    void requireLinux() throws IOException {
        assumeTrue(PoolThreads.LINUX, "threads are found by /proc, which Linux alone has");
        before = poolThreads();
    }

    @Test
    void thePoolsThreadsSleepOnceParked() throws IOException, UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(Networks.assignment(NETWORK, 3, Precision.FLOAT32, arena))) {
            for (int i = 0; i < 20; i++) {
                prepared.run();
            }
            prepared.park();

            assertThat(started().stream().map(PoolThreadsTest::state)).doesNotContain('R');
            awaitStarted(2);

            prepared.run();
        }
    }

    @Test
    void closingEndsThem() throws IOException, UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            PreparedNetwork prepared = engine.prepare(Networks.assignment(NETWORK, 3, Precision.FLOAT32, arena));
            awaitStarted(2);
            prepared.close();
        }

        awaitStarted(0);
    }

    @Test
    void oneThreadHasNoPool() throws IOException, UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(Networks.assignment(NETWORK, arena))) {
            prepared.run();
            prepared.park();

            awaitStarted(0);
        }
    }

    @Test
    void aSessionsFailureIsTheCallers() {
        assertThatThrownBy(() -> PoolThreads.start(2, () -> {
                    throw new OrtException("no session");
                }))
                .isInstanceOf(OrtException.class)
                .hasMessageContaining("no session");
        assertThatThrownBy(() -> PoolThreads.start(2, () -> {
                    throw new IllegalArgumentException("no model");
                }))
                .hasMessage("no model");
    }

    /** The session is made to the end, so that somebody can close it; the interruption is for whoever waits next. */
    @Test
    void anInterruptionWaitsUntilTheSessionIsMade() throws OrtException {
        Thread.currentThread().interrupt();

        assertThat(PoolThreads.start(2, () -> "made").session()).isEqualTo("made");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** A thread that has ended, and been waited for, may be seen for a moment after. */
    private void awaitStarted(int count) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (started().size() != count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(started()).hasSize(count);
    }

    private Set<Path> started() throws IOException {
        return poolThreads().stream().filter(task -> !before.contains(task)).collect(Collectors.toSet());
    }

    private static Set<Path> poolThreads() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> read(task.resolve("comm")).startsWith("ort-pool-"))
                    .collect(Collectors.toSet());
        }
    }

    private static char state(Path task) {
        String text = read(task.resolve("stat"));
        return text.isEmpty() ? 'X' : text.charAt(text.lastIndexOf(')') + 2);
    }

    /** Empty where the thread has ended. */
    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
