package dev.tally.kernel;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The loops that tell what a machine reaches: arithmetic alone, reading alone, and a small matrix product that needs a
 * little of both. One implementation uses vectors of a given width, the other plain Java.
 *
 * <p>What they compute does not matter, but is returned, so that the compiler cannot drop it.
 */
public interface MachineLoops {
    /** {@return the loops that this process can use, the widest vectors first; without vectors the plain ones alone} */
    static List<MachineLoops> all() {
        return VectorSupport.current().loops();
    }

    /** {@return what these loops are, for people: {@code 512-bit vectors}, {@code plain loops}} */
    String name();

    /** {@return the width of the vectors; 0 for plain loops} */
    int vectorBits();

    /** {@return what one step of {@link #multiplyAdd} counts: multiplications and additions of float32, one each} */
    int flopsPerStep();

    /**
     * Multiplies and adds numbers that stay near 1, in enough independent chains to keep all units of a core busy, with
     * hardly any memory.
     *
     * @param steps how many times, {@link #flopsPerStep} operations each
     * @return the sum of the chains' ends
     */
    float multiplyAdd(int steps);

    /**
     * Reads every byte of a buffer.
     *
     * @param buffer of a multiple of {@value #READ_BLOCK} bytes, aligned to 64
     * @return a sum of what was read
     */
    double read(MemorySegment buffer);

    /** The bytes of a buffer to {@link #read} are a multiple of this: sixteen of the widest vectors. */
    int READ_BLOCK = 1024;

    /**
     * Computes {@code C = A · B}, all row-major, without allocating.
     *
     * @param M rows of A and C
     * @param N columns of B and C
     * @param K columns of A, rows of B
     * @throws IndexOutOfBoundsException if an array is too small
     */
    void matrixProduct(int M, int N, int K, float[] a, float[] b, float[] c);
}
