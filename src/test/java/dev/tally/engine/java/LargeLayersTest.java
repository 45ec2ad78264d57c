package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.Assignment;
import dev.tally.engine.LayerErrors;
import dev.tally.engine.Networks;
import dev.tally.engine.Precision;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Reduction;
import dev.tally.network.Shape;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers larger than the blocks in which they are computed, and of more axes than are drawn at random. */
class LargeLayersTest {
    private final JavaEngine engine = JavaEngines.checked();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [300, 40]        | {'type': 'attention', 'heads': 4, 'from': ['input', 'input', 'input']}
            [2, 150, 24]     | {'type': 'multi_head_attention', 'heads': 3, 'valueDim': 70}
            [20, 600]        | {'type': 'attention', 'heads': 1, 'from': ['input', 'input', 'input']}
            [3, 5, 400]      | {'type': 'layer_norm'}
            [700, 9]         | {'type': 'layer_norm'}
            [90, 8, 70]      | {'type': 'layer_norm', 'axis': 1}
            [90, 80, 4]      | {'type': 'layer_norm', 'axis': 0}
            [70, 90, 6]      | {'type': 'group_norm', 'groups': 2}
            [70, 90, 3]      | {'type': 'instance_norm'}
            [3, 9000]        | {'type': 'rms_norm'}
            [3, 9000]        | {'type': 'reduce_mean', 'axes': [1]}
            [9000, 3]        | {'type': 'reduce_max', 'axes': [0]}
            [60, 70, 5]      | {'type': 'reduce_sum', 'axes': [0, 2]}
            [300, 20, 70]    | {'type': 'reduce_mean', 'axes': [1]}
            [90, 30, 2]      | {'type': 'upsample', 'scale': 2, 'interpolation': 'linear'}
            [90, 30, 2]      | {'type': 'resize', 'outputSize': [40, 90], 'interpolation': 'cubic'}
            [9000, 2]        | {'type': 'resize', 'outputSize': 70, 'interpolation': 'linear'}
            [4, 2, 1300, 1]  | {'type': 'resize', 'outputSize': [70, 2, 1300], 'interpolation': 'linear'}
            [4, 5000, 8]     | {'type': 'pixel_shuffle', 'factor': 2}
            [4, 5000, 2]     | {'type': 'pixel_unshuffle', 'factor': 2}
            [4, 5000, 3]     | {'type': 'roll', 'axis': 1, 'shift': 1234}
            [40, 90, 6]      | {'type': 'glu'}
            [2, 3, 2, 3, 4, 2] | {'type': 'pad', 'padding': [[1, 0], [0, 2], [1, 1], [2, 1], [0, 3]]}
            [2, 3, 2, 3, 2]  | {'type': 'upsample', 'scale': [1, 2, 3, 2]}
            [2, 3, 2, 3, 2]  | {'type': 'resize', 'outputSize': [3, 2, 3, 4], 'interpolation': 'linear'}
            """)
    void areWhatTheReferenceGives(String input, String layer) throws UnsupportedNetworkException {
        for (String layout : new String[] {"channels_last", "channels_first"}) {
            check("{'input': " + (layout.equals("channels_first") ? reversedChannels(input) : input) + ", 'layout': '"
                    + layout + "', 'batch': 2, 'layers': [" + layer + "]}");
        }
    }

    /** The last size first, so that the channels stay what they are. */
    private static String reversedChannels(String input) {
        int last = input.lastIndexOf(',');
        return "[" + input.substring(last + 1, input.length() - 1).trim() + ", " + input.substring(1, last) + "]";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void matrixProductsAreWhatTheReferenceGives(boolean transposed) throws UnsupportedNetworkException {
        for (String layout : new String[] {"channels_last", "channels_first"}) {
            check("""
                    {'inputs': {'a': [3, 70, 150], 'b': %s}, 'layout': '%s', 'batch': 2, 'layers': [
                     {'type': 'matmul', 'from': ['a', 'b'], 'transposeSecond': %s}]}
                    """.formatted(transposed ? "[1, 301, 150]" : "[1, 150, 301]", layout, transposed));
        }
    }

    @Test
    void poolsOfMoreThanThreeAxesAreWhatTheReferenceGives() throws UnsupportedNetworkException {
        for (Reduction reduction : Reduction.values()) {
            check(new NetworkBuilder("pool")
                    .batch(2)
                    .input("input", Shape.of(2, 5, 2, 7, 4, 3))
                    .layer("pool", "pool", new AdaptivePooling(reduction, List.of(1, 2, 2, 3, 5), true), "input")
                    .build());
        }
    }

    private void check(String description) throws UnsupportedNetworkException {
        check(Networks.of(description));
    }

    private void check(Network network) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            Assignment assignment = Networks.assignment(network, 2, Precision.FLOAT32, arena);
            assertThat(LayerErrors.of(engine, assignment))
                    .allSatisfy((node, error) -> assertThat(error)
                            .as("%s of %s", node, node.inputs())
                            .isLessThan(1e-4));
        }
    }
}
