package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tally.engine.Engine;
import dev.tally.engine.EngineException;
import dev.tally.engine.Networks;
import dev.tally.engine.OwnJvm;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with files of the right names that are no libraries. Loading can be tried once, so in a JVM of its own. */
class BrokenBuildTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aBuildThatCannotBeLoadedIsAReasonAndNoCrash() throws IOException, InterruptedException {
        assumeTrue(PoolThreads.LINUX, "the words are those of Linux' loader");
        for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
            Files.writeString(
                    folder.resolve(System.mapLibraryName(name)), "no library, but long enough for one. ".repeat(9));
        }
        String reason = folder.resolve("libonnxruntime.so")
                + ": invalid ELF header: the file is no library, or one for another processor";

        assertThat(OwnJvm.run(Statuses.class, List.of(), folder.toString()))
                .containsSubsequence(
                        "onnxruntime-cpu: null, " + reason,
                        "onnxruntime-cuda: null, " + reason,
                        "reference: null, null",
                        "onnxruntime-cpu prepares: ONNX Runtime is not available: " + reason,
                        "onnxruntime-cuda prepares: onnxruntime-cuda is not available: " + reason,
                        "reference prepares: loops-float64",
                        "from the class path: this process has already tried to load ONNX Runtime, build: " + folder
                                + ", and can do so once; start another with tally.onnxruntime.native-path=class path");
    }

    /** Prints what engines say of the build in a folder. */
    static final class Statuses {
        private Statuses() {}

        public static void main(String[] arguments) throws UnsupportedNetworkException {
            Path folder = Path.of(arguments[0]);
            List<Engine> engines = List.of(
                    new OnnxRuntimeCpu(() -> OnnxRuntime.load(folder)),
                    new OnnxRuntimeCuda(() -> OnnxRuntime.load(folder), 0),
                    new ReferenceEngine());
            for (Engine engine : engines) {
                System.out.println(engine.id() + ": " + engine.status().version() + ", "
                        + engine.status().unavailable());
            }
            for (Engine engine : engines) {
                System.out.println(engine.id() + " prepares: " + prepared(engine));
            }
            System.out.println("from the class path: " + OnnxRuntime.load(null).unavailable());
        }

        private static String prepared(Engine engine) throws UnsupportedNetworkException {
            try (Arena arena = Arena.ofShared();
                    var prepared = engine.prepare(Networks.assignment(Networks.of("[2]", "{'type': 'relu'}"), arena))) {
                return prepared.kernel();
            } catch (EngineException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }
}
