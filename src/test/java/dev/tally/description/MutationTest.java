package dev.tally.description;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Valid descriptions, broken at random: each reads to a network that can be counted, or is refused in the way agreed.
 */
@Timeout(60)
class MutationTest {
    private static final List<String> WRITTEN = List.of(
            "{'parameters': {'w': 4, 'n': 3}, 'inputs': {'a': ['$w * 2', 8, '$w'], 'b': [8, 8, 4]}, 'blocks': {"
                    + "'r': {'parameters': {'f': null, 'k': '$w - 1'}, 'output': 's', 'layers': ["
                    + "{'name': 'c', 'type': 'conv2d', 'filters': '$f', 'kernel': ['$k', 3], 'padding': 'same', 'activation': 'relu'},"
                    + "{'name': 's', 'type': 'add', 'from': ['c', 'input']}]},"
                    + "'q': {'parameters': ['f'], 'layers': [{'type': 'block', 'block': 'r', 'repeat': '$n', 'parameters': {'f': '$f'}}]}},"
                    + "'layers': [{'name': 'x', 'type': 'add', 'from': ['a', 'b']}, {'type': 'block', 'block': 'q', 'parameters': {'f': 4}},"
                    + "{'type': 'avg_pool2d', 'kernel': 2, 'padding': [[0, 1], [1, 0]], 'ceilMode': true}, {'type': 'softmax', 'axis': -1},"
                    + "{'type': 'batch_norm', 'epsilon': 0.001}, {'type': 'flatten'}, {'type': 'dense', 'units': 'round($w * 3, 8)'}],"
                    + " 'outputs': ['dense_1'], 'batch': 2, 'dtype': 'int8', 'layout': 'channels_last'}",
            "{'layout': 'channels_first', 'input': [4, 9, 9, 9], 'layers': ["
                    + "{'type': 'conv3d', 'filters': 8, 'kernel': [1, 2, 3], 'stride': 2, 'dilation': 2, 'groups': 4, 'padding': 2, 'bias': false},"
                    + "{'type': 'depthwise_conv3d', 'kernel': 1, 'depthMultiplier': 3}, {'type': 'adaptive_max_pool3d', 'outputSize': [3, 2, 1]},"
                    + "{'type': 'conv3d', 'filters': '1 + $index', 'kernel': 1, 'repeat': 5}, {'type': 'global_max_pool', 'keepDimensions': true}]}",
            "{'input': [8, 8, 4], 'batch': 2, 'layers': ["
                    + "{'type': 'transposed_conv2d', 'filters': 6, 'kernel': 3, 'stride': 2, 'padding': 1, 'outputPadding': [1, 0], 'groups': 2},"
                    + "{'type': 'group_norm', 'groups': 3}, {'type': 'crop', 'margins': [[0, 1], 0]}, {'type': 'pad', 'padding': [[1, 0], [0, 1]], 'mode': 'reflect'},"
                    + "{'type': 'prelu'}, {'type': 'upsample', 'scale': [1, 2], 'interpolation': 'linear'}, {'type': 'resize', 'outputSize': 4, 'interpolation': 'cubic'},"
                    + "{'name': 'even', 'type': 'slice', 'axis': 0, 'step': 2}, {'type': 'glu', 'axis': 1}, {'type': 'pixel_shuffle', 'factor': 1},"
                    + "{'name': 'half', 'type': 'split', 'parts': 2, 'index': 1, 'axis': 0, 'from': 'even'}, {'type': 'reduce_mean', 'axes': [0, 1]},"
                    + "{'name': 'tokens', 'type': 'reshape', 'shape': [-1, 6], 'from': 'even'}, {'name': 'swapped', 'type': 'permute', 'order': [1, 0]},"
                    + "{'name': 'products', 'type': 'matmul', 'from': ['tokens', 'swapped']}, {'name': 'positions', 'type': 'learned_tensor', 'shape': [8, 6]},"
                    + "{'name': 'sum', 'type': 'add', 'from': ['tokens', 'positions']}, {'type': 'layer_norm', 'axis': 0, 'bias': false}, {'type': 'roll', 'shift': -3, 'axis': 0},"
                    + "{'type': 'multi_head_attention', 'heads': 2, 'keyDim': 5, 'valueDim': 3}, {'name': 'last', 'type': 'attention', 'heads': 3, 'from': ['sum', 'tokens', 'tokens']},"
                    + "{'type': 'rms_norm'}, {'type': 'embedding', 'vocabulary': 9, 'units': 2}, {'type': 'divide', 'from': ['last', 'positions']}]}",
            "{'ready': 'resnet-18', 'batch': 7, 'dtype': 'float16', 'name': 'x', 'parameters': {'resolution': 97, 'classes': 9}}");

    private static List<JsonNode> valid() {
        List<JsonNode> valid = new ArrayList<>();
        WRITTEN.forEach(
                json -> valid.add(DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8))));
        ReadyNetworks.all().forEach(ready -> valid.add(ready.json()));
        return valid;
    }

    @Test
    void mutatedTreesAreReadOrRefused() {
        List<JsonNode> valid = valid();
        int networks = 0;
        for (int seed = 0; seed < 6000; seed++) {
            Random random = new Random(seed);
            JsonNode json = valid.get(random.nextInt(valid.size())).deepCopy();
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                json = new Mutation(random).of(json);
            }
            networks += readsOrIsRefused(json.toString().getBytes(UTF_8), seed) ? 1 : 0;
        }
        assertThat(networks).as("both happen").isBetween(300, 5700);
    }

    @Test
    void mutatedBytesAreReadOrRefused() {
        List<byte[]> valid =
                valid().stream().map(json -> json.toString().getBytes(UTF_8)).toList();
        for (int seed = 0; seed < 6000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                int at = random.nextInt(bytes.length);
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                    case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                    default -> System.arraycopy(bytes, at, bytes, at / 2, bytes.length - at);
                }
            }
            readsOrIsRefused(bytes, seed);
        }
    }

    private static boolean readsOrIsRefused(byte[] json, int seed) {
        try {
            Described described = DescriptionReader.read(DescriptionJson.read(json));
            Analysis analysis = Analysis.of(described.network());
            analysis.layers().forEach(layer -> {
                assertThat(layer.formula(analysis)).isNotNull();
                assertThat(layer.receptiveField().sizes().values())
                        .allSatisfy(sizes -> assertThat(sizes).allMatch(size -> size >= 1));
            });
            assertThat(DescriptionReader.read(DescriptionWriter.write(described.network()))
                            .network()
                            .hash())
                    .isEqualTo(described.network().hash());
            return true;
        } catch (InvalidDescriptionException e) {
            assertThat(e.errors())
                    .hasSizeBetween(1, 51)
                    .doesNotHaveDuplicates()
                    .allSatisfy(error -> assertThat(error.detail()).isNotEmpty().hasSizeLessThan(2500));
            return false;
        } catch (JacksonException | CountOverflowException _) {
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ": " + new String(json, UTF_8), e);
        }
    }
}
