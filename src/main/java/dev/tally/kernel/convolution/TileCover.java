package dev.tally.kernel.convolution;

/**
 * Tiles of nearly equal sizes that cover an axis without reaching over its end, the larger ones first. The products
 * that they take together, {@code size + tiles · (taps - 1)}, do not depend on how the sizes are spread, but the points
 * of the largest do.
 */
final class TileCover {
    private final int size;
    private final int tiles;

    /**
     * A cover.
     *
     * @param size what is covered, at least 1
     * @param most the largest tile to use
     */
    TileCover(int size, int most) {
        this.size = size;
        this.tiles = Math.ceilDiv(size, most);
    }

    /** {@return how many tiles} */
    int tiles() {
        return tiles;
    }

    /** {@return the size of the largest} */
    int largest() {
        return Math.ceilDiv(size, tiles);
    }

    /** {@return the size of a tile} */
    int size(int tile) {
        return end(tile) - begin(tile);
    }

    /** {@return where a tile begins} */
    int begin(int tile) {
        int smaller = size / tiles;
        return tile * smaller + Math.min(tile, size % tiles);
    }

    private int end(int tile) {
        return begin(tile + 1);
    }

    /** {@return how many tiles of those in [from, to) are of at least a size: the first ones} */
    int atLeast(int least, int from, int to) {
        int count = 0;
        while (from + count < to && size(from + count) >= least) {
            count++;
        }
        return count;
    }
}
