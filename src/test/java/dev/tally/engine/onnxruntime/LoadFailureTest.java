package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of glibc's loader, musl's, Java's and ONNX Runtime's, as they came. */
class LoadFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "libcuda.so.1: cannot open shared object file: No such file or directory"
                        + "| this machine has no NVIDIA driver; in a container, start it with the GPUs (docker run --gpus all)",
                "libcublasLt.so.12: cannot open shared object file: No such file or directory"
                        + "| put the folder that has the library on LD_LIBRARY_PATH before the service starts (docs/gpu.md)",
                "/x/libonnxruntime.so: cannot open shared object file: No such file or directory (Possible cause: can't load"
                        + " AARCH64 .so on a AMD 64 platform)| the build is for another processor",
                "/x/libonnxruntime.so: wrong ELF class: ELFCLASS32| the build is for another processor",
                "/x/libonnxruntime.so: invalid ELF header| the file is no library, or one for another processor",
                "/x/libonnxruntime.so: file too short| the file is no library, or was cut off",
                "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /x/libonnxruntime.so)"
                        + "| the build needs a newer C library than this system has",
                "/x/libonnxruntime4j_jni.so: /x/libonnxruntime.so: version `VERS_1.29.0' not found"
                        + "| libonnxruntime.so and libonnxruntime4j_jni.so must be of the same version"
                        + " (bench/gpu/assemble.sh puts such a folder together)",
                "dlopen failed for libcudnn.so: libcudnn.so: cannot open shared object file"
                        + "| cuDNN 9 is missing: put the folder that has libcudnn.so.9 on LD_LIBRARY_PATH before the service"
                        + " starts (docs/gpu.md)",
                "/x/libonnxruntime_providers_shared.so: cannot open shared object file: No such file"
                        + "| it is missing beside libonnxruntime.so (bench/gpu/assemble.sh puts such a folder together)",
                "Failed to find CUDA shared provider"
                        + "| libonnxruntime_providers_cuda.so is missing beside libonnxruntime.so"
                        + " (bench/gpu/assemble.sh puts such a folder together)",
                "This binary was not compiled with CUDA support."
                        + "| libonnxruntime4j_jni.so is that of the build without CUDA"
                        + " (bench/gpu/assemble.sh puts such a folder together)",
                "CUDA failure 100: no CUDA-capable device is detected"
                        + "| nvidia-smi lists the GPUs that the driver shows; a container is given them by docker run --gpus"
                        + " all, and CUDA_VISIBLE_DEVICES may hide them",
                "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version"
                        + "| the NVIDIA driver is older than the build's CUDA: 13 takes a driver from 580 on, 12 one from 525"
                        + " on",
                "Error relocating /x/libonnxruntime.so: __memcpy_chk: symbol not found"
                        + "| the build needs glibc, which this system does not have: musl will not do",
                "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /x/libonnxruntime.so)"
                        + "| the build needs glibc, which this system does not have: musl will not do",
                "/x/libonnxruntime.so: failed to map segment from shared object"
                        + "| the libraries are unpacked where nothing may be executed: name another folder with -Djava.io.tmpdir",
                "Unsupported os:sunos| ONNX Runtime has no build for this platform",
                "Illegal native access from an unnamed module (file:/x/)"
                        + "| start Java with --enable-native-access=ALL-UNNAMED"
            })
    void knownFailuresComeWithWhatHelps(String words, String help) {
        assertThat(LoadFailure.withAdvice(words)).isEqualTo(words + ": " + help);
    }

    @Test
    void otherFailuresComeAsTheyAre() {
        assertThat(LoadFailure.withAdvice("no such luck")).isEqualTo("no such luck");
    }

    @Test
    void theInnermostCauseHasTheWord() {
        Throwable failure = new ExceptionInInitializerError(
                new IllegalStateException("outer", new UnsatisfiedLinkError("/x/lib.so: /x/lib.so: file too short")));

        assertThat(LoadFailure.reason(failure, "1.29.0"))
                .isEqualTo("/x/lib.so: file too short: the file is no library, or was cut off");
        assertThat(LoadFailure.reason(new NoClassDefFoundError(), null)).isEqualTo("NoClassDefFoundError");
    }

    @Test
    void anotherVersionComesWithTheOneThatIsExpected() {
        assertThat(LoadFailure.reason(
                        new IOException(new UnsatisfiedLinkError("version `VERS_1.29.0' not found")), "1.29.0"))
                .isEqualTo("version `VERS_1.29.0' not found (expected version 1.29.0):"
                        + " libonnxruntime.so and libonnxruntime4j_jni.so must be of the same version"
                        + " (bench/gpu/assemble.sh puts such a folder together)");
    }
}
