package dev.tally.kernel;

/**
 * Brings a loop to the speed that it keeps. Until the optimizing compiler has seen to it, a loop of vector operations
 * is a hundred times slower; and compiled while it runs, from the middle of a long call, it stays slow. So it is called
 * often and briefly.
 */
public final class WarmUp {
    /** Calls after which the compiler has been told (5,000 by default), with some to spare. */
    private static final int CALLS = 6_000;

    private static final int BATCH = 64;
    private static final long QUIET_NANOS = 10_000_000;

    private WarmUp() {}

    /**
     * Calls a loop until its speed is steady.
     *
     * @param call a brief call, some microseconds when it is slow
     * @param compiledNanos what a call takes at most on any machine once the compiler is done with it. It has much else
     *     to do while a service starts, and until then the speed is steady too
     * @param limitNanos when to stop in any case
     * @return whether it became steady
     */
    public static boolean untilSteady(Runnable call, long compiledNanos, long limitNanos) {
        long begin = System.nanoTime();
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
            if (calls >= CALLS && best / BATCH < compiledNanos && now - bestAt > QUIET_NANOS) {
                return true;
            }
            if (now - begin > limitNanos) {
                return false;
            }
        }
    }
}
