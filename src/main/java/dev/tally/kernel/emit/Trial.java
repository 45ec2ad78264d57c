package dev.tally.kernel.emit;

/**
 * A kernel called on memory of its own, to be compiled before it is needed.
 *
 * @param inBytes how much it reads, from wherever it is told
 * @param outBytes how much it writes
 * @param operations how many operations on vectors a call takes, about
 * @param call calls it briefly
 * @param longer calls it for longer, so that its loop counts alone
 * @param cycles what that takes at least, in cycles of a core with two units for products; 0 where the kernel's speed
 *     is not judged
 * @param slack how many times as long as those it may take: more than once where it waits for memory too
 */
record Trial(long inBytes, long outBytes, long operations, Call call, Call longer, double cycles, double slack) {
    /** A kernel that waits for its products alone. */
    Trial(long inBytes, long outBytes, long operations, Call call, Call longer, double cycles) {
        this(inBytes, outBytes, operations, call, longer, cycles, 1);
    }

    /** Of kernels that mostly read and write: those that were compiled badly take ten times as long and more. */
    private static final double MOVING = 5;

    /** Cycles to go through a loop once, beside what is done in it. */
    private static final double LOOP = 6;

    /**
     * Times that a call goes through its loop: few, so that the compiler is told of many calls and not of a long loop,
     * of which it would compile another entry, from its middle.
     */
    private static final int TIMES = 4;

    /** Times that a longer call goes through its loop. */
    private static final int LONG = 64;

    /** Eight are in flight; of fewer than these a part waits. */
    private static final int FEWEST_PRODUCTS = 14;

    private static final int[] OFFSETS = new int[LONG];

    /**
     * {@return what a longer call takes at least, where products are what it waits for; 0 where it may be reads, or
     * sums that wait for themselves}
     */
    private static double cycles(long products, long reads) {
        return products > reads && products >= FEWEST_PRODUCTS ? LONG * products / 2.0 : 0;
    }

    /** A call. */
    @FunctionalInterface
    interface Call {
        /** Calls the kernel with zeros at one address, and room for what it writes at another. */
        void run(long in, long out);
    }

    static Trial of(Tile tile, Tile.Kernel kernel) {
        long vector = (long) tile.lanes() * Float.BYTES;
        long line = vector * tile.rows() * tile.spacing();
        long numbers = (long) tile.rows() * Math.max(tile.pitch(), Float.BYTES);
        return new Trial(
                Math.max(numbers, LONG * vector * tile.vectors()),
                line * tile.vectors(),
                TIMES * ((long) tile.sums() + tile.rows() + tile.vectors()),
                (in, out) -> kernel.run(in, 0, TIMES, OFFSETS, in, LONG * vector, in, out, line, out, line),
                (in, out) -> kernel.run(in, 0, LONG, OFFSETS, in, LONG * vector, in, out, line, out, line),
                cycles(tile.sums(), (long) tile.rows() + tile.vectors()));
    }

    static Trial of(PlaneTile tile, PlaneTile.Kernel kernel) {
        long line = (long) tile.lanes() * Float.BYTES * tile.vectors();
        float[] weights = new float[PlaneTile.numbers(tile.rows(), LONG)];
        return new Trial(
                line,
                line * tile.rows(),
                TIMES * ((long) tile.sums() + tile.rows() + tile.vectors()),
                (in, out) -> kernel.run(in, 0, TIMES, OFFSETS, weights, 0, out, line, out),
                (in, out) -> kernel.run(in, 0, LONG, OFFSETS, weights, 0, out, line, out),
                cycles(tile.sums(), (long) tile.rows() + tile.vectors()));
    }

    static Trial of(Copy copy, Copy.Kernel kernel) {
        int lanes = Math.min(copy.lanes(), Integer.highestOneBit(copy.floats()));
        long row = (long) copy.floats() * Float.BYTES;
        return new Trial(
                row,
                row,
                Math.ceilDiv(copy.floats(), lanes) * (long) TIMES,
                (in, out) -> kernel.run(in, 0, out, 0, TIMES),
                (in, out) -> kernel.run(in, 0, out, 0, LONG),
                (double) LONG * (LOOP + Math.ceilDiv(copy.floats(), lanes)),
                MOVING);
    }

    static Trial of(Transposition transposition, Transposition.Kernel kernel) {
        int lanes = transposition.lanes();
        long vector = (long) lanes * Float.BYTES;
        long steps = 2L + Integer.numberOfTrailingZeros(lanes);
        return new Trial(
                lanes * vector,
                lanes * vector,
                steps * lanes * TIMES,
                (in, out) -> kernel.run(in, vector, 0, out, vector, 0, TIMES),
                (in, out) -> kernel.run(in, vector, 0, out, vector, 0, LONG),
                (double) LONG * steps * lanes,
                MOVING);
    }

    static Trial of(Transform transform, Transform.Kernel kernel) {
        Matrix matrix = transform.matrix();
        long vector = (long) transform.lanes() * Float.BYTES;
        long values = matrix.values().stream().filter(value -> value != 0).count();
        return new Trial(
                matrix.columns() * vector,
                matrix.rows() * vector,
                TIMES * (values + matrix.rows() + matrix.columns()),
                (in, out) -> kernel.run(in, vector, 0, 0, out, vector, 0, 0, TIMES, 1, in, in, vector),
                (in, out) -> kernel.run(in, vector, 0, 0, out, vector, 0, 0, LONG, 1, in, in, vector),
                (double) LONG * (LOOP + matrix.rows() + matrix.columns()),
                MOVING);
    }

    static Trial of(Fold fold, Fold.Kernel kernel) {
        long vector = (long) fold.lanes() * Float.BYTES;
        long columns = (fold.pixels() - 1L) * fold.stride() + (fold.kw() - 1L) * fold.dilation() + 1;
        return new Trial(
                columns * vector,
                fold.pixels() * vector,
                TIMES * (2L * fold.pixels() * fold.kw() + columns),
                (in, out) -> kernel.run(in, 0, TIMES, 1, out),
                (in, out) -> kernel.run(in, 0, LONG, 1, out),
                // Of few pixels, each tap waits for the one before.
                (double) LONG * (LOOP + fold.kw() * Math.max(fold.pixels(), 4)),
                MOVING);
    }

    static Trial of(Stencil stencil, Stencil.Kernel kernel) {
        long vector = (long) stencil.lanes() * Float.BYTES;
        long columns = (stencil.pixels() - 1L) * stencil.stride() + (stencil.kw() - 1L) * stencil.dilation() + 1;
        long taps = (long) LONG * stencil.kw();
        return new Trial(
                Math.max(columns, taps) * vector,
                stencil.pixels() * vector,
                TIMES * (stencil.pixels() * (long) stencil.kw() + columns + stencil.kw()),
                (in, out) -> kernel.run(in, 0, 0, TIMES, in, in, out),
                (in, out) -> kernel.run(in, 0, 0, LONG, in, in, out),
                cycles(stencil.pixels() * (long) stencil.kw(), columns + stencil.kw()));
    }
}
