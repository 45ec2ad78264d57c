package dev.tally.network;

/**
 * The canonical name of the work that a layer does: two layers with one key do the same arithmetic on the same shapes,
 * however they were written. Readable and stable:
 *
 * <pre>{@code conv k5x5 s1x1 d1x1 p2+2,2+2 f32 g1 bias | 28x28x16 | n1 float32 channels_last}</pre>
 *
 * the layer with its padding resolved, the shapes of its inputs, then batch, element type and layout.
 */
public record LayerKey(String text) {
    /** {@return the key of a layer of a network} */
    public static LayerKey of(Node node, Network network) {
        StringBuilder text = new StringBuilder(96);
        appendLayer(text, node, network.layout());
        for (Shape input : node.inputs()) {
            text.append(" | ");
            appendShape(text, input);
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
                appendWindow(text.append("conv"), c.window(), node.input(), layout);
                text.append(" f").append(c.filters(channels)).append(" g").append(c.groups(channels));
                text.append(c.bias() ? " bias" : "");
            }
            case Pooling p -> {
                appendWindow(text.append(poolName("", p.reduction())), p.window(), node.input(), layout);
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
            case Dense d -> text.append("dense u").append(d.units()).append(d.bias() ? " bias" : "");
            case BatchNorm n -> text.append("batch_norm e").append(n.epsilon());
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
            case Softmax s -> text.append("softmax a").append(s.axis().index(node.input(), layout));
            case Elementwise(Elementwise.Operator operator) ->
                text.append(
                        switch (operator) {
                            case ADD -> "add";
                        });
            case Concat c -> text.append("concat a").append(c.axis().index(node.input(), layout));
            case Flatten _ -> text.append("flatten");
            case Dropout _ -> text.append("dropout");
            case Identity _ -> text.append("identity");
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

    private static void appendWindow(StringBuilder text, Window window, Shape input, Layout layout) {
        StringBuilder strides = new StringBuilder(" s");
        StringBuilder dilations = new StringBuilder(" d");
        StringBuilder paddings = new StringBuilder(" p");
        text.append(" k");
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            int size = layout.spatial(input, i);
            text.append(i == 0 ? "" : "x").append(axis.kernel());
            strides.append(i == 0 ? "" : "x").append(axis.stride());
            dilations.append(i == 0 ? "" : "x").append(axis.dilation());
            paddings.append(i == 0 ? "" : ",")
                    .append(axis.before(size))
                    .append('+')
                    .append(axis.after(size));
        }
        text.append(strides).append(dilations).append(paddings);
    }

    @Override
    public String toString() {
        return text;
    }
}
