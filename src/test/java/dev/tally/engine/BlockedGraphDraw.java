package dev.tally.engine;

import dev.tally.analysis.LayerDraw;
import dev.tally.analysis.LayerDraw.Kind;
import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Elementwise;
import dev.tally.network.InvalidLayerException;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Padding;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Graphs of convolutions whose channels come in multiples of 16, with layers of all kinds in between, drawn at random.
 * ONNX Runtime keeps such images in blocks of 8 or 16 channels, and reorders them before what has no kernel for that.
 */
public final class BlockedGraphDraw {
    private static final int MOST_ELEMENTS = 20_000;

    private final Random random;
    private final Layout layout;
    private final int axes;
    private final NetworkBuilder builder;
    private final List<String> names = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();

    private BlockedGraphDraw(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        layout = random.nextBoolean() ? Layout.CHANNELS_FIRST : Layout.CHANNELS_LAST;
        axes = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 2;
        builder = new NetworkBuilder("blocked").layout(layout).batch(1 + random.nextInt(2));
    }

    public static Network of(long seed) {
        return new BlockedGraphDraw(seed).draw();
    }

    private Network draw() {
        int[] sizes = random.ints(axes, 5, axes == 3 ? 7 : 12).toArray();
        Shape input = layout.shape(3 + random.nextInt(2) * 13, sizes);
        builder.input("input", input);
        names.add("input");
        shapes.add(input);
        add(new Convolution(32, window(), 1, random.nextBoolean()), "input", input);
        int layers = 2 + random.nextInt(5);
        for (int i = 0; i < layers; i++) {
            grow();
        }
        return builder.build();
    }

    private void grow() {
        int last = names.size() - 1;
        int from = Math.max(0, last - random.nextInt(2));
        Shape input = shapes.get(from);
        boolean image = input.rank() == axes + 1;
        int channels = layout.channels(input);
        for (int attempt = 0; attempt < 60; attempt++) {
            Layer layer = switch (random.nextInt(8)) {
                case 0, 1 -> new Convolution(16 * (1 + random.nextInt(2)), window(), groups(channels), true);
                case 2 -> new DepthwiseConvolution(1, window(), random.nextBoolean());
                case 3 -> random.nextBoolean() ? new BatchNorm(1e-5) : relu();
                case 4 -> new Elementwise(pick(Elementwise.Operator.values()));
                case 5 -> new Concat(Axis.CHANNELS);
                case 6 -> LayerDraw.of(Kind.POOL, random.nextLong()).layer();
                default -> LayerDraw.of(pick(Kind.values()), random.nextLong()).layer();
            };
            if (layer.minimumInputs() <= 1 || layer.maximumInputs() >= 2) {
                if (layer.maximumInputs() >= 2 && layer.minimumInputs() <= 2 && image) {
                    if (fits(layer, List.of(input, shapes.get(last)))) {
                        add(layer, List.of(names.get(from), names.get(last)), List.of(input, shapes.get(last)));
                        return;
                    }
                } else if (fits(layer, List.of(input))) {
                    add(layer, names.get(from), input);
                    return;
                }
            }
        }
    }

    private int groups(int channels) {
        return channels % 4 == 0 && random.nextInt(3) == 0 ? 4 : 1;
    }

    private static Layer relu() {
        return new Activation(ActivationFunction.RELU);
    }

    private boolean fits(Layer layer, List<Shape> inputs) {
        try {
            return inputs.size() >= layer.minimumInputs()
                    && inputs.size() <= layer.maximumInputs()
                    && layer.output(inputs, layout).elements() <= MOST_ELEMENTS;
        } catch (InvalidLayerException e) {
            return false;
        }
    }

    private void add(Layer layer, String from, Shape input) {
        add(layer, List.of(from), List.of(input));
    }

    private void add(Layer layer, List<String> from, List<Shape> inputs) {
        String name = "layer" + names.size();
        builder.layer(name, "drawn", layer, from.toArray(String[]::new));
        names.add(name);
        shapes.add(layer.output(inputs, layout));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private Window window() {
        List<WindowAxis> windows = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            Padding padding = switch (random.nextInt(4)) {
                case 0 -> Padding.SAME_LOWER;
                case 1 -> new Padding.Explicit(random.nextInt(4), random.nextInt(4));
                default -> Padding.SAME;
            };
            windows.add(new WindowAxis(1 + random.nextInt(3), 1 + random.nextInt(2), 1 + random.nextInt(2), padding));
        }
        return new Window(windows);
    }
}
