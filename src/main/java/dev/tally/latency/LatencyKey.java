package dev.tally.latency;

import dev.tally.network.LayerKey;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Under which text times are kept: the {@link LayerKey} of a step, or {@code network} and the hash of a whole network.
 * What is longer than an index should take ends in {@code #} and a hash of all of it.
 */
record LatencyKey(String text) implements Comparable<LatencyKey> {
    /** The most characters; all of them ASCII. */
    static final int LONGEST = 400;

    /** Of SHA-256: enough that no two of all steps ever measured share them by chance. */
    private static final int HASH_BYTES = 16;

    static LatencyKey of(Step step) {
        return bounded(LayerKey.of(step).text());
    }

    static LatencyKey of(Network network) {
        return new LatencyKey("network " + network.hash());
    }

    static LatencyKey bounded(String text) {
        if (text.length() <= LONGEST) {
            return new LatencyKey(text);
        }
        String hash = " #" + hash(text);
        return new LatencyKey(text.substring(0, LONGEST - hash.length()) + hash);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(LatencyKey other) {
        return text.compareTo(other.text);
    }
}
