package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its C library has no setenv, and nothing calls it there")
class ProcessVariablesTest {
    private static final String NAME = "TALLY_TEST_OF_PROCESS_VARIABLES";

    @Test
    void setsVariablesForNativeCodeAndLeavesThoseAloneThatAreSet() throws Throwable {
        ProcessVariables.setUnlessSet(NAME, "first");
        assertThat(read()).isEqualTo("first");

        ProcessVariables.setUnlessSet(NAME, "second");
        assertThat(read()).isEqualTo("first");

        ProcessVariables.set(NAME, "third");
        assertThat(read()).isEqualTo("third");
    }

    @SuppressWarnings("restricted") // What native code sees: Java's own copy of the environment is of the start.
    private static String read() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle getenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getenv"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = (MemorySegment) getenv.invokeExact(arena.allocateFrom(NAME));
            return value.reinterpret(100).getString(0);
        }
    }
}
