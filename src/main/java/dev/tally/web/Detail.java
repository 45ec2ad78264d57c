package dev.tally.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much of an analysis is answered. */
enum Detail {
    FULL,
    TOTALS;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the detail with this name}
     *
     * @throws IllegalArgumentException if there is none
     */
    static Detail of(String id) {
        return Arrays.stream(values())
                .filter(detail -> detail.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "one of " + Arrays.stream(values()).map(Detail::id).collect(Collectors.joining(", "))));
    }
}
