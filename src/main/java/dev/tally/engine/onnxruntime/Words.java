package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import java.util.regex.Pattern;

/** ONNX Runtime's own words, without the places in its source and the repeated codes before them. */
final class Words {
    private static final Pattern BEFORE = Pattern.compile(
            "^Error code - \\w+ - message:\\s*|^.*\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ", Pattern.DOTALL);

    private Words() {}

    /** {@return what an exception says} */
    static String of(OrtException failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getCode().toString();
        }
        String words = message;
        String shorter = BEFORE.matcher(words).replaceFirst("");
        while (!shorter.equals(words)) {
            words = shorter;
            shorter = BEFORE.matcher(words).replaceFirst("");
        }
        return words.strip();
    }
}
