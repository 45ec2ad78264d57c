package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;

/** Filters of one channel each, packed by filter of a channel, block of channels and tap: a vector. */
final class DepthwiseFilters {
    private final int blocks;
    private final long taps;
    private final int vectorBytes;
    private final Buffer filters;
    private final Buffer bias;

    DepthwiseFilters(Geometry geometry, Operands operands, Setting setting) {
        int lanes = setting.lanes();
        int filtersOfChannel = geometry.groupOc();
        this.blocks = Math.ceilDiv(geometry.ic(), lanes);
        this.taps = geometry.taps();
        this.vectorBytes = setting.vectorBytes();
        this.filters = setting.workspace().allocate((long) filtersOfChannel * blocks * taps * lanes);
        this.bias = setting.workspace().allocate((long) filtersOfChannel * blocks * lanes);
        Buffer given = operands.bias();
        for (int oc = 0; oc < geometry.oc(); oc++) {
            int channel = oc / filtersOfChannel;
            long vector = vector(oc % filtersOfChannel, channel / lanes);
            for (long tap = 0; tap < taps; tap++) {
                filters.set(
                        (vector * taps + tap) * lanes + channel % lanes,
                        operands.weights().get(oc * taps + tap));
            }
            if (given != null) {
                bias.set(vector * lanes + channel % lanes, given.get(oc));
            }
        }
    }

    private long vector(int filter, int block) {
        return (long) filter * blocks + block;
    }

    /** {@return where the vectors of the taps of a block's filters begin} */
    long taps(int filter, int block) {
        return filters.address() + vector(filter, block) * taps * vectorBytes;
    }

    /** {@return where the vector is that a block's sums begin with} */
    long bias(int filter, int block) {
        return bias.address() + vector(filter, block) * vectorBytes;
    }
}
