package dev.tally.analysis;

import dev.tally.analysis.LayerDraw.Kind;
import dev.tally.network.Attending;
import dev.tally.network.InvalidLayerException;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Normalizing;
import dev.tally.network.Reshape;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Graphs of a few layers on small images, drawn at random around a layer of a given kind. */
public final class SmallGraphDraw {
    private static final int MOST_ELEMENTS = 1_500;
    private static final List<Kind> BEFORE = List.of(
            Kind.CONVOLUTION,
            Kind.TRANSPOSED_CONVOLUTION,
            Kind.POOL,
            Kind.UPSAMPLE,
            Kind.RESIZE,
            Kind.PERMUTE,
            Kind.SLICE,
            Kind.CROP,
            Kind.PIXEL_UNSHUFFLE,
            Kind.CONCAT,
            Kind.LEARNED_TENSOR,
            Kind.GLOBAL_POOL);

    private final Random random;
    private final Layout layout;
    private final NetworkBuilder builder;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private SmallGraphDraw(Random random) {
        this.random = random;
        this.layout = pick(Layout.values());
        this.builder = new NetworkBuilder("drawn").layout(layout);
    }

    /** {@return a network with a layer of this kind, named as the kind; null where the draw did not fit} */
    public static @Nullable Network of(Kind kind, long seed) {
        return new SmallGraphDraw(
                        new Random(seed * 0x9E3779B97F4A7C15L + kind.name().hashCode()))
                .draw(kind);
    }

    private @Nullable Network draw(Kind kind) {
        int inputs = random.nextInt(3) == 0 ? 2 : 1;
        int channels = 1 + random.nextInt(4);
        for (int i = 0; i < inputs; i++) {
            Shape shape = layout.shape(channels, new int[] {between(9, 12), between(8, 10)});
            builder.input("input" + i, shape);
            grow("taker" + i, Kind.IDENTITY, "input" + i, shape);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            grow("before" + i, before());
        }
        grow(kind.name(), kind);
        if (!shapes.containsKey(kind.name())) {
            return null;
        }
        grow("after", pick(Kind.values()));
        return builder.build();
    }

    private Kind before() {
        return BEFORE.get(random.nextInt(BEFORE.size()));
    }

    private void grow(String name, Kind kind) {
        List<String> names = List.copyOf(shapes.keySet());
        String from = names.get(names.size() - 1 - random.nextInt(Math.min(2, names.size())));
        grow(name, kind, from, shapes.getOrDefault(from, Shape.of(1)));
    }

    /** Tries layers of the kind until one fits. */
    private void grow(String name, Kind kind, String from, Shape input) {
        for (int attempt = 0; attempt < 60; attempt++) {
            Layer layer = switch (kind) {
                case LEARNED_TENSOR -> new LearnedTensor(stretchable(input));
                case RESHAPE -> new Reshape(regrouped(input));
                default -> LayerDraw.of(kind, random.nextLong()).layer();
            };
            List<String> taken = new ArrayList<>();
            List<Shape> given = new ArrayList<>();
            int count = Math.min(layer.maximumInputs(), Math.max(layer.minimumInputs(), between(1, 3)));
            List<String> names = List.copyOf(shapes.keySet());
            for (int i = 0; i < count; i++) {
                String next = i == 0 || names.isEmpty() ? from : names.get(random.nextInt(names.size()));
                taken.add(next);
                given.add(next.equals(from) ? input : shapes.getOrDefault(next, input));
            }
            if (fits(layer, given)) {
                builder.layer(name, "drawn", layer, taken.toArray(String[]::new));
                shapes.put(name, layer.output(given, layout));
                return;
            }
        }
    }

    private boolean fits(Layer layer, List<Shape> given) {
        try {
            return layer.output(given, layout).elements() <= MOST_ELEMENTS && !isConstant(layer, given);
        } catch (InvalidLayerException e) {
            return false;
        }
    }

    /** The softmax of one element, and one brought to mean 0, are what they are whatever the element is. */
    private boolean isConstant(Layer layer, List<Shape> given) {
        Shape input = given.isEmpty() ? Shape.of(2) : given.getFirst();
        return switch (layer) {
            case Softmax softmax -> input.size(softmax.axis().index(input, layout)) == 1;
            case Attending attention -> attention.sizes(given).keys() == 1;
            case Normalizing norm -> norm.sets(input, layout) == input.elements();
            default -> false;
        };
    }

    /** Neighbouring axes made one, one cut in two, or one of size 1 more. */
    private List<Integer> regrouped(Shape shape) {
        List<Integer> sizes = new ArrayList<>(shape.sizes());
        int axis = random.nextInt(sizes.size());
        if (axis > 0 && random.nextInt(3) == 0) {
            int other = sizes.get(axis);
            sizes.set(axis - 1, sizes.get(axis - 1) * other);
            sizes.subList(axis, axis + 1).clear();
        } else if (random.nextBoolean() && sizes.get(axis) % 2 == 0) {
            sizes.set(axis, sizes.get(axis) / 2);
            sizes.add(axis + random.nextInt(2), 2);
        } else {
            sizes.add(axis, 1);
        }
        return sizes;
    }

    private Shape stretchable(Shape shape) {
        Shape stretchable = shape;
        for (int axis = 0; axis < shape.rank(); axis++) {
            stretchable = random.nextBoolean() ? stretchable.with(axis, 1) : stretchable;
        }
        return stretchable;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }
}
