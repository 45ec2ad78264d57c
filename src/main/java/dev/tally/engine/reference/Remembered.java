package dev.tally.engine.reference;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/** Arrays that are worked out when they are first asked for, each once, and then remembered. */
final class Remembered {
    private static final int LOCKS = 64;

    private final AtomicReferenceArray<double[]> known;
    private final IntFunction<double[]> make;
    private final Object[] locks = new Object[LOCKS];

    Remembered(long count, IntFunction<double[]> make) {
        this.known = new AtomicReferenceArray<>(Math.toIntExact(count));
        this.make = make;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    double[] get(long index) {
        int i = Math.toIntExact(index);
        double[] found = known.get(i);
        return found == null ? make(i) : found;
    }

    private double[] make(int i) {
        synchronized (locks[i % LOCKS]) {
            double[] found = known.get(i);
            if (found == null) {
                found = make.apply(i);
                known.set(i, found);
            }
            return found;
        }
    }
}
