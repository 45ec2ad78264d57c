package dev.tally.engine.java;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whether memory comes back that a network was prepared in: what is resident, in a JVM of its own whose heap is
 * resident from the start. The layer's buffers take some 500 kB; a thousand that stayed would be 500 MB.
 */
class JavaMemoryTest {
    /** As often as -Dprepared says; the suite has time for this many. */
    private static final int TIMES = Integer.getInteger("prepared", 1_000);

    private static final long MOST_GROWTH = 32L << 20;

    @Test
    void memoryDoesNotGrowWithNetworksPrepared() throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("os.name", "").startsWith("Linux"),
                "what is resident stands in /proc/self/status, which Linux alone has");
        List<String> options = List.of(
                "--add-modules=jdk.incubator.vector",
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-Dprepared=" + TIMES);

        List<String> grown = OwnJvm.run(Growth.class, options).stream()
                .filter(line -> line.startsWith("grown="))
                .toList();

        assertThat(grown).hasSize(1);
        assertThat(Long.parseLong(grown.getFirst().substring("grown=".length())))
                .as("bytes over %d networks", TIMES)
                .isLessThan(MOST_GROWTH);
    }

    /** Prints by how many bytes the process has grown. */
    static final class Growth {
        private Growth() {}

        public static void main(String[] arguments) throws IOException, UnsupportedNetworkException {
            prepare(400);
            long before = resident();
            prepare(TIMES);
            System.out.println("grown=" + (resident() - before));
        }

        /** Of widths in turn: other kernels are emitted than before, more of them than are kept. */
        private static void prepare(int times) throws UnsupportedNetworkException {
            JavaEngine engine = JavaEngines.uncompiled();
            for (int i = 0; i < times; i++) {
                Network network = Networks.of(
                        "[12, " + (12 + i % 20) + ", 48]",
                        "{'type': 'conv2d', 'filters': 48, 'kernel': 3, 'activation': 'relu'}");
                try (Arena arena = Arena.ofShared();
                        PreparedNetwork prepared =
                                engine.prepare(Networks.assignment(network, 1 + i % 2, Precision.FLOAT32, arena))) {
                    prepared.run();
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
    }
}
