package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Crop;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Rearranging;
import dev.tally.network.Roll;
import dev.tally.network.Slice;
import dev.tally.network.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers that move elements, leave some out or put tensors together.
 *
 * @param pooled whether a pool takes what the layer gives
 */
record RearrangingNodes(GraphDraft draft, Layout layout, boolean pooled) {
    Operand of(Rearranging layer, Node node, List<Operand> inputs) {
        Operand input = inputs.getFirst();
        return switch (layer) {
            case Concat concat -> concat(concat, node, inputs);
            case Split split -> {
                int axis = split.axis().index(node.input(), layout);
                long size = node.shape().size(axis);
                yield cut(node, input, axis, split.index() * size, (split.index() + 1) * size, 1);
            }
            case Slice slice -> {
                int axis = slice.axis().index(node.input(), layout);
                long start = slice.first(node.input().size(axis));
                long end = start + (node.shape().size(axis) - 1L) * slice.step() + 1;
                yield cut(node, input, axis, start, end, slice.step());
            }
            case Crop crop -> crop(crop, node, input);
            case Pad pad -> pad(pad, node, input);
            case Permute permute -> permute(permute, node, input);
            case PixelShuffle shuffle -> shuffle(shuffle.factor(), node, new Images(draft, layout).of(input));
            case PixelUnshuffle shuffle -> unshuffle(shuffle.factor(), node, new Images(draft, layout).of(input));
            case ChannelShuffle shuffle -> deal(shuffle.groups(), input);
            case Roll roll -> roll(roll, node, input);
        };
    }

    private Operand concat(Concat layer, Node node, List<Operand> inputs) {
        List<Integer> order = inputs.stream()
                .max(Comparator.comparingInt(input -> input.longAxes().size()))
                .orElse(inputs.getFirst())
                .order();
        List<String> parts =
                inputs.stream().map(input -> draft.arrange(input, order).name()).toList();
        int axis = layer.axis().index(node.input(), layout);
        String made = draft.add("Concat", parts, Attributes.of("axis", order.indexOf(axis + 1)));
        return draft.result(made, node, order);
    }

    private Operand cut(Node node, Operand input, int axis, long start, long end, long step) {
        return draft.result(draft.slice(input.name(), input.axis(axis), start, end, step), node, input.order());
    }

    private Operand crop(Crop layer, Node node, Operand input) {
        int axes = node.input().rank() - 1;
        List<Long> starts = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        List<Integer> along = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            long start = Explicit.of(layer.margins(), i, axes).before();
            starts.add(start);
            ends.add(start + layout.spatial(node.shape(), i));
            along.add(input.axis(layout.spatialAxis(i)));
        }
        String made = draft.add(
                "Slice", List.of(input.name(), draft.constant(starts), draft.constant(ends), draft.constant(along)));
        return draft.result(made, node, input.order());
    }

    private Operand pad(Pad layer, Node node, Operand input) {
        int axes = node.input().rank() - 1;
        if (pooled && layer.mode() == Pad.Mode.ZEROS) {
            List<Explicit> margins = IntStream.range(0, axes)
                    .mapToObj(i -> Explicit.of(layer.padding(), i, axes))
                    .toList();
            Images images = new Images(draft, layout);
            Operand image = images.of(input);
            String padded = images.pad(
                    image.name(),
                    margins.stream().map(margin -> (long) margin.before()).toList(),
                    margins.stream().map(margin -> (long) margin.after()).toList(),
                    0);
            return draft.result(padded, node, image.order());
        }
        long[] pads = new long[2 * input.sizes().size()];
        for (int i = 0; i < axes; i++) {
            Explicit margin = Explicit.of(layer.padding(), i, axes);
            int axis = input.axis(layout.spatialAxis(i));
            pads[axis] = margin.before();
            pads[axis + input.sizes().size()] = margin.after();
        }
        AttributeProto mode = Attributes.of(
                "mode",
                switch (layer.mode()) {
                    case ZEROS -> "constant";
                    case REFLECT -> "reflect";
                    case REPLICATE -> "edge";
                });
        return draft.result(draft.add("Pad", List.of(input.name(), draft.constant(pads)), mode), node, input.order());
    }

    /** In one go, wherever the axes stand. */
    private Operand permute(Permute layer, Node node, Operand input) {
        List<Integer> permutation = new ArrayList<>(List.of(0));
        layer.order().forEach(axis -> permutation.add(input.axis(axis)));
        return permutation.equals(Operand.declared(input.rank()))
                ? draft.result(input.name(), node)
                : draft.result(draft.transpose(input.name(), permutation), node);
    }

    private Operand roll(Roll layer, Node node, Operand input) {
        int axis = layer.axis().index(node.input(), layout);
        long size = node.input().size(axis);
        long moved = Math.floorMod(layer.shift(), size);
        if (moved == 0) {
            return input;
        }
        int along = input.axis(axis);
        String end = draft.slice(input.name(), along, size - moved, size, 1);
        String start = draft.slice(input.name(), along, 0, size - moved, 1);
        return input.named(draft.add("Concat", List.of(end, start), Attributes.of("axis", along)));
    }

    private Operand shuffle(int factor, Node node, Operand image) {
        int axes = image.rank() - 1;
        if (axes == 2) {
            String made = draft.add(
                    "DepthToSpace",
                    List.of(image.name()),
                    Attributes.of("blocksize", factor),
                    Attributes.of("mode", "CRD"));
            return draft.result(made, node, image.order());
        }
        List<Long> parts = new ArrayList<>(List.of((long) draft.batch(), (long) layout.channels(node.shape())));
        IntStream.range(0, axes).forEach(_ -> parts.add((long) factor));
        parts.addAll(image.sizes().subList(2, axes + 2));
        List<Integer> permutation = new ArrayList<>(List.of(0, 1));
        for (int i = 0; i < axes; i++) {
            permutation.add(2 + axes + i);
            permutation.add(2 + i);
        }
        return regrouped(node, image, parts, permutation);
    }

    private Operand unshuffle(int factor, Node node, Operand image) {
        int axes = image.rank() - 1;
        List<Long> parts = new ArrayList<>(image.sizes().subList(0, 2));
        List<Integer> permutation = new ArrayList<>(List.of(0, 1));
        List<Integer> outer = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            parts.add(image.sizes().get(2 + i) / factor);
            parts.add((long) factor);
            permutation.add(3 + 2 * i);
            outer.add(2 + 2 * i);
        }
        permutation.addAll(outer);
        return regrouped(node, image, parts, permutation);
    }

    private Operand regrouped(Node node, Operand image, List<Long> parts, List<Integer> permutation) {
        String moved = draft.transpose(draft.reshape(image.name(), parts), permutation);
        Operand made = draft.result("", node, image.order());
        return made.named(draft.reshape(moved, made.sizes()));
    }

    /** (groups, channels of a group) turned round, at whichever axis the channels are. */
    private Operand deal(int groups, Operand input) {
        int axis = input.axis(layout.channelAxis(input.rank()));
        List<Long> parts = new ArrayList<>(input.sizes());
        parts.set(axis, parts.get(axis) / groups);
        parts.add(axis, (long) groups);
        List<Integer> permutation = new ArrayList<>(Operand.declared(input.rank() + 1));
        Collections.swap(permutation, axis, axis + 1);
        String moved = draft.transpose(draft.reshape(input.name(), parts), permutation);
        return input.named(draft.reshape(moved, input.sizes()));
    }
}
