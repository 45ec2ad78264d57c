package dev.tally.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Graphs of all kinds of layers on small shapes, drawn at random: branches, joins, views, several inputs and outputs.
 */
public final class GraphDraw {
    private static final int MOST_ELEMENTS = 2_000;

    private final Random random;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<LayerDraft> drafts = new ArrayList<>();

    private GraphDraw(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    public static Network of(long seed) {
        return new GraphDraw(seed).draw();
    }

    private Network draw() {
        NetworkBuilder builder = new NetworkBuilder("drawn");
        int inputs = 1 + random.nextInt(2);
        for (int i = 0; i < inputs; i++) {
            Shape shape = Shape.of(4, 4, 1 + random.nextInt(3));
            shapes.put("input" + i, shape);
            builder.input("input" + i, shape);
            add("taker" + i, Layers.conv(1 + random.nextInt(3), 1), "input" + i);
        }
        int layers = 1 + random.nextInt(14);
        for (int i = 0; i < layers; i++) {
            grow("layer" + i);
        }
        drafts.forEach(builder::layer);
        if (random.nextInt(3) == 0) {
            builder.outputs(endsAndSomeOthers());
        }
        return builder.build();
    }

    /** Adds a layer; an activation where the one that was drawn does not fit. */
    private void grow(String name) {
        String from = recent();
        Shape shape = shapes.getOrDefault(from, Shape.of(1));
        Layer layer = layer(shape);
        List<String> taken = new ArrayList<>();
        int inputs = Math.min(layer.maximumInputs(), layer.minimumInputs() + random.nextInt(2));
        while (taken.size() < inputs) {
            taken.add(taken.isEmpty() ? from : layer instanceof Elementwise ? stretchable(shape) : like(shape));
        }
        Collections.shuffle(taken, random);
        if (fits(layer, taken)) {
            add(name, layer, taken.toArray(String[]::new));
        } else {
            add(name, Layers.relu(), from);
        }
    }

    private boolean fits(Layer layer, List<String> taken) {
        try {
            return output(layer, taken).elements() <= MOST_ELEMENTS;
        } catch (InvalidLayerException e) {
            return false;
        }
    }

    private Layer layer(Shape shape) {
        boolean image = shape.rank() == 3;
        return switch (random.nextInt(8)) {
            case 0 -> image ? Layers.conv(1 + random.nextInt(4), 1) : Layers.dense(1 + random.nextInt(20));
            case 1 -> pick(Layers.relu(), new ParametricRelu(true), Layers.batchNorm());
            case 2 -> pick(new Dropout(0.1), new Identity(), new Flatten(), new Reshape(List.of(2, -1)));
            case 3, 4 -> new Elementwise(pick(Elementwise.Operator.values()));
            case 5 -> rearranging();
            case 6 -> image ? onImages() : arithmetic();
            default -> random.nextInt(3) == 0 ? new LearnedTensor(shape.with(0, 1)) : arithmetic();
        };
    }

    private Layer rearranging() {
        Axis axis = Axis.of(random.nextInt(2));
        return pick(
                Layers.concat(),
                new Split(axis, 2, random.nextInt(2)),
                new Slice(axis, 1, OptionalInt.empty(), 2),
                new Crop(List.of(new Padding.Explicit(1, 0))),
                new Pad(List.of(new Padding.Explicit(1, 0)), Pad.Mode.ZEROS),
                new Permute(List.of(1, 0, 2)),
                new Permute(List.of(1, 0)),
                new PixelShuffle(2),
                new PixelUnshuffle(2),
                new ChannelShuffle(1),
                new Roll(axis, 1));
    }

    private Layer onImages() {
        return pick(
                Layers.maxPool(2),
                Layers.globalAverage(),
                new TransposedConvolution(
                        2, Layers.square(2, 2, Padding.VALID), List.of(0, 0), 1, random.nextBoolean()),
                new DepthwiseConvolution(2, Layers.square(1, 1, Padding.VALID), false),
                new LocalResponseNorm(3, 1, 1, 1),
                new InstanceNorm(true, 1e-5),
                new GroupNorm(1, true, 1e-5),
                new Upsample(List.of(2), Resampling.Interpolation.LINEAR),
                new Resize(List.of(3), Resampling.Interpolation.NEAREST));
    }

    private Layer arithmetic() {
        return pick(
                new Dense(1 + random.nextInt(9), true),
                new Softmax(Axis.of(-1), false),
                new LayerNorm(Axis.of(-1), true, true, 1e-5),
                new RmsNorm(Axis.of(-1), true, 1e-5),
                new GatedLinearUnit(Axis.of(-1)),
                new Reduce(Reduce.Operator.SUM, List.of(Axis.of(0)), random.nextBoolean()),
                new MatMul(random.nextBoolean()),
                new Attention(1),
                new MultiHeadAttention(1, OptionalInt.empty(), OptionalInt.empty(), true),
                new Embedding(9, 2));
    }

    private void add(String name, Layer layer, String... from) {
        drafts.add(new LayerDraft(name, "drawn", layer, List.of(from)));
        shapes.put(name, output(layer, List.of(from)));
    }

    private Shape output(Layer layer, List<String> from) {
        List<Shape> inputs = new ArrayList<>();
        for (String source : from) {
            inputs.add(shapes.getOrDefault(source, Shape.of(1)));
        }
        return layer.output(inputs, Layout.CHANNELS_LAST);
    }

    /** Most graphs are deep: the last few sources are the likeliest. */
    private String recent() {
        List<String> names = List.copyOf(shapes.keySet());
        int back = random.nextInt(random.nextInt(3) == 0 ? names.size() : Math.min(3, names.size()));
        return names.get(names.size() - 1 - back);
    }

    private String like(Shape shape) {
        List<String> fitting = shapes.entrySet().stream()
                .filter(entry -> entry.getValue().equals(shape))
                .map(Map.Entry::getKey)
                .toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private String stretchable(Shape shape) {
        List<String> fitting = shapes.entrySet().stream()
                .filter(entry -> shape.broadcast(entry.getValue()) != null)
                .map(Map.Entry::getKey)
                .toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private List<String> endsAndSomeOthers() {
        return drafts.stream()
                .map(LayerDraft::name)
                .filter(name ->
                        drafts.stream().noneMatch(draft -> draft.from().contains(name)) || random.nextInt(5) == 0)
                .toList();
    }
}
