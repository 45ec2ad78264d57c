package dev.tally.description;

import static dev.tally.description.Descriptions.assertError;
import static dev.tally.description.Descriptions.described;
import static dev.tally.description.Descriptions.errors;
import static dev.tally.description.Descriptions.layers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class InvalidDescriptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'input': [8],\n 'layers': [{'type': 'dense', 'units': 1, 'units': 2}]}",
                "{'input': [8],\n 'layers': [], 'layers': []}",
                "{'input': [8],\n 'layers': [{'type': 'dense', 'units': NaN}]}",
                "{'input': [8],\n 'layers': [{'type': 'dense', 'units': 01}]}",
                "{'input': [8],\n 'layers': [{'type': 'dense',}]}",
                "{'input': [8],\n 'layers': [",
                "{'input': [8],\n 'layers': []} x",
                "{'input': [8],\n // no comments\n 'layers': []}",
            })
    void malformedJsonHasALineAndAColumn(String json) {
        JacksonException error = catchThrowableOfType(JacksonException.class, () -> described(json));

        assertThat(error.getLocation().getLineNr()).isEqualTo(2);
        assertThat(error.getLocation().getColumnNr()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Conv2D      | conv2d",
                "conv_2d     | conv2d",
                "cnov2d      | conv2d",
                "linear      | dense",
                "Dense       | dense",
                "MaxPool2d   | max_pool2d",
                "max_pooling2d | max_pool2d",
                "AveragePooling2D | avg_pool2d",
                "BatchNorm2d | batch_norm",
                "relu_6      | relu6",
                "swish       | silu",
                "Concatenate | concat",
                "blok        | block",
                "conv_transpose2d | transposed_conv2d",
                "ConvTranspose2d | transposed_conv2d",
                "Conv2DTranspose | transposed_conv2d",
                "deconv      | transposed_conv2d",
                "deconv3d    | transposed_conv3d",
                "MultiheadAttention | multi_head_attention",
                "mha         | multi_head_attention",
                "sdpa        | attention",
                "depth_to_space | pixel_shuffle",
                "SpaceToDepth | pixel_unshuffle",
                "LayerNorm   | layer_norm",
                "InstanceNorm2d | instance_norm",
                "UpSampling2D | upsample",
                "interpolate | resize",
                "ZeroPadding2D | pad",
                "Cropping2D  | crop",
                "transpose   | permute",
                "Squeeze     | reshape",
                "chunk       | split",
                "mul         | multiply",
                "Sub         | subtract",
                "ReduceMean  | reduce_mean",
                "mean        | reduce_mean",
                "bmm         | matmul",
                "class_token | learned_tensor",
                "PReLU       | prelu",
                "LogSoftmax  | log_softmax",
            })
    void unknownTypesOfferTheNearest(String type, String offered) {
        assertThat(errors(layers("{'name': 'x', 'type': '" + type + "'}")))
                .containsExactly(new DescriptionError(
                        "unknown layer type \"" + type + "\"; did you mean \"" + offered + "\"?",
                        "/layers/0/type",
                        "x"));
    }

    @Test
    void unknownTypesThatAreNearNothingPointAtTheList() {
        assertError(layers("{'type': 'transformer'}"), "/layers/0/type", "transformer_1")
                .isEqualTo("unknown layer type \"transformer\"; GET /v1/layers lists the types");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kernel_size   | kernel",
                "out_channels  | filters",
                "stirde        | stride",
                "strides       | stride",
                "dilation_rate | dilation",
                "use_bias      | bias",
                "Padding       | padding",
                "inputs        | from",
                "times         | repeat",
                "group         | groups",
            })
    void unknownPropertiesOfALayerOfferTheNearest(String property, String offered) {
        assertError(
                        layers("{'type': 'conv2d', 'filters': 4, 'kernel': 1, '" + property + "': 1}"),
                        "/layers/0/" + property,
                        "conv2d_1")
                .isEqualTo("conv2d has no property \"" + property + "\"; did you mean \"" + offered + "\"?");
    }

    @Test
    void unknownPropertiesThatAreNearNothingListWhatThereIs() {
        assertError(layers("{'type': 'dense', 'units': 4, 'colour': 1}"), "/layers/0/colour", "dense_1")
                .isEqualTo(
                        "dense has no property \"colour\"; it has: units, bias, activation, type, name, from, repeat");
        assertError("{'input': [1], 'layers': [{'type': 'relu'}], 'a/b~c': 1}", "/a~1b~0c", "")
                .startsWith("a network has no property \"a/b~c\"; it has: name, description, input, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "batch_size | batch",
                "data_format | layout",
                "precision | dtype",
                "layer | layers",
                "output | outputs"
            })
    void unknownPropertiesOfTheNetworkOfferTheNearest(String property, String offered) {
        assertError("{'input': [1], 'layers': [{'type': 'relu'}], '" + property + "': 1}", "/" + property, "")
                .isEqualTo("a network has no property \"" + property + "\"; did you mean \"" + offered + "\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type': 'conv2d', 'filters': 4, 'kernel': 9} | /layers/0/kernel | height axis: kernel 9 is larger than the padded input 8",
                "{'type': 'conv2d', 'filters': 4, 'kernel': [3, 5], 'dilation': 3, 'padding': [1, 1]} | /layers/0/kernel | width axis: kernel 5 with dilation 3, 13 wide, is larger than the padded input 10 (8 and 2 of padding)",
                "{'type': 'max_pool2d', 'kernel': 9} | /layers/0/kernel | height axis: kernel 9 is larger than the padded input 8",
                "{'type': 'max_pool2d', 'kernel': 2, 'padding': 2} | /layers/0/padding | expected less than the window of 2, got 2",
                "{'type': 'conv1d', 'filters': 4, 'kernel': 1} | /layers/0 | expected an input of 2 axes (length and channels), got 8×8×4",
                "{'type': 'conv3d', 'filters': 4, 'kernel': 1} | /layers/0 | expected an input of 4 axes (depth, height, width and channels), got 8×8×4",
                "{'type': 'conv2d', 'filters': 4, 'kernel': 1, 'groups': 3} | /layers/0/groups | expected a divisor of the 4 input channels, got 3",
                "{'type': 'conv2d', 'filters': 6, 'kernel': 1, 'groups': 4} | /layers/0/groups | expected a divisor of the 6 filters, got 4",
                "{'type': 'conv2d', 'filters': 0, 'kernel': 1} | /layers/0/filters | expected an integer from 1 to 2^31-1, got 0",
                "{'type': 'conv2d', 'filters': 1, 'kernel': [1, 0]} | /layers/0/kernel/1 | expected an integer from 1 to 2^31-1, got 0",
                "{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'stride': -2} | /layers/0/stride | expected an integer from 1 to 2^31-1, got -2",
                "{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'padding': [[0, -1], [0, 0]]} | /layers/0/padding/0/1 | expected an integer from 0 to 2^31-1, got -1",
                "{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'padding': [[0, 1, 2], [0, 0]]} | /layers/0/padding/0 | expected a pair [before, after], got [0,1,2]",
                "{'type': 'conv2d', 'filters': 1, 'kernel': [1, 1, 1]} | /layers/0/kernel | expected one value or 2, one per spatial axis, got 3",
                "{'type': 'conv2d', 'filters': 1, 'kernel': []} | /layers/0/kernel | expected at least one value, got an empty list",
                "{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'bias': 1} | /layers/0/bias | expected true or false, got 1",
                "{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'bias': 'true'} | /layers/0/bias | expected true or false, got the string \"true\"",
                "{'type': 'relu', 'repeat': '1 - 2'} | /layers/0/repeat | expected an integer from 0 to 2^31-1, got -1",
                "{'type': 'dropout', 'rate': 1} | /layers/0/rate | expected a number from 0 to below 1, got 1.0",
                "{'type': 'dropout', 'rate': 'x'} | /layers/0/rate | expected a number, got the string \"x\"",
                "{'type': 'softmax', 'axis': 3} | /layers/0/axis | expected an axis from -3 to 2 of 8×8×4, got 3",
                "{'type': 'add'} | /layers/0 | expected at least 2 inputs, got 1",
                "{'type': 'relu', 'from': ['input', 'input']} | /layers/0/from | expected one input, got 2",
                "{'type': 'dense'} | /layers/0 | dense needs \"units\", an integer of at least 1, or an expression",
                "{'kernel': 1} | /layers/0 | expected \"type\", the name of a layer type, got none; GET /v1/layers lists them",
                "{'type': 1} | /layers/0/type | expected \"type\", the name of a layer type, got 1; GET /v1/layers lists them",
                "{'block': 'b'} | /layers/0 | expected \"type\", the name of a layer type, got none; a block's call is {\"type\": \"block\", \"block\": …}",
                "'relu' | /layers/0 | expected a layer, an object with \"type\", got the string \"relu\"",
                "{'type': 'adaptive_avg_pool2d', 'outputSize': [1, 2, 3]} | /layers/0/outputSize | expected one value or 2, one per spatial axis, got 3",
                "{'type': 'conv2d', 'filters': 1, 'kernel': 1, 'padding': 'smae'} | /layers/0/padding | expected \"same\", \"same_lower\", \"valid\", an integer of at least 0, or a list with one integer or one [before, after] per spatial axis, got the string \"smae\"; did you mean \"same\"?",
            })
    void errorsOfALayerSayWhereWhatWasExpectedAndWhatCame(String layer, String pointer, String detail) {
        assertThat(errors(layers(layer))).singleElement().satisfies(error -> {
            assertThat(error.detail()).isEqualTo(detail);
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.layer()).isNotEmpty();
        });
    }

    @Test
    void branchesThatDoNotConcatenateAreNamed() {
        assertError(
                        layers("{'name': 'a', 'type': 'relu'}, {'name': 'b', 'type': 'max_pool2d', 'kernel': 2},"
                                + "{'name': 'both', 'type': 'concat', 'from': ['a', 'b']}"),
                        "/layers/2/from",
                        "both")
                .isEqualTo("expected inputs that agree but along axis 2: input 1 is 8×8×4, input 2, got 4×4×4");
    }

    @Test
    void branchesThatDoNotAddAreNamed() {
        assertThat(errors(layers(
                        "{'name': 'a', 'type': 'relu'}, {'name': 'b', 'type': 'conv2d', 'filters': 2, 'kernel': 1},"
                                + "{'name': 'sum', 'type': 'add', 'from': ['a', 'b']}")))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/layers/2/from");
                    assertThat(error.layer()).isEqualTo("sum");
                    assertThat(error.detail()).contains("8×8×4").contains("8×8×2");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]        | /input   | expected a shape, a list of 1 to 8 sizes without the batch, got 0 sizes",
                "7         | /input   | expected a shape, a list of 1 to 8 sizes without the batch, got 7",
                "[1, 1, 1, 1, 1, 1, 1, 1, 1] | /input | expected a shape, a list of 1 to 8 sizes without the batch, got 9 sizes",
                "[8, 0]    | /input/1 | expected an integer from 1 to 2^31-1, got 0",
                "[8, 3.5]  | /input/1 | expected an integer or an expression such as \"$width * 4\", got 3.5",
                "[8, '$w'] | /input/1 | the parameter $w is used but not given",
                "[2147483647, 2147483647, 3] | /input | 2147483647×2147483647×3 has more than 2^63-1 elements",
            })
    void inputsAreShapes(String input, String pointer, String detail) {
        assertError("{'input': " + input + ", 'layers': [{'type': 'relu'}]}", pointer, "")
                .isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'batch': 0       | /batch  | expected an integer from 1 to 2^31-1, got 0",
                "'batch': '$b'    | /batch  | the parameter $b is used but not given",
                "'dtype': 'float3' | /dtype | expected one of float32, float16, bfloat16, int8, got the string \"float3\"; did you mean \"float32\"?",
                "'layout': 'nchw' | /layout | expected one of channels_last, channels_first, got the string \"nchw\"",
                "'name': 3        | /name   | expected a name, got 3",
                "'description': 3 | /description | expected a text, got 3",
                "'blocks': []     | /blocks | expected an object of blocks by name, got []",
                "'blocks': {'b': 1} | /blocks/b | expected a block, an object with \"layers\", got 1",
                "'blocks': {'b': {}} | /blocks/b | expected \"layers\", a list of at least one layer, got none",
                "'blocks': {'b': {'layers': []}} | /blocks/b/layers | expected \"layers\", a list of at least one layer, got an empty list",
                "'blocks': {'b': {'layers': [{'type': 'relu'}], 'parameters': 1}} | /blocks/b/parameters | expected a list of names, or an object of names and their defaults, got 1",
                "'blocks': {'b': {'layers': [{'type': 'relu'}], 'parameters': ['a', 1]}} | /blocks/b/parameters/1 | expected a parameter's name, got 1",
                "'blocks': {'b': {'layers': [{'type': 'relu'}], 'body': 1}} | /blocks/b/body | a block has no property \"body\"; it has: parameters, layers, output",
                "'blocks': {'b': {'layers': [{'type': 'dense', 'units': '$u'}]}} | /blocks/b/layers/0/units | the parameter $u is used but not given",
            })
    void errorsOfTheNetworkSayWhereWhatWasExpectedAndWhatCame(String property, String pointer, String detail) {
        assertThat(errors("{" + property + ", 'input': [8, 8, 4], 'layers': [{'type': 'relu'}]}"))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.detail()).isEqualTo(detail);
                    assertThat(error.pointer()).isEqualTo(pointer);
                });
    }

    @Test
    void aNetworkHasInputsAndLayers() {
        assertThat(errors("{}"))
                .extracting(DescriptionError::detail)
                .containsExactly(
                        "expected \"input\", a shape such as [28, 28, 192], or \"inputs\", an object of shapes by name; got neither",
                        "expected \"layers\", a list of at least one layer, got none");
        assertThat(errors("{'input': [1], 'inputs': {'a': [1]}, 'layers': [{'type': 'relu'}]}"))
                .singleElement()
                .satisfies(error -> assertThat(error.detail()).endsWith("got both"));
    }

    @Test
    void oneAnswerHasAllErrorsEachOnce() {
        String json =
                "{'input': [0, 8, 1.5], 'batch': 0, 'blocks': {'b': {'layers': [{'type': 'cnov2d'}]}}, 'layers': ["
                        + "{'type': 'conv2d', 'filters': 0, 'kernel_size': 3}, {'type': 'relu', 'from': 'nowhere'},"
                        + "{'type': 'block', 'block': 'b'}, {'type': 'block', 'block': 'b'}]}";

        assertThat(errors(json))
                .extracting(DescriptionError::pointer)
                .containsExactlyInAnyOrder(
                        "/batch",
                        "/input/0",
                        "/input/2",
                        "/blocks/b/layers/0/type",
                        "/layers/0/filters",
                        "/layers/0",
                        "/layers/0/kernel_size",
                        "/layers/1/from");
    }

    @Test
    void oneMistakeInABlockIsOneError() {
        assertError(
                        "{'input': [8, 8, 4], 'blocks': {'b': {'layers': [{'type': 'conv2d', 'filters': 4, 'kernel': 1, 'groups': 3}]}},"
                                + " 'layers': [{'type': 'block', 'block': 'b', 'from': 'input'}, {'type': 'block', 'block': 'b', 'from': 'input'}]}",
                        "/blocks/b/layers/0/groups",
                        "b_1/conv2d_1")
                .isEqualTo("expected a divisor of the 4 input channels, got 3");
    }
}
