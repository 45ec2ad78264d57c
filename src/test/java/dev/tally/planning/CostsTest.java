package dev.tally.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionReader;
import dev.tally.measurement.Cost;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CostsTest {
    private static Cost of(String singleQuoted) {
        return Costs.of(
                Analysis.of(DescriptionReader.read(JsonMapper.shared().readTree(singleQuoted.replace('\'', '"')))
                        .network()));
    }

    @Test
    void wideConvolutionsAreFastAndWhatFollowsThemSlow() {
        Cost cost = of("{'input': [28, 28, 192], 'layers': [{'type': 'conv2d', 'filters': 16, 'kernel': 1},"
                + " {'type': 'relu'}, {'type': 'max_pool2d', 'kernel': 2}]}");

        // 28·28·16 × 192 multiplies and as many additions; a comparison an element of the relu, three a window.
        assertThat(cost.flops()).isEqualTo(2 * 2_408_448);
        assertThat(cost.slowOperations()).isEqualTo(28 * 28 * 16 + 14 * 14 * 16 * 3);
        assertThat(cost.steps()).isEqualTo(2);
        assertThat(cost.weightBytes()).isEqualTo(4 * (192 * 16 + 16));
    }

    @Test
    void aConvolutionTooNarrowForVectorsIsSlow() {
        Cost cost = of("{'input': [50, 50, 1], 'layers': ["
                + "{'type': 'conv2d', 'filters': 1, 'kernel': 5, 'padding': 'same', 'bias': false}]}");

        assertThat(cost.flops()).isZero();
        assertThat(cost.slowOperations()).isEqualTo(50 * 50 * (25 + 24));
    }

    @Test
    void aTransposedConvolutionMovesItsColumnsToo() {
        Cost cost = of("{'input': [9, 3], 'layers': ["
                + "{'type': 'transposed_conv1d', 'filters': 4, 'kernel': 100, 'bias': false}]}");

        // 2 · 9·3·4·100 less an addition for each of 108·4 sums, for twelve times as many positions.
        assertThat(cost.flops()).isCloseTo((2 * 9 * 3 * 4 * 100 - 108 * 4) * 12, within(1.0));
        // Input, weights and output once each; 9 · 4 · 100 columns written and read.
        assertThat(cost.bytesMoved()).isEqualTo(4.0 * (27 + 3 * 4 * 100 + 108 * 4) + 8.0 * 9 * 4 * 100);
    }
}
