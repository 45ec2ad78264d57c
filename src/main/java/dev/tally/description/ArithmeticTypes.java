package dev.tally.description;

import static dev.tally.description.Attribute.optional;
import static dev.tally.description.Attribute.required;
import static dev.tally.description.Attributes.ACTIVATION;
import static dev.tally.description.Attributes.BIAS;
import static dev.tally.description.Attributes.KEEP_DIMENSIONS;
import static dev.tally.description.Attributes.UNITS;

import dev.tally.network.Axis;
import dev.tally.network.Dense;
import dev.tally.network.Elementwise;
import dev.tally.network.MatMul;
import dev.tally.network.Reduce;
import java.util.List;

/**
 * The sums and products of the table of layer types: dense layers, matrices, tensors element by element, reductions.
 */
final class ArithmeticTypes {
    private static final Attribute<List<Integer>> AXES = required(
                    "axes",
                    new AttributeKind.WholeNumbers(Integer.MIN_VALUE, true, "axes counted without the batch"),
                    "The axes that are reduced, counted without the batch, from the end where negative.",
                    "axis",
                    "dim",
                    "dims",
                    "reduction_indices")
            .example(List.of(0, 1));
    private static final Attribute<Boolean> TRANSPOSE_SECOND = optional(
                    "transposeSecond",
                    new AttributeKind.Flag(),
                    false,
                    "Whether the second input is given with its last two axes swapped.",
                    "transpose_b",
                    "adj_y")
            .example(true);

    private ArithmeticTypes() {}

    static LayerType<Dense> dense() {
        return LayerType.of(
                "dense",
                List.of("linear", "fc", "fully_connected", "inner_product", "gemm"),
                "A fully connected layer on the last axis, whatever the layout, applied at each position of the others.",
                "output elements × size of the last axis multiplies, as many additions (less one an output element without"
                        + " bias)",
                List.of(UNITS, BIAS, ACTIVATION),
                Dense.class,
                values -> new Dense(values.get(UNITS), values.get(BIAS)),
                (layer, values) -> values.put(UNITS, layer.units()).put(BIAS, layer.bias()));
    }

    static List<LayerType<?>> elementwise() {
        return List.of(
                LayerType.plain(
                        "add",
                        "The sum of two or more tensors, stretched to one shape where sizes are 1 or missing.",
                        "an element: one addition less than there are inputs",
                        new Elementwise(Elementwise.Operator.ADD),
                        "sum",
                        "eltwise",
                        "plus",
                        "shortcut"),
                LayerType.plain(
                        "subtract",
                        "The first tensor less the second, stretched to one shape where sizes are 1 or missing.",
                        "an element: one addition",
                        new Elementwise(Elementwise.Operator.SUBTRACT),
                        "sub",
                        "minus"),
                LayerType.plain(
                        "multiply",
                        "The product of two or more tensors, stretched to one shape where sizes are 1 or missing.",
                        "an element: one multiply less than there are inputs",
                        new Elementwise(Elementwise.Operator.MULTIPLY),
                        "mul",
                        "product",
                        "scale",
                        "layer_scale",
                        "gate"),
                LayerType.plain(
                        "divide",
                        "The first tensor over the second, stretched to one shape where sizes are 1 or missing.",
                        "an element: one division",
                        new Elementwise(Elementwise.Operator.DIVIDE),
                        "div"));
    }

    static LayerType<Reduce> reduce(Reduce.Operator operator) {
        return LayerType.of(
                "reduce_" + operator.id(),
                switch (operator) {
                    case MEAN -> List.of("mean", "average");
                    case SUM -> List.of("total"); // "sum" is an addition, as in ONNX
                    case MAXIMUM -> List.of("max", "amax");
                },
                switch (operator) {
                    case MEAN -> "The mean of all elements along some axes.";
                    case SUM -> "The sum of all elements along some axes.";
                    case MAXIMUM -> "The greatest of all elements along some axes.";
                },
                switch (operator) {
                    case MEAN -> "of K elements: K - 1 additions, one division";
                    case SUM -> "of K elements: K - 1 additions";
                    case MAXIMUM -> "of K elements: K - 1 comparisons";
                },
                List.of(AXES, KEEP_DIMENSIONS),
                Reduce.class,
                values -> new Reduce(
                        operator, values.get(AXES).stream().map(Axis::of).toList(), values.get(KEEP_DIMENSIONS)),
                (layer, values) -> values.put(
                                AXES,
                                layer.axes().stream()
                                        .map(axis -> axis.number().orElseThrow())
                                        .toList())
                        .put(KEEP_DIMENSIONS, layer.keepDimensions()));
    }

    static LayerType<MatMul> matMul() {
        return LayerType.of(
                "matmul",
                List.of("batch_matmul", "bmm", "dot", "einsum"),
                "The matrix product of two tensors over their last two axes, whatever the layout; the axes before them"
                        + " agree or are 1.",
                "output elements × terms multiplies, one addition less an output element",
                List.of(TRANSPOSE_SECOND),
                MatMul.class,
                values -> new MatMul(values.get(TRANSPOSE_SECOND)),
                (layer, values) -> values.put(TRANSPOSE_SECOND, layer.transposeSecond()));
    }
}
