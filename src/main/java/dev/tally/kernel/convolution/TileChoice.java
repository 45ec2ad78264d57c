package dev.tally.kernel.convolution;

/**
 * The tile that a row is computed by.
 *
 * @param rows pixels
 * @param vectors blocks of channels
 */
record TileChoice(int rows, int vectors) {
    /**
     * More are no faster (257 GFLOP/s of 265 on Zen 5 by ten, 256 by fourteen), but large: C2 takes what a loop inlines
     * beyond some 18,000 nodes in a second pass, and leaves one such tile of twenty eight times slower.
     */
    static final int MOST_ROWS = 10;

    /**
     * {@return the tile for rows of so many pixels}
     *
     * <p>Two vectors by seven to ten pixels come nearest to the peak of 32 registers (three by nine 226 GFLOP/s, four
     * by seven 223, one by fourteen 182); where there are fewer pixels, more vectors: eight sums have to be in flight
     * for the multipliers not to wait.
     */
    static TileChoice blocked(int width, int blocks, int registers) {
        int v=Integer.getInteger("bt.v",2); int m=Integer.getInteger("bt.m",10);
        int vectors = Math.min(blocks, v);
        int most = vectors==v? m : Math.min(MOST_ROWS, (registers - 1) / vectors - 1);
        int tiles = Math.ceilDiv(width, most);
        int rows = Math.ceilDiv(width, tiles);
        while (rows * vectors < 8 && vectors < blocks && (rows + 1) * (vectors + 1) < registers) {
            vectors++;
        }
        return new TileChoice(rows, vectors);
    }

    static TileChoice of(int width, int blocks, int registers) {
        int vectors = Math.min(blocks, 2);
        int most = Math.min(MOST_ROWS, (registers - 1) / vectors - 1);
        int tiles = Math.ceilDiv(width, most);
        int rows = Math.ceilDiv(width, tiles);
        while (rows * vectors < 8 && vectors < blocks && (rows + 1) * (vectors + 1) < registers) {
            vectors++;
        }
        return new TileChoice(rows, vectors);
    }
}
