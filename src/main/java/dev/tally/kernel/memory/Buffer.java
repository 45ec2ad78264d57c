package dev.tally.kernel.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Floats in native memory, aligned to {@value Workspace#ALIGNMENT} bytes.
 *
 * @param data the floats, with bounds
 */
public record Buffer(MemorySegment data) implements Numbers {
    /** {@return where it begins, for kernels} */
    public long address() {
        return data.address();
    }

    /** {@return how many bytes it has} */
    public long bytes() {
        return data.byteSize();
    }

    @Override
    public long count() {
        return bytes() / Float.BYTES;
    }

    /** {@return the float at an index, from 0 on} */
    @Override
    public float get(long index) {
        return data.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    /** Sets the float at an index, from 0 on. */
    public void set(long index, float value) {
        data.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
    }
}
