package dev.tally.engine.reference;

import dev.tally.network.Layout;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.Arrays;

/**
 * The places of the input that the taps of a window read for a position of the output, a tap at a time. Always three
 * spatial axes: those that a window lacks have one place and one tap.
 */
final class Taps {
    private static final int AXES = 3;

    /** Along one axis: what a tap reads. */
    private interface Reads {
        /** {@return a place of the input, which may lie outside of it} */
        long place(int position, int tap);
    }

    /** What is done with a tap. */
    interface Visit {
        /**
         * A tap.
         *
         * @param tap its row-major number in the kernel
         * @param place the row-major index, in the whole batch, of the first channel at the place that it reads; -1
         *     where it reads nothing
         */
        void tap(int tap, long place);
    }

    private final Reads[] reads = new Reads[AXES];
    private final int[] kernel = new int[AXES];
    private final int[] positions = new int[AXES];
    private final int[] sizes = new int[AXES];
    private final long[] strides = new long[AXES];
    private final long sample;
    private final int positionsOfSample;
    private final int count;

    private Taps(int[] kernel, Shape input, Shape output, Layout layout) {
        Grid grid = new Grid(1, input);
        Arrays.fill(reads, (Reads) (position, _) -> position);
        Arrays.fill(this.kernel, 1);
        Arrays.fill(positions, 1);
        Arrays.fill(sizes, 1);
        int missing = AXES - kernel.length;
        int taps = 1;
        int outputs = 1;
        for (int i = 0; i < kernel.length; i++) {
            this.kernel[missing + i] = kernel[i];
            positions[missing + i] = layout.spatial(output, i);
            sizes[missing + i] = layout.spatial(input, i);
            strides[missing + i] = grid.stride(Grid.axis(layout.spatialAxis(i)));
            taps = Math.multiplyExact(taps, kernel[i]);
            outputs = Math.multiplyExact(outputs, layout.spatial(output, i));
        }
        sample = input.elements();
        count = taps;
        positionsOfSample = outputs;
    }

    /** {@return those of a window that slides over the input} */
    static Taps sliding(Window window, Shape input, Shape output, Layout layout) {
        Taps taps = new Taps(window.kernel(), input, output, layout);
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            long before = axis.before(layout.spatial(input, i));
            taps.reads[AXES - window.rank() + i] =
                    (position, tap) -> (long) position * axis.stride() + (long) tap * axis.dilation() - before;
        }
        return taps;
    }

    /** {@return those of a transposed window: the elements of the input that a tap spreads to a position} */
    static Taps spreading(Window window, Shape input, Shape output, Layout layout) {
        Taps taps = new Taps(window.kernel(), input, output, layout);
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            long cut = axis.cutBefore();
            taps.reads[AXES - window.rank() + i] = (position, tap) -> {
                long distance = position + cut - (long) tap * axis.dilation();
                return distance % axis.stride() == 0 ? distance / axis.stride() : -1;
            };
        }
        return taps;
    }

    /** {@return how many taps there are} */
    int count() {
        return count;
    }

    /** {@return how many positions one sample of the output has} */
    int positions() {
        return positionsOfSample;
    }

    /**
     * Goes through the taps in row-major order.
     *
     * @param position the position of the output, row-major, samples outermost
     */
    void each(long position, Visit visit) {
        long first = position / positionsOfSample * sample;
        int rest = (int) (position % positionsOfSample);
        int x = rest % positions[2];
        int y = rest / positions[2] % positions[1];
        int z = rest / positions[2] / positions[1];
        int tap = 0;
        for (int i = 0; i < kernel[0]; i++) {
            long a = place(0, z, i);
            for (int j = 0; j < kernel[1]; j++) {
                long b = a < 0 ? -1 : place(1, y, j);
                for (int k = 0; k < kernel[2]; k++) {
                    long c = b < 0 ? -1 : place(2, x, k);
                    visit.tap(tap, c < 0 ? -1 : first + a + b + c);
                    tap++;
                }
            }
        }
    }

    /** {@return what a tap adds to the index; -1 where it reads nothing} */
    private long place(int axis, int position, int tap) {
        long place = reads[axis].place(position, tap);
        return place < 0 || place >= sizes[axis] ? -1 : place * strides[axis];
    }
}
