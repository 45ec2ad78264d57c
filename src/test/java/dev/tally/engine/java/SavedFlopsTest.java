package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionReader;
import dev.tally.engine.Assignment;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Network;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import java.lang.foreign.Arena;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** By how much what the engine executes falls short of what is counted. */
class SavedFlopsTest {
    private static Network network(String json) {
        return DescriptionReader.read(JsonMapper.shared().readTree(json.replace('\'', '"')))
                .network();
    }

    private static long saved(Network network, @Nullable String algorithm) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofConfined()) {
            Assignment assignment = new Assignment(
                    network,
                    new SeededWeights(SeededWeights.SEED),
                    SeededInputs.of(network, SeededWeights.SEED, arena),
                    1,
                    Precision.FLOAT32,
                    Set.of(),
                    algorithm);
            try (PreparedNetwork prepared = JavaEngines.uncompiled().prepare(assignment)) {
                return prepared.savedFlops();
            }
        }
    }

    @Test
    void isWhatWinogradDoesNotMultiplyOfAWholeBatch() throws UnsupportedNetworkException {
        assumeTrue(JavaEngines.lanes().length > 1, "vectors");
        Network network = network(
                "{'input': [6, 6, 16], 'batch': 3, 'layers': [{'type': 'conv2d', 'filters': 16, 'kernel': 3}]}");

        // As in ExecutedFlopsTest: 73,728 by the definition, 24,992 of them executed.
        assertThat(saved(network, "winograd-4x4-3x3")).isEqualTo(3 * (73_728 - 24_992));
        assertThat(Analysis.of(network).totals().flops()).as("with a bias").isEqualTo(3 * 73_728);
    }

    @Test
    void isNothingWhereEachTapOfTheDefinitionIsTaken() throws UnsupportedNetworkException {
        Network network = network("""
                {'input': [6, 6, 3], 'layers': [
                  {'type': 'conv2d', 'filters': 4, 'kernel': 3, 'activation': 'relu'},
                  {'type': 'flatten'}, {'type': 'dense', 'units': 5}]}
                """);

        assertThat(saved(network, null)).isZero();
    }

    @Test
    void isThePaddingThatPlainLoopsDoNotRead() throws UnsupportedNetworkException {
        Network network = network(
                "{'input': [4, 4, 3], 'layers': [{'type': 'conv2d', 'filters': 5, 'kernel': 3, 'padding': 'same'}]}");

        // Along an axis 12 pairs of a position and a tap, of which 2 find zeros.
        assertThat(saved(network, "plain")).isEqualTo(2 * 3 * 5 * (12 * 12 - 10 * 10));
    }

    @Test
    void isABatchNormThatWentIntoTheWeights() throws UnsupportedNetworkException {
        Network network = network("""
                {'input': [4, 4, 3], 'layers': [
                  {'type': 'conv2d', 'filters': 5, 'kernel': 1}, {'type': 'batch_norm'}, {'type': 'relu'}]}
                """);

        assertThat(saved(network, "plain")).isEqualTo(2 * 4 * 4 * 5);
    }
}
