package dev.tally.description;

import static dev.tally.description.Attribute.dependent;
import static dev.tally.description.Attribute.optional;
import static dev.tally.description.Attribute.required;

import dev.tally.network.ActivationFunction;
import dev.tally.network.Axis;
import dev.tally.network.Padding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attributes of all layer types. */
final class Attributes {
    static final Attribute<Integer> FILTERS = required(
            "filters",
            new AttributeKind.WholeNumber(1),
            "The number of output channels.",
            "out_channels",
            "channels",
            "output_channels",
            "num_filters",
            "filter",
            "units",
            "features");
    static final Attribute<Integer> DEPTH_MULTIPLIER = optional(
            "depthMultiplier",
            new AttributeKind.WholeNumber(1),
            1,
            "How many filters each input channel has.",
            "depth_multiplier",
            "channel_multiplier");
    static final Attribute<List<Integer>> KERNEL = required(
            "kernel",
            new AttributeKind.PerAxis(1),
            "The window's size.",
            "kernel_size",
            "kernel_shape",
            "ksize",
            "pool_size",
            "size",
            "window");
    static final Attribute<List<Integer>> STRIDE = optional(
            "stride",
            new AttributeKind.PerAxis(1),
            List.of(1),
            "The distance between neighbouring positions of the window.",
            "strides",
            "subsample");
    static final Attribute<List<Integer>> POOL_STRIDE = dependent(
            "stride",
            new AttributeKind.PerAxis(1),
            "The distance between neighbouring positions of the window; the kernel's size by default.",
            "strides");
    static final Attribute<List<Padding>> PADDING = optional(
            "padding",
            new AttributeKind.PaddingKind(),
            List.of(Padding.VALID),
            "What is added around the input.",
            "pad",
            "pads",
            "border_mode",
            "auto_pad");
    static final Attribute<List<Integer>> DILATION = optional(
            "dilation",
            new AttributeKind.PerAxis(1),
            List.of(1),
            "The distance between neighbouring taps of the window; 1 is a dense window.",
            "dilations",
            "dilation_rate",
            "rate",
            "atrous_rate");
    static final Attribute<List<Integer>> OUTPUT_PADDING = optional(
            "outputPadding",
            new AttributeKind.PerAxis(0),
            List.of(0),
            "What is added to the end of the output; less than the stride or the dilation.",
            "output_padding",
            "adj");
    static final Attribute<Integer> GROUPS = optional(
            "groups",
            new AttributeKind.WholeNumber(1),
            1,
            "How many parts the channels are split into; each filter sees the channels of its part.",
            "group",
            "num_groups",
            "feature_group_count");
    static final Attribute<Boolean> BIAS = optional(
            "bias",
            new AttributeKind.Flag(),
            true,
            "Whether a learned number is added to every output channel.",
            "use_bias");
    static final Attribute<ActivationFunction> ACTIVATION = dependent(
            "activation",
            new AttributeKind.Choice<>(functions(), LayerTypes::activationHelp),
            "A function applied to the output; none by default. It becomes a layer of its own, named after this one.",
            "act",
            "nonlinearity",
            "activation_fn");
    static final Attribute<Boolean> CEIL_MODE = optional(
            "ceilMode", new AttributeKind.Flag(), false, "Whether a last, partial window counts.", "ceil_mode");
    static final Attribute<Boolean> COUNT_INCLUDE_PAD = optional(
            "countIncludePad",
            new AttributeKind.Flag(),
            false,
            "Whether an average divides by the window's full size where it covers padding; changes values, no count.",
            "count_include_pad");
    static final Attribute<Boolean> KEEP_DIMENSIONS = optional(
            "keepDimensions",
            new AttributeKind.Flag(),
            false,
            "Whether the spatial axes stay, with size 1.",
            "keepdims",
            "keep_dims",
            "keepdim");
    static final Attribute<List<Integer>> OUTPUT_SIZE = required(
            "outputSize",
            new AttributeKind.PerAxis(1),
            "The output's size along each spatial axis.",
            "output_size",
            "size");
    static final Attribute<Integer> UNITS = required(
            "units",
            new AttributeKind.WholeNumber(1),
            "The size of the output.",
            "out_features",
            "filters",
            "neurons",
            "num_output",
            "output_size",
            "output_dim",
            "embedding_dim",
            "outputs");
    static final Attribute<Double> EPSILON = optional(
            "epsilon",
            new AttributeKind.Decimal(),
            1e-5,
            "What is added to the variance; changes values, no count.",
            "eps",
            "variance_epsilon");
    static final Attribute<Integer> AXIS = dependent(
            "axis",
            new AttributeKind.WholeNumber(Integer.MIN_VALUE),
            "The axis, counted without the batch, from the end where negative; the channels by default.",
            "dim",
            "dimension");
    static final Attribute<Boolean> AFFINE = optional(
            "affine",
            new AttributeKind.Flag(),
            true,
            "Whether elements are multiplied by learned numbers and, where the layer has a shift, added to.",
            "elementwise_affine",
            "scale",
            "center");

    private Attributes() {}

    /** {@return the axis that was named, or the channels} */
    static Axis axis(AttributeValues values) {
        Integer number = values.find(AXIS);
        return number == null ? Axis.CHANNELS : Axis.of(number);
    }

    /** Puts the axis unless it is the channels, by whatever number. */
    static AttributeValues put(Axis axis, AttributeValues values) {
        axis.number().ifPresent(number -> values.put(AXIS, number));
        return values;
    }

    private static Map<String, ActivationFunction> functions() {
        Map<String, ActivationFunction> functions = new LinkedHashMap<>();
        for (ActivationFunction function : ActivationFunction.values()) {
            functions.put(function.id(), function);
        }
        return functions;
    }
}
