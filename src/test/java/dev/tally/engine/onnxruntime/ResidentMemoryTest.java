package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tally.engine.Networks;
import dev.tally.engine.OwnJvm;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whether native memory comes back: what is resident, in a JVM of its own whose heap is resident from the start. A
 * session of the small network takes some 200 kB; a thousand that stayed would be 200 MB.
 */
class ResidentMemoryTest {
    private static final long MOST_GROWTH = 32L << 20;

    @Test
    void memoryDoesNotGrowWithNetworksPreparedNorWithRuns() throws IOException, InterruptedException {
        assumeTrue(PoolThreads.LINUX, "what is resident stands in /proc/self/status, which Linux alone has");
        List<String> heap = List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

        Map<String, Long> grown = OwnJvm.run(Growth.class, heap).stream()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> Long.valueOf(line.substring(line.indexOf('=') + 1))));

        assertThat(grown).containsOnlyKeys("prepared", "run", "threads");
        assertThat(grown.get("prepared")).as("bytes over 1,000 networks").isLessThan(MOST_GROWTH);
        assertThat(grown.get("run")).as("bytes over 1,000 runs of one").isLessThan(MOST_GROWTH);
        assertThat(grown.get("threads")).as("threads over all").isZero();
    }

    /** Prints by how many bytes the process has grown. */
    static final class Growth {
        private static final Network NETWORK = Networks.of("[12, 12, 16]", """
                {'type': 'conv2d', 'filters': 32, 'kernel': 3, 'activation': 'relu'},
                {'type': 'max_pool2d', 'kernel': 2}, {'type': 'flatten'}, {'type': 'dense', 'units': 20}
                """);

        private static final OnnxRuntimeCpu ENGINE = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null));

        private Growth() {}

        public static void main(String[] arguments) throws IOException, UnsupportedNetworkException {
            prepare(400);
            long threads = threads();
            long before = resident();
            prepare(1_000);
            System.out.println("prepared=" + (resident() - before));
            try (Arena arena = Arena.ofShared();
                    PreparedNetwork prepared =
                            ENGINE.prepare(Networks.assignment(NETWORK, 2, Precision.FLOAT32, arena))) {
                run(prepared, 400);
                before = resident();
                run(prepared, 1_000);
                System.out.println("run=" + (resident() - before));
            }
            System.out.println("threads=" + (threads() - threads));
        }

        private static void prepare(int times) throws UnsupportedNetworkException {
            for (int i = 0; i < times; i++) {
                try (Arena arena = Arena.ofShared();
                        PreparedNetwork prepared =
                                ENGINE.prepare(Networks.assignment(NETWORK, 1 + i % 2, Precision.FLOAT32, arena))) {
                    run(prepared, 1);
                }
            }
        }

        private static void run(PreparedNetwork prepared, int times) {
            for (int i = 0; i < times; i++) {
                prepared.run();
                try (Arena arena = Arena.ofShared()) {
                    prepared.read(NETWORK.outputs(), arena);
                }
            }
        }

        private static long resident() throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            }
        }

        /** Those of the pools: the JVM has more of its own now and then. */
        private static long threads() throws IOException {
            try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                return tasks.filter(task -> {
                            try {
                                return Files.readString(task.resolve("comm")).startsWith("ort-pool-");
                            } catch (IOException e) {
                                return false;
                            }
                        })
                        .count();
            }
        }
    }
}
