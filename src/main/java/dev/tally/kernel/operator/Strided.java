package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The elements of a buffer in another order: some of them left out, some repeated, axes swapped. */
public final class Strided {
    private final Buffer buffer;
    private final long first;
    private final int[] sizes;
    private final long[] strides;

    /**
     * Elements of a buffer.
     *
     * @param buffer where they lie
     * @param first the first of them
     * @param sizes of the axes in which they are gone through, the last one fastest
     * @param strides how far neighbours along each axis are apart in the buffer; 0 where an element is repeated
     */
    public Strided(Buffer buffer, long first, int[] sizes, long[] strides) {
        this.buffer = buffer;
        this.first = first;
        int kept = 0;
        int[] mergedSizes = new int[sizes.length + 1];
        long[] mergedStrides = new long[sizes.length + 1];
        mergedSizes[0] = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 1) {
                continue;
            }
            long both = (long) mergedSizes[kept] * sizes[axis];
            boolean one = mergedSizes[kept] == 1 || mergedStrides[kept] == strides[axis] * sizes[axis];
            if (one && both <= Integer.MAX_VALUE) {
                mergedSizes[kept] = (int) both;
            } else {
                kept++;
                mergedSizes[kept] = sizes[axis];
            }
            mergedStrides[kept] = strides[axis];
        }
        this.sizes = Arrays.copyOf(mergedSizes, kept + 1);
        this.strides = Arrays.copyOf(mergedStrides, kept + 1);
        long last = first;
        for (int axis = 0; axis <= kept; axis++) {
            last += (this.sizes[axis] - 1) * this.strides[axis];
        }
        if (first < 0 || last >= buffer.bytes() / Float.BYTES) {
            throw new IllegalArgumentException("expected elements of a buffer of " + buffer.bytes() / Float.BYTES
                    + ", got some from " + first + " to " + last);
        }
    }

    /** {@return how many elements there are} */
    public long elements() {
        long product = 1;
        for (int size : sizes) {
            product *= size;
        }
        return product;
    }

    /** Copies elements into an array, from one on. */
    void read(long from, float[] into, int count) {
        int inner = sizes.length - 1;
        int[] at = new int[sizes.length];
        long place = first;
        long rest = from;
        for (int axis = inner; axis >= 0; axis--) {
            at[axis] = (int) (rest % sizes[axis]);
            rest /= sizes[axis];
            place += at[axis] * strides[axis];
        }
        int done = 0;
        while (done < count) {
            int run = Math.min(count - done, sizes[inner] - at[inner]);
            row(place, into, done, run);
            done += run;
            at[inner] += run;
            place += run * strides[inner];
            for (int axis = inner; axis > 0 && at[axis] == sizes[axis]; axis--) {
                place += strides[axis - 1] - sizes[axis] * strides[axis];
                at[axis] = 0;
                at[axis - 1]++;
            }
        }
    }

    private void row(long place, float[] into, int at, int count) {
        long stride = strides[strides.length - 1];
        if (stride == 1) {
            Floats.read(buffer, place, into, at, count);
        } else if (stride == 0) {
            Arrays.fill(into, at, at + count, buffer.get(place));
        } else {
            for (int i = 0; i < count; i++) {
                into[at + i] = buffer.data().getAtIndex(ValueLayout.JAVA_FLOAT, place + i * stride);
            }
        }
    }
}
