package dev.tally.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.network.Network;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** ONNX Runtime makes a padding part of the pool behind it, and then refuses what is wider than the pool's kernel. */
class PaddedPoolsTest {
    @Test
    void poolsAfterWidePaddingAreRun() throws Exception {
        Network network = DescriptionReader.read(DescriptionJson.read("""
                        {"input": [1, 1, 1], "layers": [
                          {"type": "pad", "padding": [[2, 2], [2, 2]]},
                          {"name": "pool", "type": "avg_pool2d", "kernel": 2, "stride": 1}]}
                        """.getBytes(StandardCharsets.UTF_8)))
                .network();
        try (Arena arena = Arena.ofConfined()) {
            SeededWeights weights = new SeededWeights(1);
            var inputs = SeededInputs.of(network, 1, arena);
            float value = Objects.requireNonNull(inputs.get(network.inputs().getFirst()))
                    .at(0);
            Tensor pooled = Objects.requireNonNull(OnnxRuntimeRun.of(network, weights, inputs, false, arena)
                    .get(network.outputs().getFirst()));
            assertThat(pooled.shape()).hasToString("4×4×1");
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 4; x++) {
                    boolean reads = (y == 1 || y == 2) && (x == 1 || x == 2);
                    assertThat(pooled.at(4L * y + x)).isEqualTo(reads ? value / 4 : 0);
                }
            }
        }
    }
}
