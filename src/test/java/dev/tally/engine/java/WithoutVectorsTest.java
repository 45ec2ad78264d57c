package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.Assignment;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Networks;
import dev.tally.engine.OwnJvm;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where Java was started without its vector module, or without its optimizing compiler, networks still run. */
class WithoutVectorsTest {
    @Test
    void plainLoopsStandInAndTheEngineSaysWhy() throws IOException, InterruptedException {
        assertThat(OwnJvm.run(Run.class, List.of()))
                .containsExactly(
                        "true",
                        "plain loops, many times slower: the module jdk.incubator.vector is missing: start Java with"
                                + " --add-modules=jdk.incubator.vector",
                        "plain",
                        "right");
    }

    @Test
    void withoutTheOptimizingCompilerItIsTheSame() throws IOException, InterruptedException {
        assertThat(OwnJvm.run(Run.class, List.of("--add-modules=jdk.incubator.vector", "-XX:TieredStopAtLevel=1")))
                .anyMatch(line -> line.startsWith("plain loops, many times slower: Java runs without its optimizing"))
                .endsWith("plain", "right");
    }

    /** Prints what the engine is, and whether what it computes is right. */
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) throws UnsupportedNetworkException {
            Network network = Networks.of(
                    "[9, 9, 5]",
                    "{'type': 'conv2d', 'filters': 7, 'kernel': 3, 'padding': 'same', 'activation': 'relu6'},"
                            + "{'type': 'depthwise_conv2d', 'kernel': 3, 'stride': 2}, {'type': 'flatten'},"
                            + "{'type': 'dense', 'units': 3}");
            JavaEngine engine = new JavaEngine();
            System.out.println(engine.status().available());
            System.out.println(engine.status().properties().get("vectors"));
            try (Arena arena = Arena.ofShared()) {
                Assignment assignment = Networks.assignment(network, arena);
                try (PreparedNetwork prepared = engine.prepare(assignment)) {
                    System.out.println(prepared.kernel());
                }
                boolean right =
                        LayerErrors.of(engine, assignment).values().stream().allMatch(error -> error < 1e-5);
                System.out.println(right ? "right" : "wrong");
            }
        }
    }
}
