package dev.tally.analysis;

import dev.tally.network.GreatestCommonDivisor;
import java.util.Arrays;

/** How much of one axis of one input an element of a tensor sees. */
sealed interface Reach {
    Reach WHOLE = new Whole();

    /** The most phases that are followed; patterns that repeat later than that are unknown. */
    int MOST_PHASES = 64;

    /** What a layer does to elements that move along an axis of its input. */
    @FunctionalInterface
    interface Change {
        Reach of(Moving moving);
    }

    /** {@return what becomes of a reach in a layer that does so; what moves with no axis stays as it is} */
    static Reach changed(Reach reach, Change change) {
        return switch (reach) {
            case Moving moving -> change.of(moving);
            case Unknown unknown -> unknown.through(change);
            case Fixed _, Whole _ -> reach;
        };
    }

    /** All of the axis. */
    record Whole() implements Reach {}

    /**
     * What cannot be told: a layer mixed elements in a way that no distance describes.
     *
     * @param axes the axes of the tensor along which it changes, a bit each
     */
    record Unknown(int axes) implements Reach {
        static Unknown along(int axis) {
            return new Unknown(1 << axis);
        }

        /** What an element of each of the axes becomes, together. */
        private Reach through(Change change) {
            int left = 0;
            boolean whole = axes != 0;
            for (int axis = 0; 1 << axis <= axes; axis++) {
                if ((axes & 1 << axis) != 0) {
                    Reach reach = change.of(Moving.own(axis));
                    left |= axesOf(reach);
                    whole &= reach instanceof Whole;
                }
            }
            return whole ? WHOLE : new Unknown(left);
        }
    }
    /** The same elements of the axis, wherever the element stands. */
    record Fixed(long first, long last) implements Reach {}

    /**
     * The elements of one tensor that an element of the next is made of: {@code count} of them, {@code stride} apart.
     */
    record Taps(long first, long count, long stride) {}

    /** The taps of a layer's outputs along an axis, which repeat: of the outputs 0 to period - 1. */
    @FunctionalInterface
    interface Pattern {
        Taps taps(int phase);
    }

    /**
     * Elements that move with an axis of the tensor. Where strides are fractions (after an upsampling) they do so in
     * phases: element {@code q · phases + p} sees the elements {@code q · advance + first[p]} to {@code q · advance +
     * last[p]} of the input.
     */
    final class Moving implements Reach {
        private static final long NOTHING = Long.MIN_VALUE;

        private final int axis;
        private final long advance;
        private final long[] first;
        private final long[] last;
        private final boolean rising;

        private Moving(int axis, long advance, long[] first, long[] last) {
            this.axis = axis;
            this.advance = advance;
            this.first = first;
            this.last = last;
            this.rising = rising(first, advance) && rising(last, advance);
        }

        /** Whether no element sees less far than the one before it. */
        private static boolean rising(long[] seen, long advance) {
            boolean rising = seen[0] != NOTHING && seen[seen.length - 1] - advance <= seen[0];
            for (int phase = 1; phase < seen.length; phase++) {
                rising &= seen[phase - 1] <= seen[phase];
            }
            return rising;
        }

        /** {@return the reach of an input's own elements} */
        static Moving own(int axis) {
            return new Moving(axis, 1, new long[1], new long[1]);
        }

        /** {@return the axis of the tensor with which the elements move} */
        int axis() {
            return axis;
        }

        /** {@return how many elements are looked at, at the most, to find what a layer makes of this} */
        long work() {
            return rising ? first.length : (long) first.length * first.length;
        }

        /** {@return the same elements, where the tensor's axis has become another} */
        Moving along(int other) {
            return new Moving(other, advance, first, last);
        }

        /** {@return what the first element sees, wherever it is repeated} */
        Reach fixed() {
            return first[0] == NOTHING ? new Unknown(0) : new Fixed(first[0], last[0]);
        }

        /** {@return the most elements, from the first to the last, that one element sees} */
        long size() {
            long size = 0;
            for (int phase = 0; phase < first.length; phase++) {
                size = first[phase] == NOTHING ? size : Math.max(size, last[phase] - first[phase] + 1);
            }
            return size;
        }

        /**
         * {@return what the outputs of a layer see whose inputs see this}
         *
         * @param period after how many outputs the pattern repeats
         * @param step how many inputs further it does
         */
        Reach through(long period, long step, Pattern pattern) {
            long repeats = first.length / GreatestCommonDivisor.of(first.length, step);
            if (period > MOST_PHASES || period * repeats > MOST_PHASES) {
                return Unknown.along(axis);
            }
            int phases = (int) (period * repeats);
            long[] newFirst = new long[phases];
            long[] newLast = new long[phases];
            try {
                for (int phase = 0; phase < phases; phase++) {
                    Taps taps = pattern.taps((int) (phase % period));
                    long start = Math.addExact(taps.first, Math.multiplyExact(step, phase / period));
                    newFirst[phase] = lowest(start, taps);
                    newLast[phase] = highest(start, taps);
                    Math.incrementExact(Math.subtractExact(newLast[phase], newFirst[phase]));
                }
                long newAdvance = Math.multiplyExact(advance, step * repeats / first.length);
                Math.multiplyExact(newAdvance, MOST_PHASES); // so that paths that meet can be compared
                return new Moving(axis, newAdvance, newFirst, newLast);
            } catch (ArithmeticException e) {
                return Unknown.along(axis); // no input is that large
            }
        }

        /** Phases come back after so many taps, further on: the lowest is among the first of them. */
        private long lowest(long start, Taps taps) {
            long lowest = NOTHING;
            long different = different(taps);
            for (long i = 0; i < different; i++) {
                long seen = at(first, start + i * taps.stride);
                lowest = lowest == NOTHING || (seen != NOTHING && seen < lowest) ? seen : lowest;
            }
            return lowest;
        }

        /** {@return how many taps from either end there is to look at} */
        private long different(Taps taps) {
            return Math.min(
                    taps.count, rising ? 1 : first.length / GreatestCommonDivisor.of(first.length, taps.stride));
        }

        private long highest(long start, Taps taps) {
            long highest = NOTHING;
            long different = different(taps);
            for (long i = taps.count - different; i < taps.count; i++) {
                highest = Math.max(highest, at(last, Math.addExact(start, Math.multiplyExact(i, taps.stride))));
            }
            return highest;
        }

        private long at(long[] seen, long place) {
            long value = seen[(int) Math.floorMod(place, (long) seen.length)];
            if (value == NOTHING) {
                return NOTHING;
            }
            long moved = Math.addExact(value, Math.multiplyExact(advance, Math.floorDiv(place, (long) seen.length)));
            return moved == NOTHING ? Math.decrementExact(moved) : moved;
        }

        private Reach hull(Moving that) {
            long phases = first.length / GreatestCommonDivisor.of(first.length, that.first.length) * that.first.length;
            boolean together = advance * that.first.length == that.advance * first.length;
            if (axis != that.axis || !together || phases > MOST_PHASES) {
                return new Unknown(axesOf(this) | axesOf(that));
            }
            long[] newFirst = new long[(int) phases];
            long[] newLast = new long[(int) phases];
            try {
                for (int phase = 0; phase < phases; phase++) {
                    long one = at(first, phase);
                    long other = that.at(that.first, phase);
                    newFirst[phase] = one == NOTHING ? other : other == NOTHING ? one : Math.min(one, other);
                    newLast[phase] = Math.max(at(last, phase), that.at(that.last, phase));
                    Math.incrementExact(Math.subtractExact(newLast[phase], newFirst[phase]));
                }
            } catch (ArithmeticException e) {
                return Unknown.along(axis); // no input is that large
            }
            return new Moving(axis, advance * (phases / first.length), newFirst, newLast);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Moving that
                    && axis == that.axis
                    && advance == that.advance
                    && Arrays.equals(first, that.first)
                    && Arrays.equals(last, that.last);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Arrays.hashCode(first) + Arrays.hashCode(last)) + Long.hashCode(advance) + axis;
        }
    }

    /** {@return what is seen where paths with these reaches meet} */
    static Reach hull(Reach one, Reach other) {
        if (one.equals(other)) {
            return one;
        }
        if (one.equals(WHOLE) || other.equals(WHOLE)) {
            return WHOLE;
        }
        if (one instanceof Moving mine && other instanceof Moving its) {
            return mine.hull(its);
        }
        if (one instanceof Fixed(long first, long last) && other instanceof Fixed(long otherFirst, long otherLast)) {
            return new Fixed(Math.min(first, otherFirst), Math.max(last, otherLast));
        }
        return new Unknown(axesOf(one) | axesOf(other));
    }

    /** {@return the axes of the tensor along which a reach changes, a bit each} */
    static int axesOf(Reach reach) {
        return switch (reach) {
            case Moving moving -> 1 << moving.axis();
            case Unknown unknown -> unknown.axes();
            case Fixed _, Whole _ -> 0;
        };
    }
}
