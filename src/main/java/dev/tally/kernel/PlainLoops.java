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

    @Override
    public void matrixProduct(int M, int N, int K, float[] a, float[] b, float[] c) {
        matrixProduct(M, N, K, 0, 0, a, b, c);
    }

    /** The rows from m0 on and the columns from n0 on. */
    static void matrixProduct(int M, int N, int K, int m0, int n0, float[] a, float[] b, float[] c) {
        for (int m = m0; m < M; m++) {
            for (int n = n0; n < N; n++) {
                c[m * N + n] = 0;
            }
            for (int k = 0; k < K; k++) {
                addRow(n0, N, a[m * K + k], b, k * N, c, m * N);
            }
        }
    }

    /** The innermost loop runs along rows of B and C, for that is what the compiler makes vectors of. */
    private static void addRow(int n0, int N, float scale, float[] b, int bRow, float[] c, int cRow) {
        for (int n = n0; n < N; n++) {
            c[cRow + n] = Math.fma(scale, b[bRow + n], c[cRow + n]);
        }
    }
}
