package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.ConvolutionPlan;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.kernel.convolution.Operands;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.operator.HeadsAttention;
import dev.tally.kernel.operator.Matrices;
import dev.tally.kernel.operator.Operator;
import dev.tally.network.Attending;
import dev.tally.network.Attention;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import java.util.List;

/** Attention, with projections, which are dense layers, and without. */
final class Attentions {
    private Attentions() {}

    /**
     * {@return what makes attention ready}
     *
     * @throws UnsupportedNetworkException if a projection is too large, or no algorithm applies to it
     */
    static Maker of(Attending layer, Node node, Storage storage, Choice choice) throws UnsupportedNetworkException {
        Attending.Sizes sizes = layer.sizes(node.inputs());
        List<Shape> roles = Attending.roles(node.inputs());
        return switch (layer) {
            case Attention _ ->
                on -> heads(
                        sizes,
                        new Role(on.inputs().getFirst(), roles.getFirst()),
                        new Role(on.inputs().get(1), roles.get(1)),
                        new Role(on.inputs().getLast(), roles.getLast()),
                        new Role(on.output(), node.shape()),
                        on);
            case MultiHeadAttention _ -> {
                int keyFeatures = sizes.heads() * sizes.keyDim();
                int valueFeatures = sizes.heads() * sizes.valueDim();
                Shape attended = roles.getFirst().with(node.shape().rank() - 1, valueFeatures);
                Projections projections = new Projections(
                        Projection.of("query", roles.getFirst(), keyFeatures, node, storage, choice),
                        Projection.of("key", roles.get(1), keyFeatures, node, storage, choice),
                        Projection.of("value", roles.getLast(), valueFeatures, node, storage, choice),
                        Projection.of("output", attended, features(node.shape()), node, storage, choice));
                yield on -> projected(sizes, projections, attended, on);
            }
        };
    }

    /** Positions of features, and where they lie. */
    private record Role(Buffer buffer, Shape shape) {}

    private record Projections(Projection query, Projection key, Projection value, Projection output) {}

    private static int features(Shape shape) {
        return shape.size(shape.rank() - 1);
    }

    private static Operator projected(Attending.Sizes sizes, Projections by, Shape attended, Step on) {
        List<Buffer> inputs = on.inputs();
        Workspace workspace = on.setting().workspace();
        Role query = new Role(workspace.allocate(on.storage().elements(by.query.to)), by.query.to);
        Role key = new Role(workspace.allocate(on.storage().elements(by.key.to)), by.key.to);
        Role value = new Role(workspace.allocate(on.storage().elements(by.value.to)), by.value.to);
        Role met = new Role(workspace.allocate(on.storage().elements(attended)), attended);
        List<Operator> steps = List.of(
                by.query.plan(inputs.getFirst(), query.buffer, on),
                by.key.plan(inputs.get(Math.min(1, inputs.size() - 1)), key.buffer, on),
                by.value.plan(inputs.getLast(), value.buffer, on),
                heads(sizes, query, key, value, met, on),
                by.output.plan(met.buffer, on.output(), on));
        return () -> steps.forEach(Operator::run);
    }

    private static Operator heads(Attending.Sizes sizes, Role query, Role key, Role value, Role output, Step on) {
        int[] numbered = {on.storage().batch(), Math.toIntExact(sizes.sequences()), sizes.heads()};
        return new HeadsAttention(
                matrices(query, sizes.keyDim(), on.storage()),
                matrices(key, sizes.keyDim(), on.storage()),
                matrices(value, sizes.valueDim(), on.storage()),
                matrices(output, sizes.valueDim(), on.storage()),
                new HeadsAttention.Sizes(sizes.queries(), sizes.keys(), sizes.keyDim(), sizes.valueDim()),
                numbered,
                on.vectors(),
                on.pool());
    }

    /** {@return for each sample, sequence and head, the positions by that head's part of the features} */
    private static Matrices matrices(Role role, int ofHead, Storage storage) {
        int rank = role.shape.rank();
        long[] strides = storage.strides(role.shape);
        // Axes before the positions lie in their order, one inside of the other, so they are one.
        long sequence = rank > 2 ? strides[rank - 3] : 0;
        long[] apart = {role.shape.elements(), sequence, ofHead * strides[rank - 1]};
        return new Matrices(role.buffer, apart, strides[rank - 2], strides[rank - 1]);
    }

    /**
     * A dense layer that is a part of attention.
     *
     * @param name of its slots
     * @param to the shape of what it gives
     */
    private record Projection(String name, Shape to, Geometry geometry, ConvolutionAlgorithm algorithm) {
        static Projection of(String name, Shape from, int units, Node node, Storage storage, Choice choice)
                throws UnsupportedNetworkException {
            long positions = from.elements() / features(from);
            if (positions * units > Integer.MAX_VALUE / storage.batch()) {
                throw new UnsupportedNetworkException(
                        node,
                        "the projection \"%s\" of \"%s\": expected at most 2^31-1 elements, got %d × %d × %d"
                                .formatted(name, node.name(), storage.batch(), positions, units));
            }
            Geometry geometry = Geometries.dense(from, units, storage);
            return new Projection(name, from.with(from.rank() - 1, units), geometry, choice.of(node, geometry));
        }

        Operator plan(Buffer input, Buffer output, Step on) {
            try (Workspace given = new Workspace(on.setting().workspace().access())) {
                Buffer kernel = on.learned().buffer(on.node(), name + "Kernel", given);
                Buffer bias = Learned.slot(on.node(), name + "Bias").isPresent()
                        ? on.learned().buffer(on.node(), name + "Bias", given)
                        : null;
                Operands operands = new Operands(input, kernel, bias, output);
                ConvolutionPlan plan = algorithm.plan(geometry, operands, Rectifier.NONE, on.setting());
                return plan::run;
            }
        }
    }
}
