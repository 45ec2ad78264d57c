package dev.tally.kernel.convolution;

/**
 * How a row is cut into tiles: larger ones and then smaller ones by one; or all of one size and the last over the one
 * before, where that is little work done twice.
 */
final class RowTiles {
    /** Which part of a row may be computed twice rather than by a kernel of its own. */
    private static final double LITTLE = 0.03;

    private final int width;
    private final int most;
    private final int tiles;
    private final int larger;

    /** Tiles of at most so many pixels. */
    RowTiles(int width, int most) {
        this.width = width;
        this.most = most;
        this.tiles = Math.ceilDiv(width, most);
        boolean overlapping = tiles * most - width <= LITTLE * width;
        this.larger = overlapping ? tiles : width - tiles * (most - 1);
    }

    /** {@return how many tiles a row has} */
    int tiles() {
        return tiles;
    }

    /** {@return whether there are smaller ones} */
    boolean hasSmaller() {
        return larger < tiles;
    }

    /** {@return how many pixels a tile has} */
    int size(int tile) {
        return tile < larger ? most : most - 1;
    }

    /** {@return a tile's first pixel} */
    int begin(int tile) {
        int smaller = Math.max(0, tile - larger);
        return Math.min(tile * most - smaller, width - size(tile));
    }
}
