package dev.tally.planning.alternative;

import java.util.ArrayList;
import java.util.List;

/** The widths at which a bottleneck is tried. */
final class Widths {
    private static final int MOST = 12;

    /** Of how many channels one is a width to begin with. */
    private static final int NARROWEST = 48;

    private Widths() {}

    /**
     * {@return powers of two and three halves of them, 1, 2, 3, 4, 6, 8, 12, …, from about a forty-eighth of the
     * channels to the last that is asked for, a dozen at most}
     *
     * @param last at least 1
     */
    static List<Integer> upTo(int last, int channels) {
        List<Integer> widths = new ArrayList<>();
        for (long power = 1; power <= last; power *= 2) {
            widths.add((int) power);
            if (power > 1 && power / 2 * 3 <= last) {
                widths.add((int) (power / 2 * 3));
            }
        }
        int first = 0;
        while (first + 1 < widths.size() && widths.get(first + 1) <= channels / NARROWEST) {
            first++;
        }
        return List.copyOf(widths.subList(Math.max(first, widths.size() - MOST), widths.size()));
    }
}
