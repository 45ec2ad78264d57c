package dev.tally.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Buffers that are freed together. One thread allocates and closes; any may use the buffers. */
public final class Workspace implements AutoCloseable {
    /** In bytes: a cache line, and the longest vector. */
    public static final int ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();
    private final Access access;
    private final List<Buffer> buffers = new ArrayList<>();
    private long bytes;

    /** A workspace whose buffers kernels reach in this way. */
    public Workspace(Access access) {
        this.access = access;
    }

    /** {@return how kernels are to reach its buffers} */
    public Access access() {
        return access;
    }

    /** {@return how many bytes were allocated} */
    public long bytes() {
        return bytes;
    }

    /**
     * {@return a buffer of zeros}
     *
     * @param floats how many, at least 1
     * @throws OutOfMemoryError if the system has no more
     */
    public Buffer allocate(long floats) {
        long size = Math.multiplyExact(floats, (long) Float.BYTES);
        MemorySegment large = size >= LargePages.WORTH_IT ? LargePages.allocate(size, arena) : null;
        Buffer buffer = new Buffer(large != null ? large : arena.allocate(size, ALIGNMENT));
        bytes += size;
        if (access == Access.CHECKED) {
            buffers.add(buffer);
            CheckedAccess.add(buffer);
        }
        return buffer;
    }

    /** Frees all buffers. */
    @Override
    public void close() {
        buffers.forEach(CheckedAccess::remove);
        arena.close();
    }
}
