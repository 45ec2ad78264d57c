package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.image.Rescaler;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Scratch;

/** The pixels of some tiles, rescaled: block by block of channels, tile by tile. */
final class RescaledTiles {
    private final Rescaler rescaler;
    private final RowTiles tiles;
    private final int tileRows;
    private final int vectorBytes;
    private final long blockBytes;
    private final int lanes;
    private final int channels;
    private final Scratch.Piece scratch;
    private final Stencil.Kernel larger;
    private final Stencil.Kernel smaller;

    /**
     * Room for some tiles.
     *
     * @param tileRows pixels of a larger tile
     * @param most the most tiles at once
     */
    RescaledTiles(Rescaling rescaling, int channels, RowTiles tiles, int tileRows, int most, Setting setting) {
        this.rescaler = new Rescaler(rescaling, channels, setting);
        this.channels = channels;
        this.tiles = tiles;
        this.tileRows = tileRows;
        this.lanes = setting.lanes();
        this.vectorBytes = setting.vectorBytes();
        // A vector more, so that blocks are not whole pages apart.
        this.blockBytes = ((long) most * tileRows + 1) * vectorBytes;
        this.scratch = setting.scratch(rescaler.blocks() * blockBytes / Float.BYTES);
        this.larger = rescaler.kernel(tileRows);
        this.smaller = tiles.hasSmaller() ? rescaler.kernel(tileRows - 1) : larger;
    }

    /** {@return where each channel is, in bytes from the first} */
    int[] offsets() {
        int[] offsets = new int[channels];
        for (int c = 0; c < channels; c++) {
            offsets[c] = Math.toIntExact(c / lanes * blockBytes + (long) c % lanes * Float.BYTES);
        }
        return offsets;
    }

    /**
     * Rescales a tile.
     *
     * @param place which of the tiles at once it is
     * @param inRow which of its row
     * @param from where its first pixel is in the first block of the input
     */
    void fill(int place, int inRow, long from, TileInput input, int worker) {
        Stencil.Kernel kernel = tiles.size(inRow) == tileRows ? larger : smaller;
        long to = address(place, worker);
        for (int block = 0; block < rescaler.blocks(); block++) {
            rescaler.run(kernel, block, from + input.offset(block * lanes, 0, 0, 0), to + block * blockBytes);
        }
    }

    /** {@return bytes from a tile to the next} */
    long tileBytes() {
        return (long) tileRows * vectorBytes;
    }

    /** {@return where the pixels of a tile are} */
    long address(int place, int worker) {
        return scratch.of(worker).address() + (long) place * tileRows * vectorBytes;
    }
}
