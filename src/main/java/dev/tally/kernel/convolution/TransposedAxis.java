package dev.tally.kernel.convolution;

/**
 * A transposed convolution along one axis, the other way round: what an output position gathers. Position o gets from
 * input element i by tap k where {@code i · stride + k · dilation = o + before}. So positions of one remainder of
 * {@code o + before} by the stride, a phase, have the same taps, and neighbours among them read neighbouring elements.
 */
final class TransposedAxis {
    private final Axis axis;
    private final int before;
    private final int after;

    TransposedAxis(Axis axis) {
        this.axis = axis;
        long first = Math.floorDiv(axis.before() - (axis.extent() - 1), (long) axis.stride());
        long last = Math.floorDiv((long) axis.out() - 1 + axis.before(), (long) axis.stride());
        // Where they are too many for an int, so is what is read: nobody makes a plan of that.
        this.before = Math.clamp(-first, 0, Integer.MAX_VALUE);
        this.after = Math.clamp(last - (axis.in() - 1), 0, Integer.MAX_VALUE);
    }

    /** {@return the input with the zeros that are read around it, as an axis of one tap} */
    Axis padded() {
        return new Axis(
                axis.in(), Math.clamp((long) before + axis.in() + after, 1, Integer.MAX_VALUE), 1, 1, 1, before);
    }

    int phases() {
        return axis.stride();
    }

    int phaseOf(int position) {
        return (position + axis.before()) % axis.stride();
    }

    /** {@return the first output position of a phase} */
    int firstPosition(int phase) {
        return Math.floorMod(phase - axis.before(), axis.stride());
    }

    /** {@return how many output positions a phase has} */
    int positions(int phase) {
        return Math.max(0, Math.ceilDiv(axis.out() - firstPosition(phase), axis.stride()));
    }

    boolean hasTap(int phase, int tap) {
        return ((long) tap * axis.dilation() - phase) % axis.stride() == 0;
    }

    /** {@return how many pairs of an output position and a tap of its phase there are} */
    long pairs() {
        long pairs = 0;
        for (int phase = 0; phase < phases(); phase++) {
            for (int tap = 0; tap < axis.kernel(); tap++) {
                pairs += hasTap(phase, tap) ? positions(phase) : 0;
            }
        }
        return pairs;
    }

    /** {@return the place in the padded input that a position reads by its phase's tap} */
    int place(int position, int tap) {
        long element = ((long) position + axis.before() - (long) tap * axis.dilation()) / axis.stride();
        return Math.toIntExact(element + before);
    }
}
