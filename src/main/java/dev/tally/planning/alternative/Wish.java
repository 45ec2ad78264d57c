package dev.tally.planning.alternative;

import java.util.Arrays;
import java.util.List;

/**
 * Which alternatives are asked for.
 *
 * @param kinds at least one
 * @param widths the widths of bottlenecks; none for those that pay
 */
public record Wish(List<Kind> kinds, List<Integer> widths) {
    /** Everything there is. */
    public static final Wish ALL = new Wish(Arrays.asList(Kind.values()), List.of());

    public Wish {
        kinds = List.copyOf(kinds);
        widths = List.copyOf(widths);
    }
}
