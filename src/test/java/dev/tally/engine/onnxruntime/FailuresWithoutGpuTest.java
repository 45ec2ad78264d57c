package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.tally.engine.EngineException;
import dev.tally.engine.PreparedNetwork;
import dev.tally.onnx.OnnxOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures on the way to a GPU, in the words in which ONNX Runtime 1.29 and the loader were seen to report them. */
class FailuresWithoutGpuTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "libcublasLt.so.13: cannot open shared object file: No such file or directory | LD_LIBRARY_PATH",
                "libcuda.so.1: cannot open shared object file: No such file or directory | no NVIDIA driver",
                "dlopen failed for libcudnn.so: libcudnn.so: cannot open shared object file | libcudnn.so.9",
                "/a/libonnxruntime_providers_shared.so: cannot open shared object file: No such file | beside libonnxruntime.so",
                "Failed to find CUDA shared provider | libonnxruntime_providers_cuda.so is missing",
                "This binary was not compiled with CUDA support. | libonnxruntime4j_jni.so is that of the build without CUDA",
                "/a/libonnxruntime.so: version `VERS_1.29.0' not found | of the same version",
                "/a/libonnxruntime.so: file too short | no library",
                "/a/libonnxruntime.so: invalid ELF header | no library",
                "/a/libonnxruntime.so: cannot open shared object file: No such file or directory (Possible cause: can't load AARCH64 .so on a AMD 64 platform) | for another processor",
                "CUDA failure 100: no CUDA-capable device is detected | --gpus all",
                "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version | 580",
            })
    void advisesOnWhatTheLoaderSays(String words, String advice) {
        assertThat(LoadFailure.withAdvice(words)).startsWith(words + ": ").contains(advice);
    }

    @Test
    void namesAFileOnceThatTheLoaderNamesTwice() {
        LinkageError failure =
                new UnsatisfiedLinkError("/a b/libonnxruntime.so: /a b/libonnxruntime.so: invalid ELF header");

        assertThat(LoadFailure.reason(failure, "1.29.0")).startsWith("/a b/libonnxruntime.so: invalid ELF header: ");
    }

    @Test
    void leavesPlacesInTheSourceAndTheHostsNameOut() {
        OrtException failure =
                new OrtException("Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/providers/cuda/"
                        + "cuda_execution_provider_info.cc:62 static onnxruntime::CUDAExecutionProviderInfo"
                        + " onnxruntime::CUDAExecutionProviderInfo::FromProviderOptions(const onnxruntime::ProviderOptions&)"
                        + " [ONNXRuntimeError] : 1 : FAIL : provider_options_utils.h:187 Parse Failed to parse provider"
                        + " option \"device_id\": CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ;"
                        + " hostname=secret ; file=/onnxruntime_src/cuda_execution_provider_info.cc ; line=69 ;"
                        + " expr=cudaGetDeviceCount(&num_devices); \n");

        assertThat(Words.of(failure))
                .isEqualTo("Failed to parse provider option \"device_id\": CUDA failure 100: no CUDA-capable device is"
                        + " detected");
    }

    @Test
    void refusesWhatOnlyTheProcessorHasAKernelFor() {
        OnnxRuntime runtime = OnnxRuntime.load(null);
        CudaTrial.Preparation onTheProcessor = assignment -> {
            try {
                PreparedNetwork prepared = new PreparedSession(
                        runtime.environment(),
                        Exports.of(assignment.network(), OnnxOptions.DEFAULT),
                        assignment,
                        "",
                        (session, _) -> OnnxRuntimeCuda.withoutFallback(session));
                return prepared;
            } catch (EngineException e) {
                OnnxRuntimeCuda.throwIfWithoutKernel(e);
                throw e;
            }
        };

        assertThatThrownBy(() -> CudaTrial.run(onTheProcessor))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith(
                        "the trial's convolution is refused: ONNX Runtime's CUDA provider has no kernel");
    }
}
