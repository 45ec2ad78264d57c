package dev.tally.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The loops without the vector module, written so that the compiler can turn most of them into vectors by itself. */
final class PlainLoops implements MachineLoops {
    private static final int CHAINS = 4096;
    private static final int LENGTH = 8;

    @Override
    public String name() {
        return "plain loops";
    }

    @Override
    public int vectorBits() {
        return 0;
    }

    @Override
    public int flopsPerStep() {
        return CHAINS * LENGTH * 2;
    }

    /**
     * Eight operations for a load and a store that stay in the first cache. Reaches about four fifths of what vectors
     * reach: shorter arrays are mostly begun and ended, longer chains wait for themselves.
     */
    @Override
    public float multiplyAdd(int steps) {
        float[] chains = new float[CHAINS];
        for (int i = 0; i < CHAINS; i++) {
            chains[i] = 1 + i * 1e-4f;
        }
        for (int step = 0; step < steps; step++) {
            step(chains, 0.999f, 0.001f);
        }
        float sum = 0;
        for (float chain : chains) {
            sum += chain;
        }
        return sum;
    }

    private static void step(float[] chains, float m, float s) {
        for (int i = 0; i < chains.length; i++) {
            float x = chains[i];
            x = Math.fma(x, m, s);
            x = Math.fma(x, m, s);
            x = Math.fma(x, m, s);
            x = Math.fma(x, m, s);
            x = Math.fma(x, m, s);
            x = Math.fma(x, m, s);
            x = Math.fma(x, m, s);
            x = Math.fma(x, m, s);
            chains[i] = x;
        }
    }

    /** Eight sums of the widest numbers that plain Java reads: the additions wait for none of them. */
    @Override
    public double read(MemorySegment buffer) {
        long end = buffer.byteSize();
        long x0 = 0;
        long x1 = 0;
        long x2 = 0;
        long x3 = 0;
        long x4 = 0;
        long x5 = 0;
        long x6 = 0;
        long x7 = 0;
        for (long at = 0; at < end; at += 8L * Long.BYTES) {
            x0 += buffer.get(ValueLayout.JAVA_LONG, at);
            x1 += buffer.get(ValueLayout.JAVA_LONG, at + Long.BYTES);
            x2 += buffer.get(ValueLayout.JAVA_LONG, at + 2L * Long.BYTES);
            x3 += buffer.get(ValueLayout.JAVA_LONG, at + 3L * Long.BYTES);
            x4 += buffer.get(ValueLayout.JAVA_LONG, at + 4L * Long.BYTES);
            x5 += buffer.get(ValueLayout.JAVA_LONG, at + 5L * Long.BYTES);
            x6 += buffer.get(ValueLayout.JAVA_LONG, at + 6L * Long.BYTES);
            x7 += buffer.get(ValueLayout.JAVA_LONG, at + 7L * Long.BYTES);
        }
        return x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7;
    }

    /** The innermost loop runs along rows of B and C, for that is what the compiler makes vectors of. */
    @Override
    public void matrixProduct(int rows, MemorySegment a, MemorySegment b, MemorySegment c) {
        for (long m = 0; m < rows; m++) {
            c.asSlice(m * COLUMNS * Float.BYTES, (long) COLUMNS * Float.BYTES).fill((byte) 0);
            for (long k = 0; k < COLUMNS; k++) {
                addRow(a.getAtIndex(ValueLayout.JAVA_FLOAT, m * COLUMNS + k), b, k * COLUMNS, c, m * COLUMNS);
            }
        }
    }

    private static void addRow(float scale, MemorySegment b, long bRow, MemorySegment c, long cRow) {
        for (int n = 0; n < COLUMNS; n++) {
            float sum = Math.fma(
                    scale,
                    b.getAtIndex(ValueLayout.JAVA_FLOAT, bRow + n),
                    c.getAtIndex(ValueLayout.JAVA_FLOAT, cRow + n));
            c.setAtIndex(ValueLayout.JAVA_FLOAT, cRow + n, sum);
        }
    }
}
