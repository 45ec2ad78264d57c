package dev.tally.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The short text by which timings of one kind of machine are kept together: see {@link Host#fingerprint}. */
final class Fingerprint {
    private static final int LONGEST_NAME = 32;

    private Fingerprint() {}

    static String of(Processor processor, int cores) {
        String tail = cores + "c-" + processor.vectorBits() + "b";
        return name(processor.name()) + "-" + tail + "-" + hash(processor.identity() + "\n" + tail);
    }

    /**
     * The model's name without what all of its kind share: {@code Intel(R) Xeon(R) CPU @ 2.60GHz} → {@code intel-xeon}.
     */
    static String name(String model) {
        String name = model.toLowerCase(Locale.ROOT)
                .replaceAll("\\((r|tm|c)\\)", " ")
                .replaceAll("@.*", " ")
                .replaceAll("\\b(\\d+-core|processor|cpu|with)\\b", " ")
                .replaceAll("[^a-z0-9]+", "-");
        name = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("^-|-$", "");
        return name.isEmpty() ? "unknown" : name;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 3);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
