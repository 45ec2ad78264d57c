package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.LayerDraw;
import dev.tally.engine.Assignment;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.engine.reference.Values;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.onnx.DrawnNetwork;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxOptions;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The models of networks in float16, which a GPU is given, on the CPU provider: it computes most of their layers in
 * float32, but takes and hands on every tensor in float16.
 */
class Float16ModelsTest {
    private static final OnnxOptions FLOAT16 = new OnnxOptions(ElementType.FLOAT16, Set.of(), 1);
    private static final SessionMaker MAKER =
            new SessionMaker(OnnxRuntime.load(null).environment(), (_, _) -> {});

    /** Numbers of 11 bits: half a thousandth off each, a few times as much where several are added up. */
    private static final double MOST = 1e-2;

    @ParameterizedTest
    @EnumSource(LayerDraw.Kind.class)
    void everyKindOfLayerComputesWhatTheReferenceDoes(LayerDraw.Kind kind) throws UnsupportedNetworkException {
        for (int seed = 0; seed < 10; seed++) {
            LayerDraw draw = LayerDraw.of(kind, seed);
            Network network = DrawnNetwork.of(draw, 1 + seed % 2);
            if (network == null) {
                continue;
            }
            try (Arena arena = Arena.ofShared()) {
                Assignment assignment = Networks.assignment(network, 1, Precision.FLOAT16, arena);
                // So that a maximum or a step of a function falls where it does in float16.
                assignment.inputs().values().forEach(Float16ModelsTest::round);
                try (PreparedNetwork computed = new PreparedSession(MAKER, assignment, FLOAT16, "float16");
                        PreparedNetwork expected = new ReferenceEngine().prepare(assignment)) {
                    Map<Source, Tensor> got = computed.read(network.outputs(), arena);
                    Map<Source, Tensor> wanted = expected.read(network.outputs(), arena);
                    for (Source output : network.outputs()) {
                        Values values = Values.of(LayerErrors.tensor(wanted, output));
                        assertThat(LayerErrors.of(values, LayerErrors.tensor(got, output), LayerErrors.LEAST))
                                .as("seed %d: %s", seed, draw)
                                .isLessThan(MOST);
                    }
                }
            }
        }
    }

    private static void round(Tensor tensor) {
        for (long i = 0; i < tensor.elements(); i++) {
            tensor.set(i, Float.float16ToFloat(Float.floatToFloat16(tensor.at(i))));
        }
    }
}
