package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static String of(OrtErrorCode code, String message) {
        return Words.of(new OrtException(code, message));
    }

    @Test
    void codesBeforeTheWordsAreLeftOut() {
        assertThat(of(OrtErrorCode.ORT_INVALID_ARGUMENT, "Unexpected input")).isEqualTo("Unexpected input");
        assertThat(of(
                        OrtErrorCode.ORT_NOT_IMPLEMENTED,
                        "[ONNXRuntimeError] : 9 : NOT_IMPLEMENTED : Could not find an implementation for Relu(14)"
                                + " node with name 'layer'"))
                .isEqualTo("Could not find an implementation for Relu(14) node with name 'layer'");
    }

    @Test
    void ofMessagesThatQuoteOthersTheLastIsLeft() {
        assertThat(
                        of(
                                OrtErrorCode.ORT_FAIL,
                                "[ONNXRuntimeError] : 1 : FAIL : in the provider\n[ONNXRuntimeError] : 11 : EP_FAIL : no device\n"))
                .isEqualTo("no device");
    }

    @Test
    void placesInItsSourceAreLeftOut() {
        assertThat(of(
                        OrtErrorCode.ORT_RUNTIME_EXCEPTION,
                        "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Exception during initialization:"
                                + " /onnxruntime_src/onnxruntime/core/providers/cpu/nn/pool_attributes.h:85 Pad should be"
                                + " smaller than kernel."))
                .isEqualTo("Exception during initialization: Pad should be smaller than kernel.");
    }

    @Test
    void soAreTheHostsNameAndWhatElseAFailureOfCudaTells() {
        assertThat(of(
                        OrtErrorCode.ORT_FAIL,
                        "/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_execution_provider_info.cc:62 static"
                                + " onnxruntime::CUDAExecutionProviderInfo"
                                + " onnxruntime::CUDAExecutionProviderInfo::FromProviderOptions(const"
                                + " onnxruntime::ProviderOptions&) [ONNXRuntimeError] : 1 : FAIL :"
                                + " provider_options_utils.h:187 Parse Failed to parse provider option \"device_id\": CUDA"
                                + " failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=secret ;"
                                + " file=/onnxruntime_src/cuda_execution_provider_info.cc ; line=69 ;"
                                + " expr=cudaGetDeviceCount(&num_devices); \n"))
                .isEqualTo("Failed to parse provider option \"device_id\": CUDA failure 100: no CUDA-capable device is"
                        + " detected");
    }
}
