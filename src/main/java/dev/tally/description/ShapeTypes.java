package dev.tally.description;

import static dev.tally.description.Attribute.dependent;
import static dev.tally.description.Attribute.optional;
import static dev.tally.description.Attribute.required;
import static dev.tally.description.Attributes.AXIS;

import dev.tally.network.Axis;
import dev.tally.network.Concat;
import dev.tally.network.Crop;
import dev.tally.network.Dropout;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Pad;
import dev.tally.network.Padding;
import dev.tally.network.Permute;
import dev.tally.network.Reshape;
import dev.tally.network.Roll;
import dev.tally.network.Slice;
import dev.tally.network.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The table's layers that move elements, leave some out, or see them under another shape. */
final class ShapeTypes {
    private static final String MEMORY = "nothing but memory";
    private static final String VIEW = "nothing; a view";

    private static final Attribute<Integer> PARTS = required(
                    "parts",
                    new AttributeKind.WholeNumber(1),
                    "How many equal parts the axis is cut into.",
                    "chunks",
                    "num_or_size_splits",
                    "sections",
                    "num_splits")
            .example(2);
    private static final Attribute<Integer> INDEX = required(
                    "index", new AttributeKind.WholeNumber(0), "Which of the parts this is, from 0.", "part")
            .example(0);
    private static final Attribute<Integer> START = optional(
            "start",
            new AttributeKind.WholeNumber(Integer.MIN_VALUE),
            0,
            "The first element, counted from the end where negative.",
            "begin",
            "starts",
            "from");
    private static final Attribute<Integer> END = dependent(
            "end",
            new AttributeKind.WholeNumber(Integer.MIN_VALUE),
            "The element before which it ends, counted from the end where negative; the axis' end by default.",
            "stop",
            "ends");
    private static final Attribute<Integer> STEP = optional(
            "step",
            new AttributeKind.WholeNumber(1),
            1,
            "The distance between neighbouring elements.",
            "steps",
            "stride");
    private static final Attribute<List<Padding.Explicit>> MARGINS = required(
            "margins",
            new AttributeKind.Margins(),
            "What is cut off along each spatial axis.",
            "cropping",
            "crop",
            "padding",
            "size");
    private static final Attribute<List<Padding.Explicit>> PADS = required(
            "padding",
            new AttributeKind.Margins(),
            "What is added along each spatial axis.",
            "pad",
            "pads",
            "paddings",
            "margins");
    private static final Attribute<Pad.Mode> MODE = optional(
            "mode",
            new AttributeKind.Choice<>(modes()),
            Pad.Mode.ZEROS,
            "What the margins are filled with; changes values, no count.",
            "pad_mode",
            "padding_mode");
    private static final Attribute<List<Integer>> SHAPE = required(
                    "shape",
                    new AttributeKind.WholeNumbers(-1, false, "one for each axis"),
                    "The sizes, outermost axis first, without the batch; one may be -1, which is worked out.",
                    "target_shape",
                    "size",
                    "dims")
            .example(List.of(-1, 4));
    private static final Attribute<List<Integer>> ORDER = required(
                    "order",
                    new AttributeKind.WholeNumbers(0, false, "axes counted from 0 without the batch"),
                    "For each axis of the output, the axis of the input that it is.",
                    "dims",
                    "perm",
                    "axes",
                    "permutation")
            .example(List.of(1, 0, 2));
    private static final Attribute<Integer> SHIFT = required(
                    "shift",
                    new AttributeKind.WholeNumber(Integer.MIN_VALUE),
                    "By how many elements; towards the start where negative.",
                    "shifts",
                    "offset")
            .example(1);
    private static final Attribute<Integer> ROLLED = required(
                    "axis",
                    new AttributeKind.WholeNumber(Integer.MIN_VALUE),
                    "The axis, counted without the batch, from the end where negative.",
                    "dims",
                    "dim",
                    "axes")
            .example(0);
    private static final Attribute<Double> RATE = optional(
            "rate",
            new AttributeKind.Decimal(),
            0.5,
            "The share of elements that training zeroes; changes no count.",
            "p",
            "ratio",
            "drop_rate",
            "probability");

    private ShapeTypes() {}

    static List<LayerType<?>> all() {
        return List.of(
                concat(),
                split(),
                slice(),
                crop(),
                pad(),
                LayerType.plain("flatten", "All axes made one.", VIEW, new Flatten()),
                reshape(),
                permute(),
                roll(),
                dropout(),
                LayerType.plain(
                        "identity",
                        "Its input, under another name.",
                        VIEW,
                        new Identity(),
                        "noop",
                        "linear_activation",
                        "pass"));
    }

    private static LayerType<Concat> concat() {
        return LayerType.of(
                "concat",
                List.of("concatenate", "cat", "merge", "route"),
                "Tensors laid end to end along one axis.",
                MEMORY,
                List.of(AXIS),
                Concat.class,
                values -> new Concat(Attributes.axis(values)),
                (layer, values) -> Attributes.put(layer.axis(), values));
    }

    private static LayerType<Split> split() {
        return LayerType.of(
                "split",
                List.of("chunk", "unstack"),
                "One of the equal parts of an axis; one layer for each part that is used.",
                MEMORY,
                List.of(PARTS, INDEX, AXIS),
                Split.class,
                values -> new Split(Attributes.axis(values), values.get(PARTS), values.get(INDEX)),
                (layer, values) -> Attributes.put(layer.axis(), values)
                        .put(PARTS, layer.parts())
                        .put(INDEX, layer.index()));
    }

    private static LayerType<Slice> slice() {
        return LayerType.of(
                "slice",
                List.of("strided_slice", "narrow", "select"),
                "Some elements along one axis.",
                MEMORY,
                List.of(AXIS, START, END, STEP),
                Slice.class,
                values -> {
                    Integer end = values.find(END);
                    return new Slice(
                            Attributes.axis(values),
                            values.get(START),
                            end == null ? OptionalInt.empty() : OptionalInt.of(end),
                            values.get(STEP));
                },
                (layer, values) -> {
                    layer.end().ifPresent(end -> values.put(END, end));
                    Attributes.put(layer.axis(), values)
                            .put(START, layer.start())
                            .put(STEP, layer.step());
                });
    }

    private static LayerType<Crop> crop() {
        return LayerType.of(
                "crop",
                List.of("cropping1d", "cropping2d", "cropping3d", "center_crop"),
                "The input without its margins along the spatial axes.",
                MEMORY,
                List.of(MARGINS),
                Crop.class,
                values -> new Crop(values.get(MARGINS)),
                (layer, values) -> values.put(MARGINS, layer.margins()));
    }

    private static LayerType<Pad> pad() {
        return LayerType.of(
                "pad",
                List.of(
                        "zero_padding1d",
                        "zero_padding2d",
                        "zero_padding3d",
                        "zero_pad2d",
                        "reflection_pad2d",
                        "padding"),
                "The input with margins along the spatial axes; what reads them reads in bounds.",
                MEMORY,
                List.of(PADS, MODE),
                Pad.class,
                values -> new Pad(values.get(PADS), values.get(MODE)),
                (layer, values) -> values.put(PADS, layer.padding()).put(MODE, layer.mode()));
    }

    private static LayerType<Reshape> reshape() {
        return LayerType.of(
                "reshape",
                List.of("view", "unflatten", "squeeze", "unsqueeze", "expand_dims"),
                "The same elements in the same order under other axes.",
                VIEW,
                List.of(SHAPE),
                Reshape.class,
                values -> new Reshape(values.get(SHAPE)),
                (layer, values) -> values.put(SHAPE, layer.shape()));
    }

    private static LayerType<Permute> permute() {
        return LayerType.of(
                "permute",
                List.of("transpose", "swapaxes", "rearrange"),
                "The axes in another order.",
                MEMORY,
                List.of(ORDER),
                Permute.class,
                values -> new Permute(values.get(ORDER)),
                (layer, values) -> values.put(ORDER, layer.order()));
    }

    private static LayerType<Roll> roll() {
        return LayerType.of(
                "roll",
                List.of("cyclic_shift", "circular_shift"),
                "The elements moved along one axis; those that leave at an end come in at the other. A layer an axis.",
                MEMORY,
                List.of(SHIFT, ROLLED),
                Roll.class,
                values -> new Roll(Axis.of(values.get(ROLLED)), values.get(SHIFT)),
                (layer, values) ->
                        values.put(ROLLED, layer.axis().number().orElseThrow()).put(SHIFT, layer.shift()));
    }

    private static LayerType<Dropout> dropout() {
        return LayerType.of(
                "dropout",
                List.of("drop_path", "stochastic_depth", "drop_block", "spatial_dropout2d"),
                "Does nothing at inference.",
                VIEW,
                List.of(RATE),
                Dropout.class,
                values -> new Dropout(values.get(RATE)),
                (layer, values) -> values.put(RATE, layer.rate()));
    }

    private static Map<String, Pad.Mode> modes() {
        Map<String, Pad.Mode> modes = new LinkedHashMap<>();
        for (Pad.Mode mode : Pad.Mode.values()) {
            modes.put(mode.id(), mode);
        }
        return modes;
    }
}
