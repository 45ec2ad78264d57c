package dev.tally.kernel.operator;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.parallel.Pool;
import java.util.List;

/** Tensors combined element by element, from the first to the last. */
public final class Combination implements Operator {
    /** What is done with two numbers. */
    public enum Operation {
        /** Their sum. */
        ADD {
            @Override
            void apply(float[] numbers, float[] others, int count) {
                for (int i = 0; i < count; i++) {
                    numbers[i] += others[i];
                }
            }
        },
        /** The first less the second. */
        SUBTRACT {
            @Override
            void apply(float[] numbers, float[] others, int count) {
                for (int i = 0; i < count; i++) {
                    numbers[i] -= others[i];
                }
            }
        },
        /** Their product. */
        MULTIPLY {
            @Override
            void apply(float[] numbers, float[] others, int count) {
                for (int i = 0; i < count; i++) {
                    numbers[i] *= others[i];
                }
            }
        },
        /** The first over the second. */
        DIVIDE {
            @Override
            void apply(float[] numbers, float[] others, int count) {
                for (int i = 0; i < count; i++) {
                    numbers[i] /= others[i];
                }
            }
        },
        /** The first times the sigmoid of the second. */
        GATE {
            @Override
            void apply(float[] numbers, float[] others, int count) {
                Functions.sigmoid().apply(others, count, 0);
                for (int i = 0; i < count; i++) {
                    numbers[i] *= others[i];
                }
            }
        };

        /** Combines numbers with others, which may be changed. */
        abstract void apply(float[] numbers, float[] others, int count);
    }

    private final Operation operation;
    private final List<Strided> operands;
    private final Buffer output;
    private final long elements;
    private final Pool pool;
    private final float[][] numbers;
    private final float[][] others;

    /** A combination of operands that are all stretched to the same size. */
    public Combination(Operation operation, List<Strided> operands, Buffer output, Pool pool) {
        this.operation = operation;
        this.operands = List.copyOf(operands);
        this.output = output;
        this.elements = operands.getFirst().elements();
        this.pool = pool;
        int chunk = (int) Math.min(elements, Floats.CHUNK);
        this.numbers = Floats.forEachWorker(pool, chunk);
        this.others = Floats.forEachWorker(pool, chunk);
    }

    @Override
    public void run() {
        pool.run(Floats.chunks(elements), this::item);
    }

    private void item(int chunk, int worker) {
        int count = Floats.sizeOf(chunk, elements);
        long first = (long) chunk * Floats.CHUNK;
        float[] combined = numbers[worker];
        operands.getFirst().read(first, combined, count);
        for (int i = 1; i < operands.size(); i++) {
            operands.get(i).read(first, others[worker], count);
            operation.apply(combined, others[worker], count);
        }
        Floats.write(combined, count, output, first);
    }
}
