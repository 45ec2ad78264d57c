package dev.tally.engine.onnxruntime;

import java.util.Locale;

/**
 * Turns the telemetry of ONNX Runtime off. From 1.29 on its builds for Linux and macOS report to Microsoft, which is
 * nobody's business here; and before that they search the process's command line with a regular expression that
 * recurses for each character, so that a long class path ends the JVM with a segmentation fault. Switching it off in
 * the environment that is made comes too late for both: the library looks for a variable of the process as it starts.
 */
final class Telemetry {
    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /**
     * Sets the variable, for the native code of this process. Before the library is loaded.
     *
     * @throws IllegalStateException if the C library refuses
     */
    static void disable() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return; // It reports to the system there, if that is asked to trace, and reads no command line.
        }
        ProcessVariables.set(VARIABLE, "1");
    }
}
