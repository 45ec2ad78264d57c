package dev.tally.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Graphs of all kinds of layers on small shapes, drawn at random: branches, joins, views, several inputs and outputs.
 */
final class GraphDraw {
    private final Random random;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<LayerDraft> drafts = new ArrayList<>();

    private GraphDraw(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    static Network of(long seed) {
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

    private void grow(String name) {
        String from = recent();
        Shape shape = shapes.getOrDefault(from, Shape.of(1));
        boolean image = shape.rank() == 3;
        switch (random.nextInt(12)) {
            case 0, 1 -> add(name, image ? Layers.conv(1 + random.nextInt(4), 1) : Layers.dense(20), from);
            case 2, 3 -> add(name, Layers.relu(), from);
            case 4 -> add(name, Layers.batchNorm(), from);
            case 5 -> add(name, random.nextBoolean() ? new Dropout(0.1) : new Identity(), from);
            case 6 -> add(name, new Flatten(), from);
            case 7, 8 -> add(name, Layers.add(), from, like(shape), like(shape));
            case 9 -> add(name, Layers.concat(), from, like(shape));
            case 10 ->
                add(
                        name,
                        random.nextBoolean() ? new Softmax(Axis.of(-1), false) : new LocalResponseNorm(3, 1, 1, 1),
                        from);
            default ->
                add(
                        name,
                        image && shape.size(0) > 1 ? Layers.maxPool(2) : new Dense(1 + random.nextInt(9), true),
                        from);
        }
    }

    private void add(String name, Layer layer, String... from) {
        List<Shape> inputs = new ArrayList<>();
        for (String source : from) {
            inputs.add(shapes.getOrDefault(source, Shape.of(1)));
        }
        drafts.add(new LayerDraft(name, "drawn", layer, List.of(from)));
        shapes.put(name, layer.output(inputs, Layout.CHANNELS_LAST));
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

    private List<String> endsAndSomeOthers() {
        return drafts.stream()
                .map(LayerDraft::name)
                .filter(name ->
                        drafts.stream().noneMatch(draft -> draft.from().contains(name)) || random.nextInt(5) == 0)
                .toList();
    }
}
