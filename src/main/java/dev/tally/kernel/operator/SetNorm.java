package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;

/**
 * Sets of elements, each brought to mean 0 and variance 1 by its own figures, or to mean square 1: {@code (x - mean) /
 * √(variance + ε) · γ + β}. A set is of pieces of neighbours. In three passes: the mean, the squares of what is left
 * without it, the result.
 */
public final class SetNorm implements Operator {
    private final Buffer input;
    private final Buffer output;
    private final Sets sets;
    private final NormNumbers numbers;
    private final Pool pool;
    private final int runs;
    private final int lengthOfRun;
    private final float[][] scratch;
    private final float[][] other;

    /**
     * Where sets lie: as a tensor of {@code (outer, pieces, side, length)}, of which the elements of an outer and a
     * side place are a set.
     *
     * @param outer sets, or groups of sets that lie side by side
     * @param pieces of a set
     * @param side how many sets lie side by side
     * @param length neighbours that are a piece
     */
    public record Sets(int outer, int pieces, int side, int length) {
        long first(int set) {
            return ((long) set / side * pieces * side + set % side) * length;
        }

        long apart() {
            return (long) side * length;
        }
    }

    /** A norm of sets. */
    public SetNorm(Buffer input, Buffer output, Sets sets, NormNumbers numbers, Pool pool) {
        this.input = input;
        this.output = output;
        this.sets = sets;
        this.numbers = numbers;
        this.pool = pool;
        // Where all of a set are neighbours, its figures are those of one long piece.
        this.runs = sets.side == 1 ? 1 : sets.pieces;
        this.lengthOfRun = sets.side == 1 ? Math.multiplyExact(sets.pieces, sets.length) : sets.length;
        int chunk = Math.min(lengthOfRun, Floats.CHUNK);
        this.scratch = Floats.forEachWorker(pool, chunk);
        this.other = Floats.forEachWorker(pool, chunk);
    }

    @Override
    public void run() {
        pool.run(Math.multiplyExact(sets.outer, sets.side), this::set);
    }

    private void set(int set, int worker) {
        double count = (double) runs * lengthOfRun;
        float mean = numbers.centred() ? (float) (sum(set, 0, false, worker) / count) : 0;
        float scale = (float) (1 / Math.sqrt(sum(set, mean, true, worker) / count + numbers.epsilon()));
        for (int piece = 0; piece < sets.pieces; piece++) {
            long first = sets.first(set) + piece * sets.apart();
            for (int chunk = 0; chunk < Floats.chunks(sets.length); chunk++) {
                int from = chunk * Floats.CHUNK;
                int size = Floats.sizeOf(chunk, sets.length);
                float[] x = scratch[worker];
                Floats.read(input, first + from, x, size);
                for (int i = 0; i < size; i++) {
                    x[i] = (x[i] - mean) * scale;
                }
                if (numbers.ofEachElement()) {
                    numbers.apply(x, other[worker], (long) piece * sets.length + from, size);
                } else {
                    numbers.apply(x, (long) set / sets.side * sets.pieces + piece, size);
                }
                Floats.write(x, size, output, first + from);
            }
        }
    }

    /** {@return the sum of a set's elements less a number, or of their squares} */
    private double sum(int set, float less, boolean squared, int worker) {
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            long first = sets.first(set) + run * sets.apart();
            for (int chunk = 0; chunk < Floats.chunks(lengthOfRun); chunk++) {
                int size = Floats.sizeOf(chunk, lengthOfRun);
                float[] x = scratch[worker];
                Floats.read(input, first + (long) chunk * Floats.CHUNK, x, size);
                if (squared) {
                    square(x, less, size);
                }
                sum += Sums.of(x, other[worker], size);
            }
        }
        return sum;
    }

    private static void square(float[] x, float less, int count) {
        for (int i = 0; i < count; i++) {
            float off = x[i] - less;
            x[i] = off * off;
        }
    }
}
