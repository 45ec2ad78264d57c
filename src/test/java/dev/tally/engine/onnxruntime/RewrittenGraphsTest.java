package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.Assignment;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Networks;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.engine.reference.Values;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that ONNX Runtime 1.29 rewrites into ones that it refuses, unless they are written with care. */
class RewrittenGraphsTest {
    private static final OnnxRuntimeCpu ENGINE = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null));

    /** It makes a padding part of the average behind it, and then finds it wider than the window. */
    @ParameterizedTest
    @ValueSource(strings = {"'avg_pool2d', 'kernel': 2, 'stride': 1", "'adaptive_avg_pool2d', 'outputSize': 5"})
    void widePaddingStaysOutsideOfAPool(String pool) throws UnsupportedNetworkException {
        checkOutputs(Networks.of("[6, 6, 2]", "{'type': 'pad', 'padding': [[2, 2], [2, 2]]}, {'type': " + pool + "}"));
        checkOutputs(Networks.of(
                "[6, 6, 2]",
                "{'type': 'pad', 'padding': [[2, 2], [2, 2]]}, {'type': 'dropout'}, {'type': " + pool + "}"));
    }

    /** It brings the numbers of a padding into another order, also where they are of some axes alone. */
    @Test
    void aTranspositionMovesPastTheMarginsOfAPool() throws UnsupportedNetworkException {
        checkOutputs(Networks.of("""
                {'input': [11, 9, 2], 'layers': [
                  {'type': 'slice', 'axis': 1, 'end': 3, 'step': 3},
                  {'type': 'permute', 'order': [0, 1, 2]},
                  {'type': 'max_pool2d', 'kernel': [4, 2], 'stride': 2, 'dilation': 2, 'padding': 'same'},
                  {'type': 'layer_norm'}]}
                """));
    }

    /** It resizes images with the channels last by cubic interpolation to larger ones alone. */
    @Test
    void aTranspositionDoesNotMovePastACubicResize() throws UnsupportedNetworkException {
        for (int channels : new int[] {1, 4}) {
            for (int batch : new int[] {1, 2}) {
                checkOutputs(Networks.of("""
                        {'input': [9, 8, %d], 'batch': %d, 'layers': [
                          {'name': 'turned', 'type': 'permute', 'order': [2, 1, 0]},
                          {'name': 'small', 'type': 'resize', 'outputSize': 3, 'interpolation': 'cubic',
                           'from': 'input'},
                          {'name': 'units', 'type': 'dense', 'units': 3}]}
                        """.formatted(channels, batch)));
            }
        }
    }

    /** It allocates as many squares as the size says, of which no channel has more than all. */
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12, 2_000_000_000, 2_000_000_001})
    void aNormOverMoreChannelsThanThereAreTakesNoMoreMemory(int size) throws UnsupportedNetworkException {
        checkOutputs(Networks.of("[3, 3, 6]", "{'type': 'local_response_norm', 'size': " + size + ", 'alpha': 7}"));
    }

    /** A million rows of a million columns would be in between. */
    @ParameterizedTest
    @ValueSource(strings = {"nearest", "linear"})
    void axesBecomeSmallerBeforeOthersBecomeLarger(String interpolation) throws UnsupportedNetworkException {
        checkOutputs(Networks.of(
                "[1, 1000001, 1, 1]",
                "{'type': 'resize', 'outputSize': [1000000, 1, 1], 'interpolation': '" + interpolation + "'}"));
    }

    @Test
    void numbersOfEntriesThatTwoLayersHandOnAreOutputsOfBoth() throws UnsupportedNetworkException {
        Network network = Networks.of("""
                {'input': [5], 'outputs': ['one', 'other', 'flat', 'entries'], 'layers': [
                  {'name': 'one', 'type': 'identity'},
                  {'name': 'other', 'type': 'dropout'},
                  {'name': 'flat', 'type': 'flatten', 'from': 'input'},
                  {'name': 'entries', 'type': 'embedding', 'vocabulary': 9, 'units': 2}]}
                """);
        checkOutputs(network);
    }

    private static void checkOutputs(Network network) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofConfined()) {
            Assignment assignment = Networks.assignment(network, arena);
            try (PreparedNetwork computed = ENGINE.prepare(assignment);
                    PreparedNetwork expected = new ReferenceEngine().prepare(assignment)) {
                Map<Source, Tensor> got = computed.read(network.outputs(), arena);
                Map<Source, Tensor> wanted = expected.read(network.outputs(), arena);
                for (Source output : network.outputs()) {
                    Values values = Values.of(LayerErrors.tensor(wanted, output));
                    assertThat(LayerErrors.of(values, LayerErrors.tensor(got, output), 0))
                            .as("%s: %s", network.nodes(), output)
                            .isLessThan(1e-5);
                }
            }
        }
    }
}
