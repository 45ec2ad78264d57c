package dev.tally.latency;

import dev.tally.network.LayerKey;
import dev.tally.network.Network;
import dev.tally.network.Sha256;
import dev.tally.network.Subnetworks.Step;

/**
 * Under which text times are kept: the {@link LayerKey} of a step, or {@code network} and the hash of a whole network.
 * What is longer than an index should take ends in {@code #} and a hash of all of it.
 */
public record LatencyKey(String text) implements Comparable<LatencyKey> {
    /** The most characters; all of them ASCII. */
    static final int LONGEST = 400;

    /** Of SHA-256: enough that no two of all steps ever measured share them by chance. */
    private static final int HASH_DIGITS = 32;

    /** {@return the key of a step} */
    public static LatencyKey of(Step step) {
        return bounded(LayerKey.of(step).text());
    }

    static LatencyKey of(Network network) {
        return new LatencyKey("network " + network.hash());
    }

    static LatencyKey bounded(String text) {
        if (text.length() <= LONGEST) {
            return new LatencyKey(text);
        }
        String hash = " #" + Sha256.of(text).substring(0, HASH_DIGITS);
        return new LatencyKey(text.substring(0, LONGEST - hash.length()) + hash);
    }

    @Override
    public int compareTo(LatencyKey other) {
        return text.compareTo(other.text);
    }
}
