package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.tally.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process says once it has loaded the build on the class path; {@link BrokenBuildTest} has one of its own. */
class OnnxRuntimeTest {
    private static final String JNI = System.mapLibraryName("onnxruntime4j_jni");
    private static final String LIBRARY = System.mapLibraryName("onnxruntime");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void load() {
        assertThat(OnnxRuntime.load(null).unavailable()).isNull();
    }

    @Test
    void theBuildOnTheClassPathIsAvailable() {
        assertThat(OnnxRuntime.load(null)).isSameAs(OnnxRuntime.load(null));
        assertThat(OnnxRuntime.load(null).version())
                .isEqualTo(OrtEnvironment.class.getPackage().getImplementationVersion());
        assertThat(OnnxRuntime.load(null).providers()).contains(OrtProvider.CPU);
        assertThat(OnnxRuntime.load(null).properties())
                .containsEntry("build", "class path")
                .hasEntrySatisfying("providers", names -> assertThat(names).contains("CPUExecutionProvider"));
    }

    @Test
    void aFolderThatIsNotThereIsNamedWithItsSetting() {
        Path missing = folder.resolve("missing");

        assertThat(OnnxRuntime.load(missing).unavailable())
                .isEqualTo("the folder " + missing + " of tally.onnxruntime.native-path does not exist");
    }

    @Test
    void theFileThatAFolderLacksIsNamed() throws IOException {
        assertThat(OnnxRuntime.load(folder).unavailable())
                .startsWith("the folder " + folder + " of tally.onnxruntime.native-path has no " + LIBRARY);

        Files.createFile(folder.resolve(LIBRARY));
        assertThat(OnnxRuntime.load(folder).unavailable()).contains(" has no " + JNI);

        Files.createDirectory(folder.resolve(JNI));
        assertThat(OnnxRuntime.load(folder).unavailable()).contains(" has no " + JNI);
    }

    @Test
    void aSecondBuildInOneProcessIsRefused() throws IOException {
        Files.createFile(folder.resolve(LIBRARY));
        Files.createFile(folder.resolve(JNI));

        OnnxRuntime second = OnnxRuntime.load(folder);

        assertThat(second.unavailable())
                .isEqualTo("this process has already loaded ONNX Runtime, build: class path, and can do so once;"
                        + " start another with tally.onnxruntime.native-path=" + folder);
        assertThat(second.version()).isNull();
        assertThat(second.providers()).isEmpty();
        assertThat(second.properties()).containsOnlyKeys("build");
        assertThatThrownBy(second::environment)
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("ONNX Runtime is not available: this process has already");
    }
}
