package dev.tally.onnx;

import dev.tally.network.Attending;
import dev.tally.network.Attending.Sizes;
import dev.tally.network.Attention;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Node;
import dev.tally.network.WeightSlot;
import java.util.ArrayList;
import java.util.List;

/** Attention, in the products and the softmax that it is made of. */
record AttentionNodes(GraphDraft draft) {
    Operand of(Attending layer, Node node, List<Operand> inputs) {
        List<String> roles = List.of(
                draft.declared(inputs.getFirst()).name(),
                draft.declared(inputs.get(Math.min(1, inputs.size() - 1))).name(),
                draft.declared(inputs.getLast()).name());
        Sizes sizes = layer.sizes(node.inputs());
        return switch (layer) {
            case Attention _ -> draft.result(heads(node, sizes, roles), node);
            case MultiHeadAttention projected -> {
                List<WeightSlot> slots = node.weights();
                int each = projected.bias() ? 2 : 1;
                List<String> projections = new ArrayList<>();
                for (int role = 0; role < 3; role++) {
                    projections.add(project(node, roles.get(role), slots.subList(role * each, (role + 1) * each)));
                }
                String met = heads(node, sizes, projections);
                yield draft.result(project(node, met, slots.subList(3 * each, 4 * each)), node);
            }
        };
    }

    private String project(Node node, String value, List<WeightSlot> slots) {
        String kernel = draft.transposedWeight(node, slots.getFirst(), List.of(1, 0));
        String product = draft.add("MatMul", List.of(value, kernel));
        return slots.size() == 1 ? product : draft.add("Add", List.of(product, draft.weight(node, slots.getLast())));
    }

    private String heads(Node node, Sizes sizes, List<String> roles) {
        String query = split(roles.getFirst(), sizes, sizes.queries(), sizes.keyDim(), List.of(0, 2, 1, 3));
        String key = split(roles.get(1), sizes, sizes.keys(), sizes.keyDim(), List.of(0, 2, 3, 1));
        String value = split(roles.getLast(), sizes, sizes.keys(), sizes.valueDim(), List.of(0, 2, 1, 3));
        // The query is scaled and not the scores, of which there are mostly more.
        String scaled = draft.add("Mul", List.of(query, draft.scalar(1 / Math.sqrt(sizes.keyDim()))));
        String scores = draft.add("MatMul", List.of(scaled, key));
        String weights = draft.add("Softmax", List.of(scores), Attributes.of("axis", -1));
        String met = draft.add("MatMul", List.of(weights, value));
        List<Long> output = new ArrayList<>(GraphDraft.longs(node.shape().sizes()));
        output.addFirst((long) draft.batch());
        output.set(output.size() - 1, (long) sizes.heads() * sizes.valueDim());
        return draft.reshape(draft.transpose(met, List.of(0, 2, 1, 3)), output);
    }

    private String split(String value, Sizes sizes, int positions, int features, List<Integer> permutation) {
        long sequences = draft.batch() * sizes.sequences();
        return draft.transpose(
                draft.reshape(value, List.of(sequences, (long) positions, (long) sizes.heads(), (long) features)),
                permutation);
    }
}
