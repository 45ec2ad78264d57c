package dev.tally.engine.java;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.network.Node;
import dev.tally.network.WeightSlot;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** What layers store, brought where kernels read it. */
record Learned(Weights weights) {
    private static final int CHUNK = 1 << 14;

    static Optional<WeightSlot> slot(Node node, String name) {
        return node.weights().stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    private static WeightSlot required(Node node, String name) {
        return slot(node, name).orElseThrow(() -> new IllegalStateException(node + " has no " + name));
    }

    /** {@return the numbers of one of a layer's slots} */
    float[] numbers(Node node, String name) {
        WeightSlot slot = required(node, name);
        float[] numbers = new float[Math.toIntExact(slot.shape().elements())];
        weights.of(node, slot).copy(0, numbers, numbers.length);
        return numbers;
    }

    /** {@return the numbers of one of a layer's slots, read when they are asked for} */
    LazyNumbers lazily(Node node, String name) {
        WeightSlot slot = required(node, name);
        return new LazyNumbers(weights.of(node, slot), slot.shape().elements());
    }

    /** {@return a buffer with the numbers of one of a layer's slots} */
    Buffer buffer(Node node, String name, Workspace workspace) {
        WeightSlot slot = required(node, name);
        FloatValues values = weights.of(node, slot);
        long elements = slot.shape().elements();
        Buffer buffer = workspace.allocate(elements);
        float[] chunk = new float[(int) Math.min(elements, CHUNK)];
        for (long at = 0; at < elements; at += chunk.length) {
            int count = (int) Math.min(chunk.length, elements - at);
            values.copy(at, chunk, count);
            MemorySegment.copy(chunk, 0, buffer.data(), ValueLayout.JAVA_FLOAT, at * Float.BYTES, count);
        }
        return buffer;
    }
}
