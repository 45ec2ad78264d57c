package dev.tally.analysis;

import dev.tally.analysis.Reach.Moving;
import dev.tally.analysis.Reach.Taps;
import dev.tally.network.GreatestCommonDivisor;
import dev.tally.network.Layout;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Resampling.Interpolation;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.List;

/** Which elements of its input an element of a layer's output is made of, along a spatial axis. */
@FunctionalInterface
interface FieldPatterns {
    /** {@return what the outputs see along the spatial axis with this ordinal, whose inputs see this} */
    Reach of(Moving inputs, int ordinal);

    /** {@return whether an axis with so many outputs is one window over all of it} */
    default boolean joinsAll(int outputs) {
        return false;
    }

    /** A window that slides. */
    static FieldPatterns of(Window window, Shape input, Layout layout) {
        return (inputs, ordinal) -> {
            WindowAxis axis = window.axes().get(ordinal);
            long before = axis.before(layout.spatial(input, ordinal));
            return inputs.through(1, axis.stride(), _ -> new Taps(-before, axis.kernel(), axis.dilation()));
        };
    }

    /** A transposed window: output o is made of the inputs i and taps t with i · stride + t · dilation = o + cut. */
    static FieldPatterns transposed(Window window) {
        return (inputs, ordinal) -> {
            WindowAxis axis = window.axes().get(ordinal);
            return inputs.through(axis.stride(), 1, phase -> reaching(axis, phase + axis.cutBefore()));
        };
    }

    private static Taps reaching(WindowAxis axis, long place) {
        int stride = axis.stride();
        int first = 0;
        while (first < Math.min(axis.kernel(), stride) && (place - (long) first * axis.dilation()) % stride != 0) {
            first++;
        }
        if (first >= axis.kernel() || first >= stride) {
            return new Taps(0, 0, 1);
        }
        long common = GreatestCommonDivisor.of(stride, axis.dilation());
        long between = stride / common;
        long count = (axis.kernel() - 1L - first) / between + 1;
        long apart = axis.dilation() / common;
        long highest = (place - (long) first * axis.dilation()) / stride;
        return new Taps(highest - (count - 1) * apart, count, apart);
    }

    /** Windows that share an axis out evenly. */
    static FieldPatterns adaptive(Shape input, Shape output, Layout layout) {
        return new FieldPatterns() {
            @Override
            public Reach of(Moving inputs, int ordinal) {
                long in = layout.spatial(input, ordinal);
                long out = layout.spatial(output, ordinal);
                return repeated(inputs, in, out, phase -> {
                    long first = phase * in / out;
                    return new Taps(first, Math.ceilDiv((phase + 1) * in, out) - first, 1);
                });
            }

            @Override
            public boolean joinsAll(int outputs) {
                return outputs == 1;
            }
        };
    }

    /** Elements worked out from those around: pixels are squares, their centres half a pixel in. */
    static FieldPatterns resampled(Interpolation interpolation, Shape input, Shape output, Layout layout) {
        return (inputs, ordinal) -> {
            long in = layout.spatial(input, ordinal);
            long out = layout.spatial(output, ordinal);
            return repeated(inputs, in, out, phase -> {
                long centre = (2L * phase + 1) * in - out; // in units of 1 / (2 · out)
                long below = Math.floorDiv(centre, 2 * out);
                boolean exact = Math.floorMod(centre, 2 * out) == 0;
                return switch (interpolation) {
                    case NEAREST -> new Taps(phase * in / out, 1, 1);
                    case LINEAR -> new Taps(below, exact ? 1 : 2, 1);
                    case CUBIC -> exact ? new Taps(below, 1, 1) : new Taps(below - 1, 4, 1);
                };
            });
        };
    }

    private static Reach repeated(Moving inputs, long in, long out, Reach.Pattern pattern) {
        long common = GreatestCommonDivisor.of(in, out);
        return inputs.through(out / common, in / common, pattern);
    }

    /** Some elements from one on. */
    static FieldPatterns sliced(int start, int step) {
        return (inputs, _) -> inputs.through(1, step, _ -> new Taps(start, 1, 1));
    }

    /** The axes without their margins. */
    static FieldPatterns cropped(List<Explicit> margins, int axes) {
        return (inputs, ordinal) ->
                sliced(Explicit.of(margins, ordinal, axes).before(), 1).of(inputs, ordinal);
    }

    /** The axes with margins. */
    static FieldPatterns padded(List<Explicit> margins, int axes) {
        return (inputs, ordinal) ->
                sliced(-Explicit.of(margins, ordinal, axes).before(), 1).of(inputs, ordinal);
    }

    /** Each element laid out to so many. */
    static FieldPatterns enlarged(int factor) {
        return (inputs, _) -> inputs.through(factor, 1, _ -> new Taps(0, 1, 1));
    }

    /** So many elements folded to one. */
    static FieldPatterns folded(int factor) {
        return (inputs, _) -> inputs.through(1, factor, _ -> new Taps(0, factor, 1));
    }
}
