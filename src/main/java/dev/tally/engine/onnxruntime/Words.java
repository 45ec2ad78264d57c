package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import java.util.regex.Pattern;

/** ONNX Runtime's own words, without the places in its source, the repeated codes and the host's name among them. */
final class Words {
    private static final Pattern BEFORE = Pattern.compile(
            "^Error code - \\w+ - message:\\s*|^.*\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ", Pattern.DOTALL);

    /** {@code provider_options_utils.h:187 Parse Failed to …}, {@code /src/…/nn/pool_attributes.h:85 Pad should …} */
    private static final Pattern PLACE =
            Pattern.compile("\\S*/\\S+\\.(?:h|hpp|cc|cpp|cu|cuh):\\d+ |\\b\\w+\\.(?:h|hpp|cc|cpp|cu|cuh):\\d+ \\S+ ");

    /**
     * {@code CUDA failure 100: no … is detected ; GPU=-1 ; hostname=… ; file=… ; line=69 ; expr=cudaGetDeviceCount(…);}
     */
    private static final Pattern CIRCUMSTANCES =
            Pattern.compile("\\s*; GPU=-?\\d+ ; hostname=.*? ; file=.*? ; line=\\d+ ; expr=[^;]*;?", Pattern.DOTALL);

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
        return CIRCUMSTANCES
                .matcher(PLACE.matcher(words).replaceAll(""))
                .replaceAll("")
                .strip();
    }
}
