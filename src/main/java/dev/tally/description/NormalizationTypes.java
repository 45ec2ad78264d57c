package dev.tally.description;

import static dev.tally.description.Attribute.optional;
import static dev.tally.description.Attribute.required;
import static dev.tally.description.Attributes.AFFINE;
import static dev.tally.description.Attributes.EPSILON;

import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.GroupNorm;
import dev.tally.network.InstanceNorm;
import dev.tally.network.LayerNorm;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.RmsNorm;
import java.util.List;

/** The normalisations of the table of layer types. */
final class NormalizationTypes {
    private static final Attribute<Integer> FIRST_AXIS = optional(
            "axis",
            new AttributeKind.WholeNumber(Integer.MIN_VALUE),
            -1,
            "The first of the axes that are normalised together, up to the last; counted without the batch, from the end"
                    + " where negative, whatever the layout.",
            "begin_norm_axis",
            "normalized_shape",
            "dim");
    private static final Attribute<Boolean> SHIFT =
            optional("bias", new AttributeKind.Flag(), true, "Whether a learned β is added beside γ.", "use_bias");
    private static final Attribute<Integer> NORM_GROUPS = required(
                    "groups",
                    new AttributeKind.WholeNumber(1),
                    "How many groups the channels are split into, each normalised by itself.",
                    "num_groups",
                    "group")
            .example(2);
    private static final Attribute<Integer> SIZE = optional(
            "size",
            new AttributeKind.WholeNumber(1),
            5,
            "How many neighbouring channels a sum spans.",
            "local_size",
            "n");
    private static final Attribute<Double> ALPHA =
            optional("alpha", new AttributeKind.Decimal(), 1e-4, "The factor of the sum; changes values, no count.");
    private static final Attribute<Double> BETA =
            optional("beta", new AttributeKind.Decimal(), 0.75, "The exponent; changes values, no count.");
    private static final Attribute<Double> OFFSET = optional(
            "offset",
            new AttributeKind.Decimal(),
            1.0,
            "What is added to the sum; changes values, no count.",
            "bias",
            "k");

    private NormalizationTypes() {}

    static List<LayerType<?>> all() {
        return List.of(batchNorm(), layerNorm(), groupNorm(), instanceNorm(), rmsNorm(), localResponseNorm());
    }

    private static LayerType<BatchNorm> batchNorm() {
        return LayerType.of(
                "batch_norm",
                List.of("batch_normalization", "batchnorm2d", "batchnorm1d", "batchnorm3d", "bn"),
                "Batch normalisation at inference: each channel scaled and shifted.",
                "one multiply and one addition an element; γ and β are parameters, mean and variance are stored",
                List.of(EPSILON),
                BatchNorm.class,
                values -> new BatchNorm(values.get(EPSILON)),
                (layer, values) -> values.put(EPSILON, layer.epsilon()));
    }

    private static LayerType<LayerNorm> layerNorm() {
        return LayerType.of(
                "layer_norm",
                List.of("layer_normalization", "ln", "layernorm2d"),
                "Layer normalisation: each sample's elements along the last axes brought to mean 0 and variance 1.",
                "an element: two multiplies, three additions, less one addition a set; γ and β one multiply and one addition more."
                        + " A set: three operations for its figures (two divisions, one power)",
                List.of(FIRST_AXIS, AFFINE, SHIFT, EPSILON),
                LayerNorm.class,
                values -> new LayerNorm(
                        Axis.of(values.get(FIRST_AXIS)),
                        values.get(AFFINE),
                        values.get(AFFINE) && values.get(SHIFT),
                        values.get(EPSILON)),
                (layer, values) -> values.put(FIRST_AXIS, layer.first().number().orElse(-1))
                        .put(AFFINE, layer.affine())
                        .put(SHIFT, layer.bias() || !layer.affine())
                        .put(EPSILON, layer.epsilon()));
    }

    private static LayerType<GroupNorm> groupNorm() {
        return LayerType.of(
                "group_norm",
                List.of("group_normalization", "gn"),
                "Group normalisation: each sample's groups of channels brought to mean 0 and variance 1.",
                "as layer_norm; a set is a group's channels at all positions",
                List.of(NORM_GROUPS, AFFINE, EPSILON),
                GroupNorm.class,
                values -> new GroupNorm(values.get(NORM_GROUPS), values.get(AFFINE), values.get(EPSILON)),
                (layer, values) -> values.put(NORM_GROUPS, layer.groups())
                        .put(AFFINE, layer.affine())
                        .put(EPSILON, layer.epsilon()));
    }

    private static LayerType<InstanceNorm> instanceNorm() {
        return LayerType.of(
                "instance_norm",
                List.of("instance_normalization", "instancenorm1d", "instancenorm2d", "instancenorm3d", "in"),
                "Instance normalisation: each sample's channels brought to mean 0 and variance 1.",
                "as layer_norm; a set is a channel at all positions",
                List.of(AFFINE, EPSILON),
                InstanceNorm.class,
                values -> new InstanceNorm(values.get(AFFINE), values.get(EPSILON)),
                (layer, values) -> values.put(AFFINE, layer.affine()).put(EPSILON, layer.epsilon()));
    }

    private static LayerType<RmsNorm> rmsNorm() {
        return LayerType.of(
                "rms_norm",
                List.of("rms_normalization", "root_mean_square_norm", "simplified_layer_normalization"),
                "Root mean square normalisation: each sample's elements along the last axes brought to mean square 1.",
                "an element: two multiplies, one addition; γ one multiply more. A set: one division, one power",
                List.of(FIRST_AXIS, AFFINE, EPSILON),
                RmsNorm.class,
                values -> new RmsNorm(Axis.of(values.get(FIRST_AXIS)), values.get(AFFINE), values.get(EPSILON)),
                (layer, values) -> values.put(FIRST_AXIS, layer.first().number().orElse(-1))
                        .put(AFFINE, layer.affine())
                        .put(EPSILON, layer.epsilon()));
    }

    private static LayerType<LocalResponseNorm> localResponseNorm() {
        return LayerType.of(
                "local_response_norm",
                List.of("lrn", "norm"),
                "Local response normalisation across channels.",
                "an element: size + 1 multiplies, size additions, one power, one division",
                List.of(SIZE, ALPHA, BETA, OFFSET),
                LocalResponseNorm.class,
                values -> new LocalResponseNorm(
                        values.get(SIZE), values.get(ALPHA), values.get(BETA), values.get(OFFSET)),
                (layer, values) -> values.put(SIZE, layer.size())
                        .put(ALPHA, layer.alpha())
                        .put(BETA, layer.beta())
                        .put(OFFSET, layer.bias()));
    }
}
