package dev.tally.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.Assignment;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Input;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A layer on numbers written out by hand. Images are written channels first and given in both layouts; each element is
 * worked out by itself and all of them together. What comes of it is the same every time, or this fails.
 */
final class OneLayer {
    private final Layer layer;
    private final List<Shape> shapes = new ArrayList<>();
    private final List<double[]> inputs = new ArrayList<>();
    private final Map<String, double[]> weights = new HashMap<>();
    private int batch = 1;
    private boolean images = true;

    private OneLayer(Layer layer) {
        this.layer = layer;
    }

    static OneLayer of(Layer layer) {
        return new OneLayer(layer);
    }

    /** The next input, the first axis its channels. */
    OneLayer on(Shape shape, double... numbers) {
        shapes.add(shape);
        inputs.add(numbers);
        return this;
    }

    /** The inputs are sequences and no images: their last axis is that of the features, whatever the layout. */
    OneLayer sequences() {
        images = false;
        return this;
    }

    /** How many samples the inputs are of. */
    OneLayer batch(int samples) {
        batch = samples;
        return this;
    }

    /** What is learned, in the slot's own order. */
    OneLayer with(String slot, double... numbers) {
        weights.put(slot, numbers);
        return this;
    }

    /** {@return what it gives, channels first} */
    double[] gives() throws UnsupportedNetworkException {
        double[] given = gives(Layout.CHANNELS_FIRST);
        assertThat(gives(Layout.CHANNELS_LAST)).as("channels last").containsExactly(given);
        return given;
    }

    private double[] gives(Layout layout) throws UnsupportedNetworkException {
        NetworkBuilder builder = new NetworkBuilder("one").layout(layout).batch(batch);
        List<String> names = new ArrayList<>();
        for (Shape shape : shapes) {
            names.add("input" + names.size());
            builder.input(names.getLast(), declared(shape, layout));
        }
        Network network = builder.layer("layer", "layer", layer, names.toArray(String[]::new))
                .build();
        Node node = network.nodes().getFirst();
        assertThat(node.weights())
                .as("slots")
                .allSatisfy(slot -> assertThat(weights).containsKey(slot.name()));
        double[] whole = whole(network, layout);
        double[] alone = alone(network, layout);
        assertThat(alone).as("each by itself").containsExactly(whole);
        Shape shape = node.shape();
        return moves(layout) ? firstFromLast(whole, shape) : whole;
    }

    /** Rounded to floats at the end. */
    private double[] whole(Network network, Layout layout) throws UnsupportedNetworkException {
        try (Arena arena = Arena.ofShared()) {
            Map<Input, Tensor> tensors = new LinkedHashMap<>();
            for (int i = 0; i < shapes.size(); i++) {
                Input input = network.inputs().get(i);
                double[] numbers = numbers(i, layout);
                tensors.put(input, Tensor.allocate(arena, batch, input.shape()).fill(index ->
                        (float) numbers[(int) index]));
            }
            Assignment assignment = new Assignment(network, weights(), tensors, 2, Precision.FLOAT32, Set.of());
            try (PreparedNetwork prepared = new ReferenceEngine().prepare(assignment)) {
                Tensor output = Objects.requireNonNull(prepared.read(network.outputs(), arena)
                        .get(network.outputs().getFirst()));
                return IntStream.range(0, (int) output.elements())
                        .mapToDouble(output::at)
                        .toArray();
            }
        }
    }

    private double[] alone(Network network, Layout layout) {
        Node node = network.nodes().getFirst();
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            double[] numbers = numbers(i, layout);
            values.add(index -> (float) numbers[(int) index]);
        }
        Values output = ReferenceLayers.of(node, network, values, weights());
        return IntStream.range(0, (int) node.shape().elements() * batch)
                .mapToDouble(i -> (float) output.at(i))
                .toArray();
    }

    private Weights weights() {
        return (_, slot) -> {
            double[] numbers = Objects.requireNonNull(weights.get(slot.name()), slot.name());
            assertThat(numbers).as(slot.name()).hasSize((int) slot.shape().elements());
            FloatValues values = index -> (float) numbers[(int) index];
            return values;
        };
    }

    private boolean moves(Layout layout) {
        return images && layout == Layout.CHANNELS_LAST;
    }

    private Shape declared(Shape shape, Layout layout) {
        return moves(layout)
                ? layout.shape(
                        shape.size(0),
                        shape.sizes().stream()
                                .skip(1)
                                .mapToInt(Integer::intValue)
                                .toArray())
                : shape;
    }

    private double[] numbers(int input, Layout layout) {
        Shape shape = shapes.get(input);
        double[] first = inputs.get(input);
        assertThat(first).as("input " + input).hasSize((int) shape.elements() * batch);
        if (!moves(layout)) {
            return first;
        }
        int channels = shape.size(0);
        int positions = (int) shape.elements() / channels;
        double[] last = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            int sample = i / channels / positions;
            last[(sample * positions + i % positions) * channels + i / positions % channels] = first[i];
        }
        return last;
    }

    private static double[] firstFromLast(double[] last, Shape shape) {
        int channels = shape.size(shape.rank() - 1);
        int positions = (int) shape.elements() / channels;
        double[] first = new double[last.length];
        for (int i = 0; i < last.length; i++) {
            int sample = i / channels / positions;
            first[i] = last[(sample * positions + i % positions) * channels + i / positions % channels];
        }
        return first;
    }
}
