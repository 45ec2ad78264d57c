package dev.tally.kernel.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Whether a buffer of a checked {@link Workspace} is where a kernel is about to read or write. For tests: slow. */
public final class CheckedAccess {
    private static final ConcurrentSkipListMap<Long, Long> BYTES = new ConcurrentSkipListMap<>();

    private CheckedAccess() {}

    static void add(Buffer buffer) {
        BYTES.put(buffer.address(), buffer.bytes());
    }

    static void remove(Buffer buffer) {
        BYTES.remove(buffer.address());
    }

    /**
     * {@return the address}
     *
     * @throws IndexOutOfBoundsException if not all of so many bytes from there on lie in one buffer
     */
    public static long check(long address, int bytes) {
        Map.Entry<Long, Long> before = BYTES.floorEntry(address);
        if (before == null || address + bytes > before.getKey() + before.getValue()) {
            String nearest = before == null
                    ? ""
                    : "; the one before has " + before.getValue() + " and begins " + (address - before.getKey())
                            + " before";
            throw new IndexOutOfBoundsException(bytes + " bytes at an address in no buffer" + nearest);
        }
        return address;
    }
}
