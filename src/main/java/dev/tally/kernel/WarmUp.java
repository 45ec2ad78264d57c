package dev.tally.kernel;

/**
 * Brings a loop to the speed that it keeps. Until the optimizing compiler has seen to it, a loop of vector operations
 * is a hundred times slower; and compiled while it runs, from the middle of a long call, it stays slow. So it is called
 * often and briefly.
 */
public final class WarmUp {
    /** Calls after which the compiler has been told (5,000 by default), with some to spare. */
    private static final int CALLS = 6_000;

    /** By how much calls have become quicker at least where the optimizing compiler is done: tens to hundreds. */
    private static final int GAIN = 10;

    private static final int BATCH = 64;
    private static final long QUIET_NANOS = 10_000_000;

    private WarmUp() {}

    /**
     * Calls a loop that has not run in this process until its speed is steady.
     *
     * @param call a brief call, some microseconds when it is slow
     * @param limitNanos when to stop in any case
     * @return whether it became steady
     */
    public static boolean untilSteady(Runnable call, long limitNanos) {
        long begin = System.nanoTime();
        call.run();
        long first = System.nanoTime() - begin;
        long best = Long.MAX_VALUE;
        long bestAt = begin;
        for (long calls = 0; ; calls += BATCH) {
            long from = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                call.run();
            }
            long now = System.nanoTime();
            if (now - from < best - best / 20) {
                best = now - from;
                bestAt = now;
            }
            if (calls >= CALLS && best < first / GAIN * BATCH && now - bestAt > QUIET_NANOS) {
                return true;
            }
            if (now - begin > limitNanos) {
                return false;
            }
        }
    }
}
