package dev.tally.kernel.image;

import dev.tally.kernel.memory.Buffer;

/**
 * Images in blocks of channels, or the images of some of their blocks.
 *
 * @param buffer has all of them
 * @param whole the sizes of all of them
 * @param firstBlock the first block of these
 * @param channels of these, from the first of that block on
 */
public record Blocks(Buffer buffer, BlockedShape whole, int firstBlock, int channels) implements Image {
    public Blocks {
        if (buffer.bytes() < whole.floats() * Float.BYTES) {
            throw new IllegalArgumentException("expected at least " + whole.floats() + " floats for " + whole + ", got "
                    + buffer.bytes() / Float.BYTES);
        }
        if (firstBlock < 0 || firstBlock + Math.ceilDiv(channels, whole.lanes()) > whole.blocks()) {
            throw new IllegalArgumentException(
                    "expected blocks of " + whole + ", got " + channels + " channels from block " + firstBlock + " on");
        }
    }

    /** {@return the images of some blocks of these} */
    public Blocks part(int first, int partChannels) {
        return new Blocks(buffer, whole, firstBlock + first, partChannels);
    }

    /** {@return how many blocks a sample has} */
    public int blocks() {
        return Math.ceilDiv(channels, whole.lanes());
    }

    /** {@return the address of a row's first pixel in a block; rows of the border count from -1 upwards} */
    public long address(int n, int block, int row) {
        long floats = n * whole.sampleFloats()
                + (firstBlock + (long) block) * whole.blockFloats()
                + ((long) whole.border().top() + row) * whole.rowFloats()
                + (long) whole.border().left() * whole.lanes();
        return buffer.address() + floats * Float.BYTES;
    }

    /** {@return bytes from a row to the next} */
    public long rowBytes() {
        return whole.rowFloats() * Float.BYTES;
    }

    /** {@return bytes from a block to the next} */
    public long blockBytes() {
        return whole.blockFloats() * Float.BYTES;
    }

    /** {@return bytes of a pixel of a block} */
    public int pixelBytes() {
        return whole.lanes() * Float.BYTES;
    }

    /** {@return whether each block's rows stand beside each other without zeros between them} */
    public boolean isLine() {
        return whole.border().equals(Border.NONE);
    }

    /** {@return the same with all rows as one; only if {@link #isLine}} */
    public Blocks line() {
        if (!isLine()) {
            throw new IllegalStateException("expected no border, got " + whole.border());
        }
        int pixels = Math.multiplyExact(whole.height(), whole.width());
        return new Blocks(
                buffer,
                new BlockedShape(whole.batch(), whole.channels(), 1, pixels, whole.lanes(), Border.NONE),
                firstBlock,
                channels);
    }

    /** {@return where an element is in the buffer, in floats} */
    public long index(int n, int channel, int row, int column) {
        int lanes = whole.lanes();
        long bytes = address(n, channel / lanes, row) - buffer.address();
        return bytes / Float.BYTES + (long) column * lanes + channel % lanes;
    }
}
