package dev.tally.kernel.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * All memory of the process, unchecked. What has to hold before it is used: the package's description.
 *
 * <p>Emitted kernels name these fields; methods around them would keep the compiler from inlining all of a large tile,
 * which then takes twenty times as long.
 */
public final class RawAccess {
    /** Every address. */
    @SuppressWarnings("restricted") // The one place; the package's description says why it is safe.
    public static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** Single floats. */
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** The machine's order of bytes, in which vectors lie. */
    public static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /**
     * An address is masked with this before it is used. It changes no address of a process (x86-64 and AArch64 give it
     * 47 bits), but tells the compiler that it is neither negative nor too large: the checks fall away, and the loop of
     * a kernel shrinks to a half.
     */
    public static final long ADDRESS_MASK = (1L << 47) - 1;

    private RawAccess() {}
}
