package dev.tally.tensor;

import dev.tally.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A float32 tensor in native memory, row-major: the batch outermost, then the axes of its shape in their order. It
 * lives as long as the arena that it was allocated in.
 *
 * @param batch how many samples it holds, at least 1
 * @param shape the sizes of one sample's axes
 * @param data {@code batch · shape.elements()} floats in the machine's byte order, aligned to {@value #ALIGNMENT} bytes
 */
public record Tensor(int batch, Shape shape, MemorySegment data) implements FloatValues {
    /** In bytes: a cache line, and the longest vector register. */
    public static final int ALIGNMENT = 64;

    public Tensor {
        Objects.checkIndex(0, batch);
        long expected = Math.multiplyExact(Math.multiplyExact(shape.elements(), (long) batch), (long) Float.BYTES);
        if (data.byteSize() != expected) {
            throw new IllegalArgumentException(
                    batch + " × " + shape + " takes " + expected + " bytes, got " + data.byteSize());
        }
    }

    /** {@return a tensor of zeros in an arena} */
    public static Tensor allocate(Arena arena, int batch, Shape shape) {
        long bytes = Math.multiplyExact(Math.multiplyExact(shape.elements(), (long) batch), (long) Float.BYTES);
        return new Tensor(batch, shape, arena.allocate(bytes, ALIGNMENT));
    }

    /** {@return how many numbers it holds, all samples together} */
    public long elements() {
        return data.byteSize() / Float.BYTES;
    }

    @Override
    public float at(long index) {
        return data.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    /** Puts a number at a row-major index. */
    public void set(long index, float value) {
        data.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
    }

    /** {@return this tensor, filled with the numbers at the same indices} */
    public Tensor fill(FloatValues values) {
        for (long i = 0; i < elements(); i++) {
            set(i, values.at(i));
        }
        return this;
    }

    @Override
    public String toString() {
        return batch + " × " + shape;
    }
}
