package dev.tally.latency;

import org.jspecify.annotations.Nullable;

/**
 * Which latencies are asked for: those of which all that is given is true.
 *
 * @param key the whole key
 * @param keyPrefix what the key begins with
 * @param engine the engine's id
 * @param algorithm the id of the algorithm that was asked for; empty for those that the engine chose itself
 * @param precision in which numbers
 * @param threads with how many threads
 * @param host the host's fingerprint
 */
public record LatencyFilter(
        @Nullable String key,
        @Nullable String keyPrefix,
        @Nullable String engine,
        @Nullable String algorithm,
        @Nullable String precision,
        @Nullable Integer threads,
        @Nullable String host) {
    /** All of them. */
    public static final LatencyFilter ALL = new LatencyFilter(null, null, null, null, null, null, null);

    /** The most characters that a text of a filter has: as many as the longest key. */
    public static final int LONGEST = LatencyKey.LONGEST;

    public LatencyFilter {
        requireSound(key);
        requireSound(keyPrefix);
        requireSound(engine);
        requireSound(algorithm);
        requireSound(host);
        if (key != null && keyPrefix != null) {
            throw new IllegalArgumentException("a key and what it begins with");
        }
    }

    /** {@return whether a text is one that a database can be asked for: all texts that are kept are} */
    public static boolean isSound(String text) {
        return text.length() <= LONGEST && text.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }

    private static void requireSound(@Nullable String text) {
        if (text != null && !isSound(text)) {
            throw new IllegalArgumentException("expected at most " + LONGEST + " printable characters of ASCII");
        }
    }
}
