package dev.tally.kernel;

import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops with vectors of one width. {@link VectorWidths} defines this class anew for each width, with the species as
 * its class data: the compiler makes vector instructions only of a species that is a constant.
 */
final class VectorLoops implements MachineLoops {
    private static final VectorSpecies<Float> SPECIES = species();
    private static final int LANES = SPECIES.length();
    private static final long BYTES = SPECIES.vectorByteSize();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int CHAINS = 16;
    private static final int TILE_ROWS = 4;
    private static final int TILE_COLUMNS = 2 * LANES;

    @SuppressWarnings("unchecked")
    private static VectorSpecies<Float> species() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, VectorSpecies.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return vectorBits() + "-bit vectors";
    }

    @Override
    public int vectorBits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public int flopsPerStep() {
        return CHAINS * LANES * 2;
    }

    /**
     * Sixteen chains: latency × units of today's cores is 8 (4 × 2, x86) to 16 (4 × 4, Arm). AVX2 has only sixteen
     * registers, and yet reached more with 16 chains than with 12; 24 were slower everywhere.
     */
    @Override
    public float multiplyAdd(int steps) {
        FloatVector m = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector s = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector x0 = FloatVector.broadcast(SPECIES, 1.00f);
        FloatVector x1 = FloatVector.broadcast(SPECIES, 1.01f);
        FloatVector x2 = FloatVector.broadcast(SPECIES, 1.02f);
        FloatVector x3 = FloatVector.broadcast(SPECIES, 1.03f);
        FloatVector x4 = FloatVector.broadcast(SPECIES, 1.04f);
        FloatVector x5 = FloatVector.broadcast(SPECIES, 1.05f);
        FloatVector x6 = FloatVector.broadcast(SPECIES, 1.06f);
        FloatVector x7 = FloatVector.broadcast(SPECIES, 1.07f);
        FloatVector x8 = FloatVector.broadcast(SPECIES, 1.08f);
        FloatVector x9 = FloatVector.broadcast(SPECIES, 1.09f);
        FloatVector x10 = FloatVector.broadcast(SPECIES, 1.10f);
        FloatVector x11 = FloatVector.broadcast(SPECIES, 1.11f);
        FloatVector x12 = FloatVector.broadcast(SPECIES, 1.12f);
        FloatVector x13 = FloatVector.broadcast(SPECIES, 1.13f);
        FloatVector x14 = FloatVector.broadcast(SPECIES, 1.14f);
        FloatVector x15 = FloatVector.broadcast(SPECIES, 1.15f);
        for (int i = 0; i < steps; i++) {
            x0 = x0.fma(m, s);
            x1 = x1.fma(m, s);
            x2 = x2.fma(m, s);
            x3 = x3.fma(m, s);
            x4 = x4.fma(m, s);
            x5 = x5.fma(m, s);
            x6 = x6.fma(m, s);
            x7 = x7.fma(m, s);
            x8 = x8.fma(m, s);
            x9 = x9.fma(m, s);
            x10 = x10.fma(m, s);
            x11 = x11.fma(m, s);
            x12 = x12.fma(m, s);
            x13 = x13.fma(m, s);
            x14 = x14.fma(m, s);
            x15 = x15.fma(m, s);
        }
        FloatVector first = x0.add(x1).add(x2).add(x3).add(x4).add(x5).add(x6).add(x7);
        FloatVector second =
                x8.add(x9).add(x10).add(x11).add(x12).add(x13).add(x14).add(x15);
        return first.add(second).reduceLanes(VectorOperators.ADD);
    }

    /** Eight chains of additions: the loads wait for none of them. */
    @Override
    public double read(MemorySegment buffer) {
        long end = buffer.byteSize();
        FloatVector x0 = FloatVector.zero(SPECIES);
        FloatVector x1 = x0;
        FloatVector x2 = x0;
        FloatVector x3 = x0;
        FloatVector x4 = x0;
        FloatVector x5 = x0;
        FloatVector x6 = x0;
        FloatVector x7 = x0;
        for (long at = 0; at < end; at += 8 * BYTES) {
            x0 = x0.add(FloatVector.fromMemorySegment(SPECIES, buffer, at, ORDER));
            x1 = x1.add(FloatVector.fromMemorySegment(SPECIES, buffer, at + BYTES, ORDER));
            x2 = x2.add(FloatVector.fromMemorySegment(SPECIES, buffer, at + 2 * BYTES, ORDER));
            x3 = x3.add(FloatVector.fromMemorySegment(SPECIES, buffer, at + 3 * BYTES, ORDER));
            x4 = x4.add(FloatVector.fromMemorySegment(SPECIES, buffer, at + 4 * BYTES, ORDER));
            x5 = x5.add(FloatVector.fromMemorySegment(SPECIES, buffer, at + 5 * BYTES, ORDER));
            x6 = x6.add(FloatVector.fromMemorySegment(SPECIES, buffer, at + 6 * BYTES, ORDER));
            x7 = x7.add(FloatVector.fromMemorySegment(SPECIES, buffer, at + 7 * BYTES, ORDER));
        }
        FloatVector sum = x0.add(x1).add(x2).add(x3).add(x4.add(x5).add(x6).add(x7));
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void matrixProduct(int rows, MemorySegment a, MemorySegment b, MemorySegment c) {
        for (int m = 0; m < rows; m += TILE_ROWS) {
            for (int n = 0; n < COLUMNS; n += TILE_COLUMNS) {
                tile(m, n, a, b, c);
            }
        }
    }

    /** Four rows by two vectors of C, kept in registers. */
    private static void tile(int m, int n, MemorySegment a, MemorySegment b, MemorySegment c) {
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        int row = m * COLUMNS;
        for (int k = 0; k < COLUMNS; k++) {
            FloatVector b0 = load(b, k * COLUMNS + n);
            FloatVector b1 = load(b, k * COLUMNS + n + LANES);
            FloatVector a0 = broadcast(a, row + k);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = broadcast(a, row + COLUMNS + k);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = broadcast(a, row + 2 * COLUMNS + k);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = broadcast(a, row + 3 * COLUMNS + k);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
        }
        int at = row + n;
        store(c00, c, at);
        store(c01, c, at + LANES);
        store(c10, c, at + COLUMNS);
        store(c11, c, at + COLUMNS + LANES);
        store(c20, c, at + 2 * COLUMNS);
        store(c21, c, at + 2 * COLUMNS + LANES);
        store(c30, c, at + 3 * COLUMNS);
        store(c31, c, at + 3 * COLUMNS + LANES);
    }

    private static FloatVector load(MemorySegment floats, int index) {
        return FloatVector.fromMemorySegment(SPECIES, floats, (long) index * Float.BYTES, ORDER);
    }

    private static FloatVector broadcast(MemorySegment floats, int index) {
        return FloatVector.broadcast(SPECIES, floats.getAtIndex(ValueLayout.JAVA_FLOAT, index));
    }

    private static void store(FloatVector vector, MemorySegment floats, int index) {
        vector.intoMemorySegment(floats, (long) index * Float.BYTES, ORDER);
    }
}
