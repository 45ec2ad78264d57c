package dev.tally.engine.java;

import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.operator.Vectors;
import dev.tally.kernel.parallel.Pool;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import java.util.List;

/**
 * A layer that is being made ready.
 *
 * @param node the layer
 * @param inputs where what it takes lies
 * @param output where what it gives is to lie
 */
record Step(Node node, Storage storage, List<Buffer> inputs, Buffer output, Learned learned, Setting setting) {
    Buffer input() {
        return inputs.getFirst();
    }

    Shape shape() {
        return node.input();
    }

    Pool pool() {
        return setting.pool();
    }

    /** {@return with what products of activations are computed} */
    Vectors vectors() {
        return new Vectors(setting.lanes(), setting.registers(), setting.workspace());
    }

    /** {@return the planes of the first input: the channels of all samples} */
    int planes() {
        return Math.multiplyExact(storage.batch(), storage.channels(node.input()));
    }

    /** {@return the numbers of one of the layer's slots} */
    float[] numbers(String slot) {
        return learned.numbers(node, slot);
    }
}
