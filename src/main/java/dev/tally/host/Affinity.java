package dev.tally.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.BitSet;
import java.util.Optional;

/** Linux' sets of cores that a thread may run on: {@code sched_getaffinity(2)} and {@code sched_setaffinity(2)}. */
final class Affinity {
    /** Enough for 8192 cores, the most that Linux is built for: a smaller mask is refused where there are more. */
    private static final long MASK_BYTES = 1024;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle get;
    private final MethodHandle set;

    private Affinity(MethodHandle get, MethodHandle set) {
        this.get = get;
        this.set = set;
    }

    /** {@return the two calls, if this is Linux and native calls are enabled} */
    static Optional<Affinity> find() {
        if (!System.getProperty("os.name").equals("Linux")
                || !Affinity.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        return call("sched_getaffinity")
                .flatMap(get -> call("sched_setaffinity").map(set -> new Affinity(get, set)));
    }

    /** Both take a thread's id (0 is the calling one), the mask's length and the mask, and return 0 or -1. */
    @SuppressWarnings("restricted") // Two calls of the C library with fixed, checked arguments.
    private static Optional<MethodHandle> call(String name) {
        FunctionDescriptor type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, type, Linker.Option.captureCallState("errno")));
    }

    /**
     * {@return the cores that a thread may run on}
     *
     * @param thread its id in the system; 0 is the calling one
     * @throws IllegalStateException if the system refuses
     */
    BitSet get(int thread) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            call(get, "sched_getaffinity", arena, thread, mask);
            return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /**
     * Sets the cores that the calling thread may run on.
     *
     * @throws IllegalStateException if the system refuses
     */
    void set(BitSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            MemorySegment.copy(MemorySegment.ofArray(cpus.toByteArray()), 0, mask, 0, cpus.toByteArray().length);
            call(set, "sched_setaffinity", arena, 0, mask);
        }
    }

    private static void call(MethodHandle handle, String name, Arena arena, int thread, MemorySegment mask) {
        MemorySegment state = arena.allocate(STATE);
        int result;
        try {
            result = (int) handle.invokeExact(state, thread, MASK_BYTES, mask);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name + " failed", e);
        }
        if (result != 0) {
            throw new IllegalStateException(name + " failed with errno " + (int) ERRNO.get(state, 0L));
        }
    }
}
