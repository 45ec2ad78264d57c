package dev.tally.network;

import dev.tally.network.Subnetworks.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The canonical name of the work that a layer, or a step, does: two with one key do the same arithmetic on the same
 * shapes, however they were written. Readable and stable:
 *
 * <pre>{@code conv k5x5 s1x1 d1x1 p2+2,2+2 f32 g1 bias + relu | 28x28x16 | n1 float32 channels_last}</pre>
 *
 * the layer with its padding resolved, with those that are applied on the way; the shapes of its inputs; then batch,
 * element type and layout. An input that is a learned tensor says so, and one that is taken before says as which:
 * {@code add | 8x8x4 | @1 | …} adds its first input to itself.
 */
public record LayerKey(String text) {
    /** {@return the key of a layer of a network} */
    public static LayerKey of(Node node, Network network) {
        return of(List.of(node), network);
    }

    /** {@return the key of a step: two have one key exactly where their networks have one hash} */
    public static LayerKey of(Step step) {
        return of(step.layers(), step.network());
    }

    /**
     * {@return the key of a step}
     *
     * @param layers its layers, as {@link Subnetworks#steps} gives them
     * @param network the network that they stand in
     */
    public static LayerKey of(List<Node> layers, Network network) {
        StringBuilder text = new StringBuilder(96);
        for (Node layer : layers) {
            appendLayer(text.append(text.isEmpty() ? "" : " + "), layer, network.layout());
        }
        Map<Source, Integer> taken = new HashMap<>();
        int place = 0;
        for (Source source : layers.getFirst().from()) {
            place++;
            Integer before = taken.putIfAbsent(source, place);
            text.append(" | ");
            if (before != null) {
                text.append('@').append(before);
            } else {
                text.append(source instanceof Node node && node.layer() instanceof LearnedTensor ? "learned " : "");
                appendShape(text, source.shape());
            }
        }
        return new LayerKey(text.append(" | ").append(context(network)).toString());
    }

    /** {@return what is common to the keys of a network's layers} */
    static String context(Network network) {
        return "n" + network.batch() + " " + network.dataType().id() + " "
                + network.layout().id();
    }

    /** Appends what the layer is, without its inputs' shapes. */
    static void appendLayer(StringBuilder text, Node node, Layout layout) {
        switch (node.layer()) {
            case Convolving c -> {
                // A depthwise convolution is one with as many groups as channels, and is written as that.
                int channels = layout.channels(node.input());
                appendWindow(text.append("conv"), c.window(), node.input(), layout, false);
                text.append(" f").append(c.filters(channels)).append(" g").append(c.groups(channels));
                text.append(c.bias() ? " bias" : "");
            }
            case Pooling p -> {
                appendWindow(text.append(poolName("", p.reduction())), p.window(), node.input(), layout, false);
                text.append(p.reachesOver(node.input(), layout) ? " ceil" : "");
                text.append(p.countIncludePad() && p.pads(node.input(), layout) ? " include_pad" : "");
            }
            case AdaptivePooling p -> {
                // A global pool is one to a single element; one that drops its axes says so.
                text.append(poolName("adaptive_", p.reduction()));
                for (int i = 0; i < node.input().rank() - 1; i++) {
                    text.append(' ').append(p.global() ? 1 : p.outputSize().get(i));
                }
                text.append(p.global() && !p.keepDimensions() ? " flat" : "");
            }
            case TransposedConvolution c -> {
                appendWindow(text.append("conv_transpose"), c.window(), node.input(), layout, true);
                text.append(" f").append(c.filters()).append(" g").append(c.groups());
                text.append(c.outputPadding().stream().allMatch(extra -> extra == 0) ? "" : " o" + c.outputPadding());
                text.append(c.bias() ? " bias" : "");
            }
            case Dense d -> text.append("dense u").append(d.units()).append(d.bias() ? " bias" : "");
            case MatMul m -> text.append("matmul").append(m.transposeSecond() ? " transpose" : "");
            case Attention a -> text.append("attention h").append(a.heads());
            case MultiHeadAttention a -> {
                Attending.Sizes sizes = a.sizes(node.inputs());
                text.append("multi_head_attention h").append(a.heads());
                text.append(" k").append(sizes.keyDim()).append(" v").append(sizes.valueDim());
                text.append(a.bias() ? " bias" : "");
            }
            case Embedding e ->
                text.append("embedding v").append(e.vocabulary()).append(" u").append(e.units());
            case LearnedTensor t -> appendShape(text.append("learned "), t.shape());
            case BatchNorm n -> text.append("batch_norm e").append(n.epsilon());
            case LayerNorm n ->
                appendNorm(text.append("layer_norm a").append(n.first().index(node.input(), layout)), n, n.epsilon());
            case RmsNorm n ->
                appendNorm(text.append("rms_norm a").append(n.first().index(node.input(), layout)), n, n.epsilon());
            case GroupNorm n -> appendNorm(text.append("group_norm g").append(n.groups()), n, n.epsilon());
            // An instance norm is a group norm with as many groups as channels, and is written as that.
            case InstanceNorm n ->
                appendNorm(text.append("group_norm g").append(layout.channels(node.input())), n, n.epsilon());
            case LocalResponseNorm n ->
                text.append("lrn n")
                        .append(n.size())
                        .append(" a")
                        .append(n.alpha())
                        .append(" b")
                        .append(n.beta())
                        .append(" k")
                        .append(n.bias());
            case Activation(ActivationFunction function) -> text.append(function.id());
            case ParametricRelu r -> text.append("prelu").append(r.perChannel() ? " channels" : "");
            case GatedLinearUnit g -> text.append("glu a").append(g.axis().index(node.input(), layout));
            case Softmax s ->
                text.append(s.logarithm() ? "log_softmax a" : "softmax a")
                        .append(s.axis().index(node.input(), layout));
            case Elementwise(Elementwise.Operator operator) -> text.append(operator.id());
            case Reduce r -> {
                boolean[] reduced = r.reduced(node.input(), layout);
                text.append("reduce_").append(r.operator().id());
                for (int axis = 0; axis < reduced.length; axis++) {
                    text.append(reduced[axis] ? " a" + axis : "");
                }
                text.append(r.keepDimensions() ? " keep" : "");
            }
            case Concat c -> text.append("concat a").append(c.axis().index(node.input(), layout));
            case Split s -> {
                // A part is a slice, and is written as that.
                int axis = s.axis().index(node.input(), layout);
                int size = node.input().size(axis) / s.parts();
                appendSlice(text, axis, s.index() * size, size, 1);
            }
            case Slice s -> {
                int axis = s.axis().index(node.input(), layout);
                appendSlice(
                        text,
                        axis,
                        s.first(node.input().size(axis)),
                        node.shape().size(axis),
                        s.step());
            }
            case Crop c -> appendMargins(text.append("crop"), c.margins(), node.input());
            case Pad p -> appendMargins(text.append("pad ").append(p.mode().id()), p.padding(), node.input());
            case Resampling r -> {
                // Whatever factor or size was asked for: what becomes of the input.
                text.append("resize ").append(r.interpolation().id()).append(' ');
                appendShape(text, node.shape());
            }
            case PixelShuffle p -> text.append("pixel_shuffle r").append(p.factor());
            case PixelUnshuffle p -> text.append("pixel_unshuffle r").append(p.factor());
            case ChannelShuffle c -> text.append("channel_shuffle g").append(c.groups());
            case Roll r ->
                text.append("roll a")
                        .append(r.axis().index(node.input(), layout))
                        .append(" s")
                        .append(r.shift());
            case Flatten _ -> text.append("flatten");
            case Reshape _ -> appendShape(text.append("reshape "), node.shape());
            case Permute p -> text.append("permute ").append(p.order());
            case Dropout _ -> text.append("dropout");
            case Identity _ -> text.append("identity");
        }
    }

    private static void appendNorm(StringBuilder text, Normalizing norm, double epsilon) {
        text.append(" e").append(epsilon).append(norm.scaled() ? " gamma" : "").append(norm.shifted() ? " beta" : "");
    }

    private static void appendSlice(StringBuilder text, int axis, int first, int count, int step) {
        text.append("slice a")
                .append(axis)
                .append(" @")
                .append(first)
                .append(" n")
                .append(count);
        text.append(step == 1 || count == 1 ? "" : " s" + step);
    }

    private static void appendMargins(StringBuilder text, List<Padding.Explicit> margins, Shape input) {
        for (int i = 0; i < input.rank() - 1; i++) {
            Padding.Explicit margin = Padding.Explicit.of(margins, i, input.rank() - 1);
            text.append(i == 0 ? " p" : ",").append(margin.before()).append('+').append(margin.after());
        }
    }

    static void appendShape(StringBuilder text, Shape shape) {
        for (int i = 0; i < shape.rank(); i++) {
            text.append(i == 0 ? "" : "x").append(shape.size(i));
        }
    }

    private static String poolName(String prefix, Reduction reduction) {
        return prefix
                + switch (reduction) {
                    case MAXIMUM -> "max_pool";
                    case AVERAGE -> "avg_pool";
                };
    }

    private static void appendWindow(
            StringBuilder text, Window window, Shape input, Layout layout, boolean transposed) {
        appendNumbers(text.append(" k"), window, WindowAxis::kernel);
        appendNumbers(text.append(" s"), window, WindowAxis::stride);
        appendNumbers(text.append(" d"), window, WindowAxis::dilation);
        text.append(" p");
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            int size = layout.spatial(input, i);
            text.append(i == 0 ? "" : ",")
                    .append(transposed ? axis.cutBefore() : axis.before(size))
                    .append('+')
                    .append(transposed ? axis.cutAfter() : axis.after(size));
        }
    }

    private static void appendNumbers(StringBuilder text, Window window, ToIntFunction<WindowAxis> number) {
        for (int i = 0; i < window.rank(); i++) {
            text.append(i == 0 ? "" : "x")
                    .append(number.applyAsInt(window.axes().get(i)));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
