package dev.tally.kernel.convolution;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /** Pixels by vectors, of 32 registers and of 16. */
    private static final int[][] SHAPES = {{6, 4}, {10, 2}, {14, 2}, {8, 3}, {4, 6}, {7, 4}, {6, 2}, {4, 3}};

    /** Eight sums have to be in flight for the multipliers not to wait. */
    private static final int FEWEST_SUMS = 8;

    /**
     * {@return the tile for rows of so many pixels}
     *
     * <p>Two vectors by seven to ten pixels come nearest to the peak of 32 registers (three by nine 226 GFLOP/s, four
     * by seven 223, one by fourteen 182); where there are fewer pixels, more vectors: eight sums have to be in flight
     * for the multipliers not to wait.
     */
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

    /**
     * {@return the tiles to choose from where numbers of pixels stand a vector apart, the best guess first}
     *
     * <p>Which is the fastest differs from processor to processor: four vectors by six pixels take the fewest loads for
     * a product, which counts where another thread has the core as well (Sapphire Rapids: 1.15 times as fast as ten by
     * two then, and as fast alone); two by ten to fourteen read filters the least often.
     */
    static List<TileChoice> all(int width, int blocks, int registers) {
        Set<TileChoice> choices = new LinkedHashSet<>();
        for (int[] shape : SHAPES) {
            int vectors = shape[1];
            if (vectors <= blocks && (shape[0] + 1) * vectors <= registers) {
                choices.add(new TileChoice(Math.ceilDiv(width, Math.ceilDiv(width, shape[0])), vectors));
            }
        }
        choices.removeIf(choice -> choice.rows * choice.vectors < FEWEST_SUMS);
        return choices.isEmpty() ? List.of(of(width, blocks, registers)) : List.copyOf(choices);
    }
}
