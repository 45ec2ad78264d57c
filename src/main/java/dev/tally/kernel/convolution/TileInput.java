package dev.tally.kernel.convolution;

/** The input of tiles: where numbers are whose channels, rows and pixels are as many bytes apart everywhere. */
interface TileInput {
    /** Brings the input into its place, if that is not where it is. */
    void fill();

    /** {@return the address of the number that a tap at a place of the padded input reads, of a channel} */
    long address(int n, int c, int d, int h);

    /** {@return bytes from such a number to that of another channel and tap} */
    long offset(int c, int d, int h, int w);

    /** {@return bytes from a pixel's number to the next pixel's} */
    int pitch();
}
