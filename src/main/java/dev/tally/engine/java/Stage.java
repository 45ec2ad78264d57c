package dev.tally.engine.java;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers that are computed at once: one that all is about, what is done to its input before, and what is done to its
 * results before they are stored.
 *
 * @param main the layer that it is about
 * @param layers all of them, in order; the last gives what is stored
 * @param before batch norms and rectifiers before the main one, in order
 * @param norms the batch norms after a layer that sums products, which go into its weights
 * @param residual what is added to the results; null for nothing
 * @param rectifier what is done to them then
 * @param pool an average pool after it, which is computed first: both are linear, and it leaves fewer pixels; null for
 *     none
 */
record Stage(
        Node main,
        List<Node> layers,
        List<Node> before,
        List<Node> norms,
        @Nullable Source residual,
        Rectifier rectifier,
        @Nullable Node pool) {
    Stage {
        layers = List.copyOf(layers);
        before = List.copyOf(before);
        norms = List.copyOf(norms);
    }

    /** {@return what is left where the input was rescaled and pooled before} */
    Stage withoutBefore() {
        return new Stage(main, layers, List.of(), norms, residual, rectifier, null);
    }

    /** {@return what gives what the stage reads first} */
    Source input() {
        return layers.getFirst().from().getFirst();
    }

    /** {@return what it stores} */
    Node output() {
        return layers.getLast();
    }
}
