package dev.tally.engine.reference;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;

/**
 * Arrays that are worked out when they are first asked for, each once, and then remembered. Of a hundred million only
 * those that are asked for take room.
 */
final class Remembered {
    private final ConcurrentMap<Integer, double[]> known = new ConcurrentHashMap<>();
    private final IntFunction<double[]> make;

    Remembered(IntFunction<double[]> make) {
        this.make = make;
    }

    double[] get(long index) {
        int i = Math.toIntExact(index);
        double[] found = known.get(i);
        return found == null ? known.computeIfAbsent(i, make::apply) : found;
    }
}
