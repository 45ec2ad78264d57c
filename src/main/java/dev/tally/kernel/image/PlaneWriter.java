package dev.tally.kernel.image;

import dev.tally.kernel.emit.Transposition;
import dev.tally.kernel.memory.Buffer;

/** Brings blocks of channels that stand beside each other for each pixel into planes of one channel each. */
public final class PlaneWriter {
    private final int lanes;
    private final long plane;
    private final Buffer output;
    private final Transposition.Kernel whole;
    private final Transposition.Kernel last;
    private final Setting setting;
    private final int groupOc;

    /**
     * A writer.
     *
     * @param plane elements of a channel
     * @param channels of a group; its last block may have fewer than a vector holds
     */
    public PlaneWriter(long plane, int channels, Buffer output, Setting setting) {
        this.lanes = setting.lanes();
        this.plane = plane;
        this.groupOc = channels;
        this.output = output;
        this.setting = setting;
        this.whole = setting.transposition(lanes, lanes);
        this.last = setting.transposition(lanes, channels % lanes == 0 ? lanes : channels % lanes);
    }

    /**
     * Writes pixels of a block of channels.
     *
     * @param block where they are, {@code pixels} times a vector of channels
     * @param firstChannel the first of them, of all groups
     * @param inGroup the same, of its group
     * @param firstPixel where they go in the channel's plane
     * @param pixels how many
     */
    public void write(Buffer block, long blockAddress, long firstChannel, int inGroup, long firstPixel, int pixels) {
        int channels = Math.min(lanes, groupOc - inGroup);
        if (channels <= 0) {
            return;
        }
        if (pixels < lanes) {
            long from = (blockAddress - block.address()) / Float.BYTES;
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < pixels; p++) {
                    output.set((firstChannel + c) * plane + firstPixel + p, block.get(from + (long) p * lanes + c));
                }
            }
            return;
        }
        Transposition.Kernel kernel = channels == lanes ? whole : last;
        long vectorBytes = (long) lanes * Float.BYTES;
        long to = output.address() + (firstChannel * plane + firstPixel) * Float.BYTES;
        setting.transpose(kernel, blockAddress, vectorBytes, vectorBytes, to, plane * Float.BYTES, Float.BYTES, pixels);
    }
}
