package dev.tally.kernel.convolution;

/**
 * The tile that a row is computed by.
 *
 * @param rows pixels
 * @param vectors blocks of channels
 */
record TileChoice(int rows, int vectors) {
    /**
     * {@return the tile for rows of so many pixels}
     *
     * <p>Two vectors by up to 14 pixels came nearest to the peak of 32 registers (256 of 265 GFLOP/s on Zen 5, three by
     * nine 226, four by seven 223, one by 14 182); where there are fewer pixels, more vectors: eight sums have to be in
     * flight for the multipliers not to wait.
     */
    static TileChoice of(int width, int blocks, int registers) {
        int vectors = Math.min(blocks, 2);
        int most = Math.min(14, (registers - 1) / vectors - 1);
        int tiles = Math.ceilDiv(width, most);
        int rows = Math.ceilDiv(width, tiles);
        while (rows * vectors < 8 && vectors < blocks && (rows + 1) * (vectors + 1) < registers) {
            vectors++;
        }
        return new TileChoice(rows, vectors);
    }
}
