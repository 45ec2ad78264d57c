package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtProvider;
import dev.tally.engine.EngineException;
import dev.tally.engine.EngineStatus;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said without a GPU. */
class OnnxRuntimeCudaTest {
    private final OnnxRuntimeCuda engine = new OnnxRuntimeCuda(() -> OnnxRuntime.load(null), 0);

    private static Network network(String type) {
        return Networks.of("{'input': [2], 'dtype': '" + type + "', 'layers': [{'type': 'relu'}]}");
    }

    @Test
    void aBuildWithoutTheProviderSaysHowToGetOneThatHasIt() {
        assumeFalse(
                OnnxRuntime.load(null).providers().contains(OrtProvider.CUDA),
                "the build on the class path has the CUDA provider");
        EngineStatus status = engine.status();

        assertThat(status.available()).isFalse();
        assertThat(status.unavailable())
                .isEqualTo(
                        "this build of ONNX Runtime has no CUDA provider: build the service with the Maven profile gpu,"
                                + " or name a folder with a CUDA build of " + status.version()
                                + " in tally.onnxruntime.native-path");
        try (Arena arena = Arena.ofShared()) {
            assertThatThrownBy(() -> engine.prepare(Networks.assignment(network("float32"), arena)))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("onnxruntime-cuda is not available: " + status.unavailable());
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void runsNetworksOfFloat32InEveryPrecision(Precision precision) {
        assertThatCode(() -> engine.check(network("float32"), precision)).doesNotThrowAnyException();
    }

    @Test
    void runsNetworksOfFloat16InFloat16() {
        assertThatCode(() -> engine.check(network("float16"), Precision.FLOAT16))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FLOAT32", "TF32"})
    void runsNetworksOfFloat16InNothingElse(Precision precision) {
        assertThatThrownBy(() -> engine.check(network("float16"), precision))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessage("a network of dtype float16 is run in the precision float16, got " + precision.id()
                        + "; leave the precision out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bfloat16", "int8"})
    void runsNetworksOfNoOtherType(String type) {
        for (Precision precision : Precision.values()) {
            assertThatThrownBy(() -> engine.check(network(type), precision))
                    .isInstanceOf(UnsupportedNetworkException.class)
                    .hasMessage("the CUDA provider runs networks of dtype float32 and float16, got " + type);
        }
    }

    /** Half the bytes of an element: what has two gigabytes in float32 fits. */
    @Test
    void theSizeOfATensorIsThatOfItsPrecision() {
        Network network = Networks.of("[32768, 16384]", "{'type': 'relu'}");

        assertThatCode(() -> engine.check(network, Precision.FLOAT16)).doesNotThrowAnyException();
        assertThatThrownBy(() -> engine.check(network, Precision.TF32))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("got 2,147,483,648");
    }

    @Test
    void isNotTheHosts() {
        assertThat(engine.onHost()).isFalse();
    }
}
