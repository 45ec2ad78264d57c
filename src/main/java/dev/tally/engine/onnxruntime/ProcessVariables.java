package dev.tally.engine.onnxruntime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Variables of the environment for the native code of this process: Java reads its own copy, and cannot change them.
 */
final class ProcessVariables {
    private ProcessVariables() {}

    /** Sets a variable, whatever it was. */
    static void set(String name, String value) {
        set(name, value, true);
    }

    /** Sets a variable unless who started the process did. */
    static void setUnlessSet(String name, String value) {
        set(name, value, false);
    }

    /**
     * Calls {@code setenv}, which Linux and macOS have.
     *
     * @throws IllegalStateException if the C library refuses
     */
    @SuppressWarnings("restricted") // The C library's own function, which Java has no other way to call.
    private static void set(String name, String value, boolean overwrite) {
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed =
                    (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), overwrite ? 1 : 0);
            if (failed != 0) {
                throw new IllegalStateException(name + " cannot be set");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name + " cannot be set", e);
        }
    }
}
