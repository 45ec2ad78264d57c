package dev.tally.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Found out once in a process, so each case is a process of its own. */
class VectorSupportTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    /** Prints what a process finds. */
    static final class Printed {
        private Printed() {}

        public static void main(String[] arguments) {
            VectorSupport support = VectorSupport.current();
            System.out.println(support.bits() + " bits, "
                    + support.loops().getFirst().name() + ", missing: "
                    + support.missing().orElse("nothing"));
        }
    }

    @Test
    void withoutTheModulePlainLoopsStandInAndTheRemedyIsNamed() throws Exception {
        assertThat(found())
                .contains("0 bits, plain loops, missing: the module jdk.incubator.vector is missing: start Java with"
                        + " --add-modules=jdk.incubator.vector");
    }

    @Test
    void withoutTheOptimizingCompilerVectorsWouldCrawl() throws Exception {
        assertThat(found(MODULE, "-XX:TieredStopAtLevel=1"))
                .contains("0 bits, plain loops, missing: Java runs without its optimizing compiler");
    }

    @Test
    void theWidthCanBeChosen() throws Exception {
        assertThat(found(MODULE, "-Dtally.kernel.vector-bits=128"))
                .contains("128 bits, 128-bit vectors, missing: nothing");
        assertThat(found(MODULE, "-Dtally.kernel.vector-bits=0")).contains("0 bits, plain loops");
    }

    @Test
    void aWidthThatThereIsNotIsRefused() throws Exception {
        assertThat(found(MODULE, "-Dtally.kernel.vector-bits=100"))
                .contains("the system property tally.kernel.vector-bits is 0, 64, 128, 256 or 512, here at most")
                .contains("got 100");
    }

    private static String found(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Printed.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
