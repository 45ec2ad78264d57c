package dev.tally.kernel.memory;

/** Floats that are read once, by their index: in memory, or made when they are asked for. */
public interface Numbers {
    /** {@return how many there are} */
    long count();

    /** {@return one of them} */
    float get(long index);
}
