package dev.tally.analysis;

import dev.tally.network.Padding;
import dev.tally.network.Shape;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Windows found by putting them down one after the other. A window is its taps in order, each true where it reads the
 * input and false where it reads padding.
 */
final class SlidWindows {
    private SlidWindows() {}

    /** {@return the windows along one axis; empty where not even one fits} */
    static Optional<List<boolean[]>> slide(WindowAxis window, int input, boolean ceil) {
        int extent = 1;
        for (int tap = 1; tap < window.kernel(); tap++) {
            extent += window.dilation();
        }
        List<Integer> starts = switch (window.padding()) {
            case Padding.Explicit(int before, int after) ->
                explicitStarts(window.stride(), extent, input, before, after, ceil);
            case Padding.Same(boolean oddAtStart) -> sameStarts(window.stride(), extent, input, oddAtStart);
        };
        List<boolean[]> windows = new ArrayList<>();
        for (int start : starts) {
            boolean[] taps = new boolean[window.kernel()];
            int place = start;
            for (int tap = 0; tap < taps.length; tap++) {
                taps[tap] = place >= 0 && place < input;
                place += window.dilation();
            }
            windows.add(taps);
        }
        return windows.isEmpty() ? Optional.empty() : Optional.of(windows);
    }

    /**
     * Slides until the window leaves the padded input. In ceil mode one more window stands where the last one left
     * padded input uncovered, unless it would start in the padding after the input.
     */
    private static List<Integer> explicitStarts(
            int stride, int extent, int input, int before, int after, boolean ceil) {
        List<Integer> starts = new ArrayList<>();
        int end = input + after;
        int start = -before;
        while (start + extent <= end) {
            starts.add(start);
            start += stride;
        }
        boolean uncovered = !starts.isEmpty() && starts.getLast() + extent < end;
        if (ceil && uncovered && start < input) {
            starts.add(start);
        }
        return starts;
    }

    /**
     * One window for each stride begun in the input, and as little padding as they need, dealt out to the two ends in
     * turn.
     */
    private static List<Integer> sameStarts(int stride, int extent, int input, boolean oddAtStart) {
        int positions = 0;
        for (int at = 0; at < input; at += stride) {
            positions++;
        }
        int before = 0;
        boolean toStart = oddAtStart;
        for (int padded = input; padded < (positions - 1) * stride + extent; padded++) {
            before += toStart ? 1 : 0;
            toStart = !toStart;
        }
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < positions; i++) {
            starts.add(i * stride - before);
        }
        return starts;
    }

    /** {@return for each of {@code output} equal parts of an axis, the elements that it touches} */
    static List<boolean[]> adapt(int input, int output) {
        List<boolean[]> windows = new ArrayList<>();
        for (int part = 0; part < output; part++) {
            int touched = 0;
            for (int element = 0; element < input; element++) {
                // Element e covers [e·output, (e+1)·output) of an axis of input·output, part p [p·input, (p+1)·input).
                boolean touches = element * output < (part + 1) * input && (element + 1) * output > part * input;
                touched += touches ? 1 : 0;
            }
            boolean[] taps = new boolean[touched];
            Arrays.fill(taps, true);
            windows.add(taps);
        }
        return windows;
    }

    /** {@return the windows over two axes: a tap reads the input where it does along both} */
    static List<boolean[]> cross(List<boolean[]> outer, List<boolean[]> inner) {
        List<boolean[]> windows = new ArrayList<>();
        for (boolean[] rows : outer) {
            for (boolean[] columns : inner) {
                boolean[] taps = new boolean[rows.length * columns.length];
                int tap = 0;
                for (boolean row : rows) {
                    for (boolean column : columns) {
                        taps[tap++] = row && column;
                    }
                }
                windows.add(taps);
            }
        }
        return windows;
    }

    /** {@return the shape's sizes without its channels, outermost first} */
    static int[] spatialSizes(Shape shape, boolean channelsFirst) {
        int[] sizes = new int[shape.rank() - 1];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.size(channelsFirst ? i + 1 : i);
        }
        return sizes;
    }
}
