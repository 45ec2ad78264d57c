package dev.tally.kernel.image;

import dev.tally.kernel.memory.Buffer;

/**
 * The sizes of images in blocks of channels: for each sample, for each block, row by row, for each pixel the block's
 * channels beside each other (oneDNN's {@code nChw16c}); what fills up the last block is undefined, but finite.
 *
 * @param batch samples
 * @param channels of a sample
 * @param height rows, without the border
 * @param width pixels of a row, without the border
 * @param lanes channels of a block: the floats of a vector
 * @param border zeros around each block's pixels
 */
public record BlockedShape(int batch, int channels, int height, int width, int lanes, Border border) {
    private static final int PAGE_FLOATS = 4096 / Float.BYTES;

    /** {@return blocks of a sample} */
    public int blocks() {
        return Math.ceilDiv(channels, lanes);
    }

    /** {@return floats from a row to the next} */
    public long rowFloats() {
        return ((long) border.left() + width + border.right()) * lanes;
    }

    /**
     * {@return floats from a block to the next} A pixel of all blocks would compete for few places of the nearest cache
     * where they are whole pages apart, so then there is a vector between them.
     */
    public long blockFloats() {
        long floats = ((long) border.top() + height + border.bottom()) * rowFloats();
        return floats % PAGE_FLOATS == 0 ? floats + lanes : floats;
    }

    /** {@return floats from a sample to the next} */
    public long sampleFloats() {
        return blocks() * blockFloats();
    }

    /** {@return floats of all samples} */
    public long floats() {
        return batch * sampleFloats();
    }

    /** {@return the same with other zeros around it} */
    public BlockedShape with(Border other) {
        return new BlockedShape(batch, channels, height, width, lanes, other);
    }

    /**
     * {@return the images that lie at the beginning of a buffer}
     *
     * @throws IllegalArgumentException if it is too small
     */
    public Blocks in(Buffer buffer) {
        return new Blocks(buffer, this, 0, channels);
    }
}
