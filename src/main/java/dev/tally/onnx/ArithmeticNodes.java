package dev.tally.onnx;

import dev.tally.network.Dense;
import dev.tally.network.Elementwise;
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.MatMul;
import dev.tally.network.Node;
import dev.tally.network.Reduce;
import dev.tally.network.WeightSlot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums and products: dense layers, elementwise ones, reductions, matrix products; and what is learned or looked up. */
record ArithmeticNodes(GraphDraft draft, Layout layout) {
    Operand dense(Dense layer, Node node, Operand input) {
        if (node.input().rank() == 1) {
            List<String> inputs = new ArrayList<>(List.of(input.name()));
            node.weights().forEach(slot -> inputs.add(draft.weight(node, slot)));
            return draft.result(draft.add("Gemm", inputs, Attributes.of("transB", 1)), node);
        }
        List<WeightSlot> slots = node.weights();
        WeightSlot bias = layer.bias() ? slots.getLast() : null;
        return draft.result(project(node, draft.declared(input).name(), slots.getFirst(), bias), node);
    }

    /** {@return the last axis times a kernel of (units, elements), plus a bias if there is one} */
    String project(Node node, String value, WeightSlot kernel, @Nullable WeightSlot bias) {
        String product = draft.add("MatMul", List.of(value, draft.transposedWeight(node, kernel, List.of(1, 0))));
        return bias == null ? product : draft.add("Add", List.of(product, draft.weight(node, bias)));
    }

    /** Aligned at the last declared axis, in the order in which the largest input stands. */
    Operand elementwise(Elementwise layer, Node node, List<Operand> inputs) {
        int rank = node.shape().rank();
        List<Integer> order = inputs.stream()
                .filter(input -> input.rank() == rank)
                .max(Comparator.comparingInt(input -> input.longAxes().size()))
                .map(Operand::order)
                .orElseGet(() -> Operand.declared(rank));
        boolean shared = inputs.stream().allMatch(input -> input.sizes().getFirst() == 1);
        List<Operand> aligned = new ArrayList<>(inputs);
        if (shared) {
            aligned.set(0, draft.batched(inputs.getFirst()));
        }
        aligned.replaceAll(input -> stretchable(input, order));
        String operator = switch (layer.operator()) {
            case ADD -> "Add";
            case SUBTRACT -> "Sub";
            case MULTIPLY -> "Mul";
            case DIVIDE -> "Div";
        };
        String made = aligned.getFirst().name();
        for (Operand other : aligned.subList(1, aligned.size())) {
            made = draft.add(operator, List.of(made, other.name()));
        }
        return draft.result(made, node, order);
    }

    /** {@return a value with as many axes as the order has: those that it lacks, of size 1, before its own} */
    private Operand stretchable(Operand operand, List<Integer> order) {
        int missing = order.size() - 1 - operand.rank();
        List<Integer> own = order.stream()
                .filter(axis -> axis == 0 || axis > missing)
                .map(axis -> axis == 0 ? 0 : axis - missing)
                .toList();
        Operand arranged = draft.arrange(operand, own);
        if (missing == 0) {
            return arranged;
        }
        List<Long> sizes = order.stream()
                .map(axis -> axis == 0
                        ? operand.sizes().getFirst()
                        : axis <= missing ? Long.valueOf(1) : Long.valueOf(operand.size(axis - missing - 1)))
                .toList();
        return new Operand(draft.reshape(arranged.name(), sizes), order, sizes, operand.type());
    }

    Operand reduce(Reduce layer, Node node, Operand input) {
        boolean[] reduced = layer.reduced(node.input(), layout);
        List<Integer> axes = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < reduced.length; i++) {
            (reduced[i] ? axes : kept).add(i);
        }
        String operator = switch (layer.operator()) {
            case MEAN -> "ReduceMean";
            case SUM -> "ReduceSum";
            case MAXIMUM -> "ReduceMax";
        };
        String made = draft.add(
                operator,
                List.of(
                        input.name(),
                        draft.constant(axes.stream().map(input::axis).toList())),
                Attributes.of("keepdims", layer.keepDimensions() ? 1 : 0));
        if (layer.keepDimensions()) {
            return draft.result(made, node, input.order());
        }
        if (kept.isEmpty()) {
            return draft.result(draft.reshape(made, List.of(draft.batch(), 1)), node);
        }
        List<Integer> order = input.order().stream()
                .filter(axis -> axis == 0 || kept.contains(axis - 1))
                .map(axis -> axis == 0 ? 0 : 1 + kept.indexOf(axis - 1))
                .toList();
        return draft.result(made, node, order);
    }

    Operand product(MatMul layer, Node node, Operand first, Operand second) {
        int rank = Math.max(first.rank(), second.rank());
        Operand left = stretchable(first, Operand.declared(rank));
        Operand right = stretchable(second, Operand.declared(rank));
        String factor = right.name();
        if (layer.transposeSecond()) {
            List<Integer> order = new ArrayList<>(Operand.declared(rank));
            order.add(rank - 1, order.removeLast());
            factor = draft.transpose(factor, order);
        }
        return draft.result(draft.add("MatMul", List.of(left.name(), factor)), node);
    }

    Operand looksUp(Node node, Operand input) {
        Operand numbers = draft.cast(draft.declared(input), ElementType.INT64);
        String table = draft.weight(node, node.weights().getFirst());
        return draft.result(draft.add("Gather", List.of(table, numbers.name()), Attributes.of("axis", 0)), node);
    }

    /** The weights themselves, with a batch of one. */
    Operand learned(LearnedTensor layer, Node node) {
        List<Long> sizes = new ArrayList<>(GraphDraft.longs(layer.shape().sizes()));
        sizes.addFirst(1L);
        String name = draft.weight(node, node.weights().getFirst(), sizes);
        return Operand.of(name, Operand.declared(layer.shape().rank()), sizes, draft.type());
    }
}
