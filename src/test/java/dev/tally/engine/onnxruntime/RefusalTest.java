package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import dev.tally.engine.Assignment;
import dev.tally.engine.Networks;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxOptions;
import java.lang.foreign.Arena;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sessions of layers that the CPU provider is kept from running, or that it does not have. */
class RefusalTest {
    private static final Network NETWORK = Networks.of("[4, 6]", """
            {'name': 'flat', 'type': 'flatten'},
            {'name': 'square', 'type': 'reshape', 'shape': [2, 3, 4]},
            {'name': 'relu', 'type': 'relu'},
            {'name': 'tanh', 'type': 'tanh'}
            """);

    private static SessionMaker maker(SessionMaker.Configuration configuration) {
        return new SessionMaker(OnnxRuntime.load(null).environment(), configuration);
    }

    /** As on a GPU that lacks a kernel; here, the CPU's own kernels are those that are kept out. */
    @Test
    void whatHasNoKernelOfTheProviderIsNoFailureButNamed() {
        SessionMaker strict = maker((options, _) -> options.addConfigEntry("session.disable_cpu_ep_fallback", "1"));
        try (Arena arena = Arena.ofShared()) {
            UnsupportedNetworkException refusal = catchThrowableOfType(
                    UnsupportedNetworkException.class,
                    () -> new PreparedSession(
                            strict, Networks.assignment(NETWORK, arena), OnnxOptions.DEFAULT, "none"));

            assertThat(refusal)
                    .hasMessage("ONNX Runtime has no kernel of the provider for it, and nothing is computed on the"
                            + " processor instead");
            assertThat(refusal.node()).isSameAs(Networks.layer(NETWORK, "flat"));
        }
    }

    /** In bfloat16 the CPU provider turns shapes into others, and computes little. */
    @Test
    void theFirstLayerThatIsRefusedByItselfIsNamed() throws Exception {
        SessionMaker maker = maker((_, _) -> {});
        OnnxOptions options = new OnnxOptions(ElementType.BFLOAT16, Set.of(), 1);
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = Networks.assignment(NETWORK, arena);
            OrtException failure = catchThrowableOfType(
                    OrtException.class, () -> maker.session(OnnxModel.of(NETWORK, options), assignment));
            assertThat(Refusal.is(failure)).isTrue();

            UnsupportedNetworkException refusal = Refusal.of(failure, maker, assignment, options);

            assertThat(refusal.node()).isSameAs(Networks.layer(NETWORK, "relu"));
            assertThat(refusal)
                    .hasMessageStartingWith("ONNX Runtime refuses it: Could not find an implementation for Relu");
        }
    }

    @Test
    void whatAKernelDoesNotTakeIsARefusal() {
        assertThat(Refusal.is(new OrtException(
                        OrtErrorCode.ORT_RUNTIME_EXCEPTION,
                        "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Exception during initialization:"
                                + " /onnxruntime_src/onnxruntime/core/providers/cpu/nn/pool_attributes.h:85"
                                + " pads[dim] < kernel_shape[dim] was false. Pad should be smaller than kernel.")))
                .isTrue();
        assertThat(Refusal.is(new OrtException(
                        OrtErrorCode.ORT_RUNTIME_EXCEPTION,
                        "Exception during initialization: CUDA failure 2: out of memory")))
                .isFalse();
    }

    @Test
    void driversLibrariesAndMemoryFailAndRefuseNothing() {
        assertThat(Refusal.is(new OrtException(
                        OrtErrorCode.ORT_EP_FAIL, "CUDA failure 35: CUDA driver version is insufficient")))
                .isFalse();
        assertThat(Refusal.is(new OrtException(
                        OrtErrorCode.ORT_FAIL, "Failed to load library libonnxruntime_providers_cuda.so")))
                .isFalse();
        assertThat(Refusal.is(new OrtException(
                        OrtErrorCode.ORT_RUNTIME_EXCEPTION, "Failed to allocate memory for requested buffer")))
                .isFalse();
    }
}
