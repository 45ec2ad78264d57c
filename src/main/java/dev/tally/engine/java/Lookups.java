package dev.tally.engine.java;

import dev.tally.engine.EngineException;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.operator.Strided;
import dev.tally.kernel.operator.VectorLookup;
import dev.tally.network.Embedding;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.tensor.TokenInputs;

/** Layers that give what they stored. */
final class Lookups {
    private Lookups() {}

    /**
     * {@return what makes an embedding ready}
     *
     * @throws UnsupportedNetworkException if what it looks up is computed: numbers of no entries, as a rule
     */
    static Maker of(Embedding layer, Node node) throws UnsupportedNetworkException {
        if (TokenInputs.origin(node) == null) {
            throw new UnsupportedNetworkException(
                    node,
                    "the embedding \"%s\": expected an input of the network as what it looks up, got numbers computed by"
                                    .formatted(node.name())
                            + " \"" + node.from().getFirst().name() + "\"");
        }
        return on -> looked(layer, on);
    }

    /** Positions of the output lie in their order in either layout, since it is the vectors that are last. */
    private static Operator looked(Embedding layer, Step on) {
        Shape shape = on.shape();
        int[] sizes = new int[shape.rank() + 1];
        long[] strides = new long[shape.rank() + 1];
        sizes[0] = on.storage().batch();
        strides[0] = shape.elements();
        for (int axis = 0; axis < shape.rank(); axis++) {
            sizes[axis + 1] = shape.size(axis);
            strides[axis + 1] = on.storage().strides(shape)[axis];
        }
        Operator lookup = new VectorLookup(
                new Strided(on.input(), 0, sizes, strides),
                Math.toIntExact(shape.elements()),
                on.learned().buffer(on.node(), "table", on.setting().workspace()),
                layer.vocabulary(),
                layer.units(),
                on.storage().layout() == Layout.CHANNELS_FIRST,
                on.output(),
                on.pool());
        return () -> {
            try {
                lookup.run();
            } catch (IllegalArgumentException e) {
                throw new EngineException(on.node().name() + " " + e.getMessage(), e);
            }
        };
    }

    /** A learned tensor is there before anything runs, and nothing changes it. */
    static Operator learnedTensor(Step on) {
        float[] numbers = on.numbers("tensor");
        Shape shape = on.node().shape();
        on.storage()
                .order(shape)
                .forEach((own, declared) -> on.output().set(own, numbers[(int) (declared % shape.elements())]));
        return () -> {};
    }
}
