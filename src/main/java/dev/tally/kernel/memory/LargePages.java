package dev.tally.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Memory for which Linux is asked for pages of 2 MiB. Transformed filters of tens of megabytes are read once in each
 * run: with pages of 4 KiB, of which a core knows a few thousand at once, VGG's large layers took a tenth longer.
 */
final class LargePages {
    private static final long PAGE = 2L << 20;

    /** Below this, small pages do as well. */
    static final long WORTH_IT = 2 * PAGE;

    // <sys/mman.h>, the same on x86-64 and AArch64.
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MADV_HUGEPAGE = 14;
    private static final long MAP_FAILED = -1;

    private static final @Nullable LargePages CURRENT = find();

    private final MethodHandle mmap;
    private final MethodHandle munmap;
    private final MethodHandle madvise;

    @SuppressWarnings("restricted") // The package's description says why this package may.
    private LargePages(Linker linker, SymbolLookup symbols) {
        ValueLayout.OfLong address = ValueLayout.JAVA_LONG;
        ValueLayout.OfInt number = ValueLayout.JAVA_INT;
        mmap = linker.downcallHandle(
                symbols.findOrThrow("mmap"),
                FunctionDescriptor.of(
                        address, address, ValueLayout.JAVA_LONG, number, number, number, ValueLayout.JAVA_LONG));
        munmap = linker.downcallHandle(
                symbols.findOrThrow("munmap"), FunctionDescriptor.of(number, address, ValueLayout.JAVA_LONG));
        madvise = linker.downcallHandle(
                symbols.findOrThrow("madvise"), FunctionDescriptor.of(number, address, ValueLayout.JAVA_LONG, number));
    }

    private static @Nullable LargePages find() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return null;
        }
        try {
            Linker linker = Linker.nativeLinker();
            return new LargePages(linker, linker.defaultLookup());
        } catch (RuntimeException e) {
            // A Java that may make no native calls, or has no linker: its memory comes as it always does.
            return null;
        }
    }

    /**
     * {@return so many bytes, zeros, that go with an arena; null where the system has nothing to offer} Large pages are
     * no promise: the system gives them as it has them.
     */
    @SuppressWarnings("restricted") // As above.
    static @Nullable MemorySegment allocate(long bytes, Arena arena) {
        LargePages pages = CURRENT;
        if (pages == null) {
            return null;
        }
        long length = Math.addExact(bytes, PAGE);
        long mapped = pages.map(length);
        if (mapped == MAP_FAILED) {
            return null;
        }
        long begin = Math.ceilDiv(mapped, PAGE) * PAGE;
        pages.advise(begin, bytes);
        return MemorySegment.ofAddress(begin).reinterpret(bytes, arena, _ -> pages.unmap(mapped, length));
    }

    private long map(long length) {
        try {
            return (long) mmap.invokeExact(0L, length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("mmap", e);
        }
    }

    private void advise(long begin, long length) {
        try {
            // Where the system refuses, the pages are small ones.
            int _ = (int) madvise.invokeExact(begin, length, MADV_HUGEPAGE);
        } catch (Throwable e) {
            throw new IllegalStateException("madvise", e);
        }
    }

    private void unmap(long begin, long length) {
        try {
            int _ = (int) munmap.invokeExact(begin, length);
        } catch (Throwable e) {
            throw new IllegalStateException("munmap", e);
        }
    }
}
