package dev.tally.web;

import dev.tally.network.Network;
import dev.tally.onnx.OnnxModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.ContentDisposition;

/**
 * A network as a model, ready to be sent.
 *
 * @param version the service's
 */
record ModelAnswer(Network network, OnnxModel model, WeightsPlace place, String version) {
    /**
     * {@return a tag that changes whenever a byte of the answer could: of the graph with all its names, which are what
     * weights are made up from, and of the version, which says how}
     */
    String entityTag() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((version + "\n" + place.id() + "\n").getBytes(StandardCharsets.UTF_8));
            return "\"" + HexFormat.of().formatHex(digest.digest(model.withoutWeights()), 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return under which name a client that saves the answer should do so} */
    ContentDisposition disposition() {
        String name = network.name().isEmpty() ? "network" : network.name();
        // What a file system or a shell takes for something else; the header escapes quotes and other alphabets.
        String file = name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_") + "." + place.extension();
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(file);
        return ContentDisposition.attachment()
                .filename(file, ascii ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8)
                .build();
    }
}
