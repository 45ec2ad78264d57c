package dev.tally.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The loops that tell what a machine reaches: arithmetic alone, reading alone, and a small matrix product that needs a
 * little of both. One implementation uses vectors of a given width, the other plain Java.
 *
 * <p>What they compute does not matter, but is returned, so that the compiler cannot drop it.
 */
public interface MachineLoops {
    /** {@return what these loops are, for people: {@code 512-bit vectors}, {@code plain loops}} */
    String name();

    /** {@return the width of the vectors; 0 for plain loops} */
    int vectorBits();

    /** {@return what one step of {@link #multiplyAdd} counts: multiplications and additions of float32, one each} */
    int flopsPerStep();

    /**
     * {@return what a call takes at most once the compiler is done, for a {@link WarmUp}: the given time for vectors,
     * of which each is a call that allocates until then; any for plain loops, which are quick early}
     */
    default long compiledNanos(long withVectors) {
        return vectorBits() == 0 ? Long.MAX_VALUE : withVectors;
    }

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

    /** Columns of the matrices of {@link #matrixProduct}, and rows of B. */
    int COLUMNS = 64;

    /**
     * Computes {@code C = A · B}, all float32, row-major and aligned to 64 bytes, without allocating. Not in arrays:
     * the garbage collector moves those, and with them the places where vectors cross cache lines; the same product
     * then took anything from 330 to 400 µs.
     *
     * @param rows rows of A and C, a multiple of 4
     * @param a {@code rows × COLUMNS}
     * @param b {@code COLUMNS × COLUMNS}
     * @param c {@code rows × COLUMNS}
     * @throws IndexOutOfBoundsException if a segment is too small
     */
    void matrixProduct(int rows, MemorySegment a, MemorySegment b, MemorySegment c);
}
