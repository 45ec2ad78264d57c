package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.layers;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers other than windows refuse, on an input of 8×8×4. */
class InvalidLayersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type': 'transposed_conv2d', 'filters': 2, 'kernel': 3, 'stride': 2, 'outputPadding': [0, 2]} | /outputPadding | expected less than the stride of 2 or the dilation of 1, got 2",
                "{'type': 'transposed_conv2d', 'filters': 2, 'kernel': 3, 'stride': 2, 'padding': 'same', 'outputPadding': 1} | /outputPadding | expected 0 beside \"same\" padding, which fixes the output's size, got 1",
                "{'type': 'transposed_conv2d', 'filters': 2, 'kernel': 3, 'outputPadding': [0, 0, 0]} | /outputPadding | expected one value or 2, one per spatial axis, got 3",
                "{'type': 'transposed_conv2d', 'filters': 2, 'kernel': 3, 'outputPadding': -1} | /outputPadding | expected an integer from 0 to 2^31-1, got -1",
                "{'type': 'transposed_conv2d', 'filters': 2, 'kernel': 3, 'padding': [0, 5]} | /padding | width axis: the padding cuts off all of the output: 0 are left",
                "{'type': 'transposed_conv2d', 'filters': 2, 'kernel': 3, 'stride': [1, 2147483647]} | /stride | width axis: the output 15032385532 is larger than 2^31-1",
                "{'type': 'transposed_conv2d', 'filters': 2, 'kernel': 1, 'groups': 3} | /groups | expected a divisor of the 4 input channels, got 3",
                "{'type': 'transposed_conv2d', 'filters': 3, 'kernel': 1, 'groups': 2} | /groups | expected a divisor of the 3 filters, got 2",
                "{'type': 'transposed_conv1d', 'filters': 2, 'kernel': 1} | `` | expected an input of 2 axes (length and channels), got 8×8×4",
                "{'type': 'layer_norm', 'axis': 3} | /axis | expected an axis from -3 to 2 of 8×8×4, got 3",
                "{'type': 'rms_norm', 'axis': -4} | /axis | expected an axis from -3 to 2 of 8×8×4, got -4",
                "{'type': 'glu', 'axis': 3} | /axis | expected an axis from -3 to 2 of 8×8×4, got 3",
                "{'type': 'concat', 'axis': -4} | /axis | expected an axis from -3 to 2 of 8×8×4, got -4",
                "{'type': 'log_softmax', 'axis': 2147483647} | /axis | expected an axis from -3 to 2 of 8×8×4, got 2147483647",
                "{'type': 'split', 'parts': 2, 'index': 0, 'axis': 3} | /axis | expected an axis from -3 to 2 of 8×8×4, got 3",
                "{'type': 'slice', 'axis': 3} | /axis | expected an axis from -3 to 2 of 8×8×4, got 3",
                "{'type': 'roll', 'shift': 1, 'axis': -2147483648} | /axis | expected an axis from -3 to 2 of 8×8×4, got -2147483648",
                "{'type': 'reduce_max', 'axes': [0, 3]} | /axes | expected an axis from -3 to 2 of 8×8×4, got 3",
                "{'type': 'reduce_sum', 'axes': [0, -3]} | /axes | expected each axis once, of 8×8×4, got axis 0 twice",
                "{'type': 'reduce_mean', 'axes': [0, 1, 2, 0, 1, 2, 0, 1, 2]} | /axes | expected at most 8 values, got 9",
                "{'type': 'reduce_mean', 'axes': []} | /axes | expected at least one value, got an empty list",
                "{'type': 'group_norm', 'groups': 3} | /groups | expected a divisor of the 4 channels, got 3",
                "{'type': 'channel_shuffle', 'groups': 8} | /groups | expected a divisor of the 4 channels, got 8",
                "{'type': 'split', 'parts': 3, 'index': 0} | /parts | expected a divisor of the 4 elements along axis 2 of 8×8×4, got 3",
                "{'type': 'split', 'parts': 2, 'index': 2} | /index | expected an integer from 0 to 1, got 2",
                "{'type': 'slice', 'start': 4} | /start | expected an element from -4 to 3, got 4",
                "{'type': 'slice', 'start': -2147483648} | /start | expected an element from -4 to 3, got -2147483648",
                "{'type': 'slice', 'end': 5} | /end | expected an element after the start, 0, and up to 4, got 5",
                "{'type': 'slice', 'start': -1, 'end': -1} | /end | expected an element after the start, 3, and up to 4, got -1",
                "{'type': 'slice', 'end': -2147483648} | /end | expected an element after the start, 0, and up to 4, got -2147483648",
                "{'type': 'slice', 'step': 0} | /step | expected an integer from 1 to 2^31-1, got 0",
                "{'type': 'crop', 'margins': [[4, 4], 0]} | /margins | expected at least one element to be left of 8×8×4, got 0",
                "{'type': 'crop', 'margins': [2147483647, 0]} | /margins | expected at least one element to be left of 8×8×4, got -4294967286",
                "{'type': 'crop', 'margins': [1, 2, 3]} | /margins | expected one value or 2, one per spatial axis, got 3",
                "{'type': 'crop', 'margins': [[1], 0]} | /margins/0 | expected a pair [before, after], got [1]",
                "{'type': 'crop', 'margins': true} | /margins | expected an integer of at least 0, or a list with one integer or one [before, after] per spatial axis, got true",
                "{'type': 'pad', 'padding': [[0, 8], 0], 'mode': 'reflect'} | /padding | expected less than the 8 elements that are mirrored, got 8",
                "{'type': 'pad', 'padding': 2147483647} | /padding | expected an output of at most 2^31-1 along an axis, got 4294967302",
                "{'type': 'pad', 'padding': 1, 'mode': 'reflekt'} | /mode | expected one of zeros, reflect, replicate, got the string \"reflekt\"; did you mean \"reflect\"?",
                "{'type': 'reshape', 'shape': [-1, -1]} | /shape | expected at most one size of -1, got [-1, -1]",
                "{'type': 'reshape', 'shape': [3, 5]} | /shape | expected a shape of the 256 elements of 8×8×4, got 3×5 of 15",
                "{'type': 'reshape', 'shape': [-1, 5]} | /shape | expected sizes whose product divides the 256 elements of 8×8×4, got [-1, 5]",
                "{'type': 'reshape', 'shape': [0, 256]} | /shape | expected sizes of at least 1, or -1 for one that is worked out, got 0",
                "{'type': 'reshape', 'shape': [-2, 256]} | /shape/0 | expected an integer from -1 to 2^31-1, got -2",
                "{'type': 'reshape', 'shape': [1, 1, 1, 1, 1, 1, 1, 1, 256]} | /shape | expected at most 8 values, got 9",
                "{'type': 'reshape', 'shape': 256} | /shape | expected a list of integers or expressions, one for each axis, got 256",
                "{'type': 'reshape', 'shape': [2147483647, 2147483647, 2147483647, -1]} | `` | 2147483647×2147483647×2147483647×1 has more than 2^63-1 elements",
                "{'type': 'permute', 'order': [0, 1]} | /order | expected one number for each of the 3 axes of 8×8×4, got [0, 1]",
                "{'type': 'permute', 'order': [0, 1, 1]} | /order | expected each axis of the input once, counted from 0, got [0, 1, 1]",
                "{'type': 'permute', 'order': [1, 2, 3]} | /order | expected each axis of the input once, counted from 0, got [1, 2, 3]",
                "{'type': 'permute', 'order': [[0, 1, 2]]} | /order/0 | expected an integer or an expression such as \"$width * 4\", got [0,1,2]",
                "{'type': 'pixel_shuffle', 'factor': 3} | /factor | expected a factor whose power of 2 divides the 4 channels, got 3",
                "{'type': 'pixel_shuffle', 'factor': 2147483647} | /factor | expected an output of at most 2^31-1 along an axis, got 17179869176",
                "{'type': 'pixel_unshuffle', 'factor': 3} | /factor | expected a divisor of the spatial sizes of 8×8×4, got 3",
                "{'type': 'upsample', 'scale': 2147483647} | /scale | expected an output of at most 2^31-1 along an axis, got 17179869176",
                "{'type': 'upsample', 'scale': [2, 2, 2]} | /scale | expected an input of 4 axes, got 8×8×4",
                "{'type': 'upsample', 'scale': 1.5} | /scale | expected an integer or an expression such as \"$width * 4\", got 1.5",
                "{'type': 'resize', 'outputSize': [1, 2, 3]} | /outputSize | expected an input of 4 axes, got 8×8×4",
                "{'type': 'resize', 'outputSize': 2147483647} | `` | 2147483647×2147483647×4 has more than 2^63-1 elements",
                "{'type': 'embedding', 'vocabulary': 0, 'units': 1} | /vocabulary | expected an integer from 1 to 2^31-1, got 0",
                "{'type': 'multi_head_attention', 'heads': 3} | /heads | expected a divisor of the 4 features, or \"keyDim\" beside it, got 3",
                "{'type': 'multi_head_attention', 'heads': 65536, 'keyDim': 65536} | /heads | expected at most 2^31-1 features in all heads, got 4294967296",
                "{'type': 'multi_head_attention', 'heads': 65536, 'keyDim': 1, 'valueDim': 65536} | /heads | expected at most 2^31-1 features in all heads, got 4294967296",
                "{'type': 'roll', 'axis': 0, 'shift': 2147483648} | /shift | expected an integer from -2^31 to 2^31-1, got 2147483648",
                "{'type': 'roll', 'axis': 0, 'shift': 1e30} | /shift | expected an integer or an expression such as \"$width * 4\", got 1.0E30",
                "{'type': 'matmul', 'transposeSecond': 1, 'from': ['input', 'input']} | /transposeSecond | expected true or false, got 1",
            })
    void errorsOfALayerSayWhereWhatWasExpectedAndWhatCame(String layer, String pointer, String detail) {
        assertThat(errors(layers(layer))).singleElement().satisfies(error -> {
            assertThat(error.detail()).isEqualTo(detail);
            assertThat(error.pointer()).isEqualTo("/layers/0" + pointer);
            assertThat(error.layer()).isNotEmpty();
        });
    }

    /** The layer stands beside a = 7×8×4, b = 8×7×4, c = 8×8×3 and f = 256. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type': 'learned_tensor', 'shape': [4], 'from': 'a' | expected no input, got 1",
                "'type': 'attention', 'from': ['a', 'a'] | expected 3 inputs, got 2",
                "'type': 'multi_head_attention', 'from': ['a', 'a', 'a', 'a'] | expected 1 to 3 inputs, got 4",
                "'type': 'matmul', 'from': 'a' | expected 2 inputs, got 1",
                "'type': 'subtract', 'from': ['a', 'a', 'a'] | expected 2 inputs, got 3",
                "'type': 'divide', 'from': ['a', 'a', 'a'] | expected 2 inputs, got 3",
                "'type': 'multiply', 'from': ['a'] | expected at least 2 inputs, got 1",
                "'type': 'split', 'parts': 2, 'index': 0, 'from': ['a', 'a'] | expected one input, got 2",
                "'type': 'multiply', 'from': ['input', 'a'] | expected inputs of one shape, or whose sizes agree or are 1 from the last axis on: input 1 is 8×8×4, input 2, got 7×8×4",
                "'type': 'divide', 'from': ['f', 'c'] | expected inputs of one shape, or whose sizes agree or are 1 from the last axis on: input 1 is 256, input 2, got 8×8×3",
                "'type': 'attention', 'from': ['input', 'a', 'a'] | expected inputs that agree with the query, 8×8×4, before their last two axes, got 7×8×4",
                "'type': 'attention', 'from': ['input', 'b', 'input'] | expected as many positions in the value as in the key, 8×7×4, got 8×8×4",
                "'type': 'attention', 'from': ['input', 'c', 'input'] | expected as many features in the key as in the query, 8×8×4, got 8×8×3",
                "'type': 'attention', 'from': ['input', 'input', 'f'] | expected inputs of as many axes as the query, 8×8×4, got 256",
                "'type': 'multi_head_attention', 'from': ['f', 'f'] | expected inputs of at least 2 axes, the last two positions and features, got 256",
                "'type': 'matmul', 'from': ['input', 'input'] | expected a second input with 4 elements along its second last axis, as the first, 8×8×4, has along its last, got 8×8×4",
                "'type': 'matmul', 'transposeSecond': true, 'from': ['input', 'c'] | expected a second input with 4 elements along its last axis, as the first, 8×8×4, has along its last, got 8×8×3",
                "'type': 'matmul', 'transposeSecond': true, 'from': ['input', 'a'] | expected inputs whose axes before the last two agree or are 1, got 8×8×4 and 7×8×4",
                "'type': 'matmul', 'from': ['f', 'input'] | expected inputs of at least 2 axes, got 256 and 8×8×4",
            })
    void whatALayerTakesHasToFit(String layer, String detail) {
        String beside = "{'name': 'a', 'type': 'crop', 'margins': [[1, 0], 0], 'from': 'input'},"
                + "{'name': 'b', 'type': 'crop', 'margins': [0, [1, 0]], 'from': 'input'},"
                + "{'name': 'c', 'type': 'dense', 'units': 3, 'from': 'input'},"
                + "{'name': 'f', 'type': 'flatten', 'from': 'input'},";

        assertError(layers(beside + "{'name': 'x', " + layer + "}"), "/layers/4/from", "x")
                .isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "transposed_conv2d, output_padding, outputPadding",
        "upsample, scale_factor, scale",
        "upsample, mode, interpolation",
        "resize, output_size, outputSize",
        "reduce_mean, axis, axes",
        "reduce_max, keepdims, keepDimensions",
        "split, chunks, parts",
        "slice, stop, end",
        "pixel_shuffle, upscale_factor, factor",
        "pixel_unshuffle, block_size, factor",
        "permute, perm, order",
        "pad, pads, padding",
        "crop, cropping, margins",
        "layer_norm, elementwise_affine, affine",
        "layer_norm, normalized_shape, axis",
        "group_norm, num_groups, groups",
        "matmul, transpose_b, transposeSecond",
        "embedding, num_embeddings, vocabulary",
        "embedding, output_dim, units",
        "attention, num_heads, heads",
        "multi_head_attention, key_dim, keyDim",
        "multi_head_attention, value_dim, valueDim",
        "learned_tensor, size, shape",
    })
    void unknownPropertiesOfferTheNearest(String type, String property, String offered) {
        assertThat(errors(layers("{'name': 'x', 'type': '" + type + "', '" + property + "': 1}")))
                .contains(new DescriptionError(
                        type + " has no property \"" + property + "\"; did you mean \"" + offered + "\"?",
                        "/layers/0/" + property,
                        "x"));
    }

    @Test
    void headsDivideTheFeaturesOfQueryAndValue() {
        String beside = "{'name': 'c', 'type': 'dense', 'units': 3}, {'name': 'x', 'type': 'attention', 'heads': ";

        assertError(layers(beside + "3, 'from': ['input', 'input', 'c']}"), "/layers/1/heads", "x")
                .isEqualTo("expected a divisor of the 4 features, got 3");
        assertError(layers(beside + "2, 'from': ['input', 'input', 'c']}"), "/layers/1/heads", "x")
                .isEqualTo("expected a divisor of the 3 features of the value, got 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type': 'pixel_shuffle', 'factor': 1",
                "'type': 'pixel_unshuffle', 'factor': 1",
                "'type': 'crop', 'margins': 0",
                "'type': 'pad', 'padding': 0",
            })
    void whatChangesSpatialAxesNeedsSome(String layer) {
        assertError(layers("{'type': 'flatten'}, {'name': 'x', " + layer + "}"), "/layers/1", "x")
                .isEqualTo("expected an input with spatial axes, got 256");
    }

    @Test
    void aGateNeedsTwoHalves() {
        assertError(
                        layers("{'type': 'reduce_sum', 'axes': 2, 'keepDimensions': true}, {'type': 'glu'}"),
                        "/layers/1",
                        "glu_1")
                .isEqualTo("expected an even size along axis 2 of 8×8×1, got 1");
    }

    @Test
    void anEmbeddingAddsTheEighthAxisAtTheMost() {
        assertError(
                        layers("{'type': 'embedding', 'vocabulary': 3, 'units': 2, 'repeat': 6}"),
                        "/layers/0",
                        "embedding_1/5")
                .isEqualTo("expected an input of at most 7 axes, got 8×8×4×2×2×2×2×2");
    }

    @Test
    void whatTakesNoInputMakesNoChain() {
        assertError(
                        layers("{'name': 't', 'type': 'learned_tensor', 'shape': [4], 'repeat': 2147483647},"
                                + "{'type': 'add', 'from': ['input', 't']}"),
                        "/layers/0/repeat",
                        "t")
                .isEqualTo("a layer that takes no input makes no chain: expected it to be repeated once, got"
                        + " 2147483647");
    }
}
