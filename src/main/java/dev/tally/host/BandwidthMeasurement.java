package dev.tally.host;

import dev.tally.kernel.MachineLoops;
import dev.tally.kernel.WarmUp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Measures how fast one thread reads: a buffer of half a cache's size over and over, and one that no cache holds. */
final class BandwidthMeasurement {
    /** Where the compiler is idle it takes milliseconds; while a service starts, seconds. */
    private static final long WARM_UP_NANOS = 5_000_000_000L;

    /** What 16 to 64 loads of vectors take at most in machine code. */
    private static final long READ_NANOS = 400;

    private static final long LEVEL_NANOS = 80_000_000;
    private static final long STRETCH_BYTES = 1L << 20;

    /** Where the system does not tell its caches: as many machines have them. */
    private static final List<Cache> USUAL = List.of(
            new Cache(1, "data", 32 << 10, 1),
            new Cache(2, "unified", 1 << 20, 1),
            new Cache(3, "unified", 32 << 20, 1));

    private final MachineLoops loops;
    private volatile double sink;

    private BandwidthMeasurement(MachineLoops loops) {
        this.loops = loops;
    }

    static List<Bandwidth> of(HostDescription host, MachineLoops loops) {
        BandwidthMeasurement measurement = new BandwidthMeasurement(loops);
        List<Cache> caches = host.caches().stream().filter(Cache::holdsData).toList();
        caches = caches.isEmpty() ? USUAL : caches;
        measurement.warmUp();
        List<Bandwidth> levels = new ArrayList<>();
        for (Cache cache : caches) {
            levels.add(measurement.read("L" + cache.level(), cache.bytes() / 2));
        }
        levels.add(measurement.read("DRAM", beyond(caches.getLast().bytes(), host.memoryBytes())));
        return List.copyOf(levels);
    }

    /** Four times the last cache, at most 256 MiB but never less than two caches; and never much of a small machine. */
    private static long beyond(long cache, long memory) {
        return Math.min(Math.max(Math.min(4 * cache, 256L << 20), 2 * cache), memory / 8);
    }

    private void warmUp() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MachineLoops.READ_BLOCK, 64);
            WarmUp.untilSteady(() -> sink = loops.read(buffer), loops.compiledNanos(READ_NANOS), WARM_UP_NANOS);
        }
    }

    private Bandwidth read(String level, long atMost) {
        long bytes = Math.max(1, atMost / MachineLoops.READ_BLOCK) * MachineLoops.READ_BLOCK;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(bytes, 64);
            buffer.fill((byte) 0); // Pages that nobody wrote to are all one and the same, and that one is in the cache.
            int times = (int) Math.max(1, STRETCH_BYTES / bytes);
            double best = 0;
            long begin = System.nanoTime();
            long now = begin;
            while (now - begin < LEVEL_NANOS) {
                long from = System.nanoTime();
                for (int i = 0; i < times; i++) {
                    sink = loops.read(buffer);
                }
                now = System.nanoTime();
                best = Math.max(best, (double) times * bytes / Math.max(1, now - from));
            }
            return new Bandwidth(level, bytes, best * 1e9);
        }
    }
}
