package dev.tally.engine.onnxruntime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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
    @SuppressWarnings("restricted") // The C library's own function, which Java has no other way to call.
    static void disable() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return; // It reports to the system there, if that is asked to trace, and reads no command line.
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(VARIABLE);
            MemorySegment value = arena.allocateFrom("1");
            int failed = (int) setenv.invokeExact(name, value, 1);
            if (failed != 0) {
                throw new IllegalStateException(VARIABLE + " cannot be set");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(VARIABLE + " cannot be set", e);
        }
    }
}
