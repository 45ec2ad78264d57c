package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pools. What ceil mode adds is written as padding, so that no reader's rule for it matters. */
record PoolingNodes(GraphDraft draft, Layout layout) {
    /** The most windows of different sizes along an axis: each takes two nodes of the graph. */
    private static final int MOST_PIECES = 1_024;

    /** The most elements of an image whose padding is written out, unless that is a part of it. */
    private static final long MOST_PADDED = 1L << 26;

    private static final long MOST_TIMES = 4;

    /**
     * Padding around a pool's input.
     *
     * @param before elements before each spatial axis
     * @param padding of what stands after, what the layer asks for
     * @param overhang of what stands after, what a last, partial window reaches beyond that
     */
    private record Margins(List<Long> before, List<Long> padding, List<Long> overhang) {
        static Margins of(Pooling layer, Node node, Layout layout) {
            Margins margins = new Margins(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < layer.window().rank(); i++) {
                WindowAxis axis = layer.window().axes().get(i);
                int size = layout.spatial(node.input(), i);
                long reached = (layout.spatial(node.shape(), i) - 1L) * axis.stride() + axis.extent();
                long after = Math.max(0, reached - size - axis.before(size));
                long padding = Math.min(after, axis.after(size));
                margins.before.add(axis.before(size));
                margins.padding.add(padding);
                margins.overhang.add(after - padding);
            }
            return margins;
        }

        List<Long> after() {
            return IntStream.range(0, padding.size())
                    .mapToObj(i -> padding.get(i) + overhang.get(i))
                    .toList();
        }

        boolean overhangs() {
            return overhang.stream().anyMatch(size -> size > 0);
        }
    }

    private Images images() {
        return new Images(draft, layout);
    }

    Operand pool(Pooling layer, Node node, Operand input) throws UnexportableException {
        Operand image = images().of(input);
        Margins margins = Margins.of(layer, node, layout);
        String pooled = layer.reduction() == Reduction.MAXIMUM
                ? maximum(layer.window(), node, image, margins)
                : average(layer, node, image, margins);
        return draft.result(pooled, node, image.order());
    }

    private String maximum(Window window, Node node, Operand image, Margins margins) throws UnexportableException {
        if (fits(window, margins.before, margins.after()) && everyWindowReads(window, margins)) {
            return slide("MaxPool", window, image.name(), margins.before, margins.after());
        }
        requireRoom(node, image, margins);
        String padded = images().pad(image.name(), margins.before, margins.after(), Double.NEGATIVE_INFINITY);
        return slide("MaxPool", window, padded, none(window), none(window));
    }

    private String average(Pooling layer, Node node, Operand image, Margins margins) throws UnexportableException {
        Window window = layer.window();
        boolean counts = layer.countIncludePad();
        if (fits(window, margins.before, margins.after())
                && !(counts && margins.overhangs())
                && (counts || everyWindowReads(window, margins))) {
            return slide(
                    "AveragePool",
                    window,
                    image.name(),
                    margins.before,
                    margins.after(),
                    Attributes.of("count_include_pad", counts ? 1 : 0));
        }
        requireRoom(node, image, margins);
        // The mean over the whole window, over the share of it that counts.
        List<Long> ones = new ArrayList<>(GraphDraft.ones(2));
        ones.addAll(image.sizes().subList(2, image.sizes().size()));
        String counted = draft.filled(1, ones);
        if (counts) {
            counted = images().pad(counted, margins.before, margins.padding, 1);
            counted = images().pad(counted, none(window), margins.overhang, 0);
        } else {
            counted = images().pad(counted, margins.before, margins.after(), 0);
        }
        String padded = images().pad(image.name(), margins.before, margins.after(), 0);
        String share = slide("AveragePool", window, counted, none(window), none(window));
        // Not 0 where nothing counts: the mean of nothing is 0.
        share = draft.add("Max", List.of(share, draft.scalar(0.5 / window.taps())));
        String mean = slide("AveragePool", window, padded, none(window), none(window));
        return draft.add("Div", List.of(mean, share));
    }

    /** Taps far apart reach far into the padding: what a description of a line says may be terabytes written out. */
    private void requireRoom(Node node, Operand image, Margins margins) throws UnexportableException {
        double elements = (double) draft.batch() * node.input().elements();
        double padded = (double) image.sizes().get(0) * image.sizes().get(1);
        for (int i = 0; i < margins.before.size(); i++) {
            padded *= (double) image.sizes().get(2 + i)
                    + margins.before.get(i)
                    + margins.after().get(i);
        }
        if (padded > MOST_PADDED && padded > MOST_TIMES * elements) {
            throw new UnexportableException(
                    node,
                    String.format(
                            Locale.ROOT,
                            "expected at most %,d elements with the padding, which is written out where windows reach so"
                                    + " far into it, got %,.0f",
                            MOST_PADDED,
                            padded));
        }
    }

    /** ONNX Runtime takes no padding as wide as the kernel, dilated or not. */
    private static boolean fits(Window window, List<Long> before, List<Long> after) {
        return IntStream.range(0, window.rank())
                .allMatch(i -> Math.max(before.get(i), after.get(i))
                        < window.axes().get(i).kernel());
    }

    /** Dilated taps may all miss the input; ONNX Runtime then divides by 0, or gives the lowest number but one. */
    private static boolean everyWindowReads(Window window, Margins margins) {
        return window.axes().stream().allMatch(axis -> axis.dilation() == 1)
                || Stream.concat(margins.before.stream(), margins.after().stream())
                        .allMatch(size -> size == 0);
    }

    private static List<Long> none(Window window) {
        return Collections.nCopies(window.rank(), 0L);
    }

    private String slide(
            String operator, Window window, String value, List<Long> before, List<Long> after, AttributeProto... more) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                Attributes.of(
                        "kernel_shape", Arrays.stream(window.kernel()).boxed().toList()),
                Attributes.of("strides", ConvolutionNodes.each(window, WindowAxis::stride)),
                Attributes.of(
                        "pads", Stream.concat(before.stream(), after.stream()).toList())));
        if (window.axes().stream().anyMatch(axis -> axis.dilation() > 1)) {
            attributes.add(Attributes.of("dilations", ConvolutionNodes.each(window, WindowAxis::dilation)));
        }
        Collections.addAll(attributes, more);
        return draft.add(operator, List.of(value), attributes.toArray(AttributeProto[]::new));
    }

    Operand adaptive(AdaptivePooling layer, Node node, Operand input) throws UnexportableException {
        int axes = node.input().rank() - 1;
        boolean average = layer.reduction() == Reduction.AVERAGE;
        if (layer.global()) {
            Operand pooled = global(average, node, input);
            return layer.keepDimensions() ? pooled : draft.result(draft.reshape(pooled.name(), channels(node)), node);
        }
        Operand image = images().of(input);
        if (axes <= 3 && divides(layer, node)) {
            List<Integer> windows = IntStream.range(0, axes)
                    .mapToObj(i ->
                            layout.spatial(node.input(), i) / layer.outputSize().get(i))
                    .toList();
            String pooled = draft.add(
                    average ? "AveragePool" : "MaxPool",
                    List.of(image.name()),
                    Attributes.of("kernel_shape", windows),
                    Attributes.of("strides", windows));
            return draft.result(pooled, node, image.order());
        }
        String pooled = image.name();
        List<Long> sizes = draft.result("", node, image.order()).sizes();
        for (int axis : images().shrinkingFirst(image.sizes(), sizes)) {
            pooled = pieces(average, node, pooled, axis, image.sizes().get(axis), sizes.get(axis));
        }
        return draft.result(pooled, node, image.order());
    }

    private List<Long> channels(Node node) {
        return List.of((long) draft.batch(), (long) layout.channels(node.input()));
    }

    private boolean divides(AdaptivePooling layer, Node node) {
        return IntStream.range(0, layer.outputSize().size())
                .allMatch(i ->
                        layout.spatial(node.input(), i) % layer.outputSize().get(i) == 0);
    }

    private Operand global(boolean average, Node node, Operand input) {
        int axes = node.input().rank() - 1;
        List<Integer> order = images().order(axes + 1);
        Operand pooled = input;
        for (int i = 0; i < axes; i++) {
            pooled = pooled.named("", layout.spatialAxis(i), 1);
        }
        if (input.order().equals(order) && axes <= 3) {
            String operator = average ? "GlobalAveragePool" : "GlobalMaxPool";
            return pooled.named(draft.add(operator, List.of(input.name())));
        }
        List<Integer> spatial = IntStream.range(0, axes)
                .mapToObj(i -> input.axis(layout.spatialAxis(i)))
                .toList();
        return pooled.named(draft.add(
                average ? "ReduceMean" : "ReduceMax",
                List.of(input.name(), draft.constant(spatial)),
                Attributes.of("keepdims", 1)));
    }

    /** Windows of different sizes: each is cut out and made one element, and these are put together again. */
    private String pieces(boolean average, Node node, String value, int axis, long in, long out)
            throws UnexportableException {
        if (in == out) {
            return value;
        }
        if (out > MOST_PIECES) {
            throw new UnexportableException(
                    node, "expected at most " + MOST_PIECES + " uneven windows along an axis, got " + out);
        }
        List<String> pieces = new ArrayList<>();
        for (long i = 0; i < out; i++) {
            String piece = draft.slice(value, axis, i * in / out, Math.ceilDiv((i + 1) * in, out), 1);
            pieces.add(draft.add(
                    average ? "ReduceMean" : "ReduceMax",
                    List.of(piece, draft.constant(axis)),
                    Attributes.of("keepdims", 1)));
        }
        return draft.add("Concat", pieces, Attributes.of("axis", axis));
    }
}
