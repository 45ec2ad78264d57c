package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.GroupNorm;
import dev.tally.network.InstanceNorm;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layout;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Node;
import dev.tally.network.Normalizing;
import dev.tally.network.RmsNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations. */
record NormalizationNodes(GraphDraft draft, Layout layout) {
    Operand batch(BatchNorm layer, Node node, Operand input) {
        Operand image = new Images(draft, layout).of(input);
        List<String> inputs = new ArrayList<>(List.of(image.name()));
        node.weights().forEach(slot -> inputs.add(draft.weight(node, slot)));
        return image.named(draft.add("BatchNormalization", inputs, epsilon(layer.epsilon())));
    }

    Operand normalization(Normalizing layer, Node node, Operand input) {
        return switch (layer) {
            case LayerNorm norm -> layer(norm, node, draft.declared(input));
            case RmsNorm norm -> rms(norm, node, draft.declared(input));
            case GroupNorm norm -> grouped(norm.groups(), norm.epsilon(), node, new Images(draft, layout).of(input));
            case InstanceNorm norm -> instance(norm, node, new Images(draft, layout).of(input));
        };
    }

    private Operand layer(LayerNorm layer, Node node, Operand input) {
        int first = layer.first().index(node.input(), layout);
        List<Integer> set = node.input().sizes().subList(first, node.input().rank());
        List<String> inputs = new ArrayList<>(List.of(input.name()));
        node.weights().forEach(slot -> inputs.add(draft.weight(node, slot)));
        if (!layer.scaled()) {
            inputs.add(draft.filled(1, set));
        }
        return input.named(
                draft.add("LayerNormalization", inputs, Attributes.of("axis", -set.size()), epsilon(layer.epsilon())));
    }

    /** In the steps that ONNX Runtime recognises: there is no operator of its own in this version of the set. */
    private Operand rms(RmsNorm layer, Node node, Operand input) {
        String squares = draft.add("Pow", List.of(input.name(), draft.scalar(2)));
        String mean = draft.add(
                "ReduceMean",
                List.of(squares, draft.constant(lastAxes(layer.first(), node))),
                Attributes.of("keepdims", 1));
        String shifted = draft.add("Add", List.of(mean, draft.scalar(layer.epsilon())));
        String root = draft.add("Sqrt", List.of(shifted));
        String divided = draft.add("Div", List.of(input.name(), root));
        return input.named(
                layer.scaled()
                        ? draft.add(
                                "Mul",
                                List.of(
                                        divided,
                                        draft.weight(node, node.weights().getFirst())))
                        : divided);
    }

    private List<Integer> lastAxes(Axis first, Node node) {
        int count = node.input().rank() - first.index(node.input(), layout);
        return IntStream.rangeClosed(-count, -1).boxed().toList();
    }

    /** The groups as channels of an instance norm; then each channel's own γ and β. */
    private Operand grouped(int groups, double epsilon, Node node, Operand image) {
        long rest = node.input().elements() / groups;
        String parts = draft.reshape(image.name(), List.of((long) draft.batch(), (long) groups, rest));
        String ones = draft.filled(1, List.of(groups));
        String zeros = draft.filled(0, List.of(groups));
        String normalized = draft.add("InstanceNormalization", List.of(parts, ones, zeros), epsilon(epsilon));
        String made = draft.reshape(normalized, image.sizes());
        if (!node.weights().isEmpty()) {
            List<Long> perChannel = new ArrayList<>(GraphDraft.ones(image.rank()));
            perChannel.set(0, image.sizes().get(1));
            String gamma = draft.weight(node, node.weights().getFirst(), perChannel);
            String beta = draft.weight(node, node.weights().getLast(), perChannel);
            made = draft.add("Add", List.of(draft.add("Mul", List.of(made, gamma)), beta));
        }
        return image.named(made);
    }

    private Operand instance(InstanceNorm layer, Node node, Operand image) {
        List<Long> channels = List.of(image.sizes().get(1));
        boolean affine = layer.affine();
        String gamma = affine ? draft.weight(node, node.weights().getFirst()) : draft.filled(1, channels);
        String beta = affine ? draft.weight(node, node.weights().getLast()) : draft.filled(0, channels);
        boolean positions = image.rank() > 1;
        List<Long> withPosition = new ArrayList<>(image.sizes());
        withPosition.add(1L);
        String value = positions ? image.name() : draft.reshape(image.name(), withPosition);
        String made = draft.add("InstanceNormalization", List.of(value, gamma, beta), epsilon(layer.epsilon()));
        return image.named(positions ? made : draft.reshape(made, image.sizes()));
    }

    /**
     * ONNX Runtime's own takes images of two spatial axes, odd sizes and positive α and β; all else is worked out in
     * steps.
     */
    Operand localResponse(LocalResponseNorm layer, Node node, Operand input) {
        Operand image = new Images(draft, layout).of(input);
        long channels = image.sizes().get(1);
        long positions = node.input().elements() / channels;
        long batch = draft.batch();
        long all = 2 * channels - 1;
        boolean positive = (float) layer.alpha() > 0 && (float) layer.beta() > 0;
        if (positive && (layer.size() % 2 == 1 || layer.size() > all)) {
            // From a channel, no other is further: and ONNX Runtime allocates as many as the size says.
            long size = Math.min(layer.size(), all);
            boolean planar = image.rank() == 3;
            String value = planar ? image.name() : draft.reshape(image.name(), List.of(batch, channels, 1, positions));
            String made = draft.add(
                    "LRN",
                    List.of(value),
                    Attributes.of("size", size),
                    Attributes.of("alpha", layer.alpha() * size / layer.size()),
                    Attributes.of("beta", layer.beta()),
                    Attributes.of("bias", layer.bias()));
            return image.named(planar ? made : draft.reshape(made, image.sizes()));
        }
        String squares = draft.add("Mul", List.of(image.name(), image.name()));
        String column = draft.reshape(squares, List.of(batch, 1, channels, positions));
        long before = (layer.size() - 1L) / 2;
        String padded = draft.add(
                "Pad", List.of(column, draft.constant(0, 0, before, 0, 0, 0, layer.size() / 2, 0), draft.scalar(0)));
        String mean =
                draft.add("AveragePool", List.of(padded), Attributes.of("kernel_shape", List.of(layer.size(), 1)));
        String scaled = draft.add("Mul", List.of(mean, draft.scalar(layer.alpha())));
        String shifted = draft.add("Add", List.of(scaled, draft.scalar(layer.bias())));
        String power = draft.add("Pow", List.of(shifted, draft.scalar(layer.beta())));
        return image.named(draft.add("Div", List.of(image.name(), draft.reshape(power, image.sizes()))));
    }

    private static AttributeProto epsilon(double epsilon) {
        return Attributes.of("epsilon", epsilon);
    }
}
