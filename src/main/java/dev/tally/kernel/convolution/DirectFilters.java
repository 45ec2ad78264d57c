package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a direct convolution, packed: group by group of channels, block by block, a vector of each step, so
 * that a tile reads as many streams as it has blocks: what comes from memory comes faster so. The steps are the taps of
 * the outermost axis that has several, then the others and the input channels: rows that a tap finds in the padding are
 * left out by beginning later or ending earlier.
 */
final class DirectFilters {
    private final Geometry geometry;
    private final int lanes;
    private final int blocks;
    private final int blocksOfTile;
    private final int blockGroups;
    private final int steps;
    private final int stepsOfOuterTap;
    private final boolean skipsPlanes;
    private final Buffer weights;
    private final Buffer bias;

    /**
     * The filters.
     *
     * @param blocksOfTile how many blocks of output channels a tile has; the last of a group may have fewer
     */
    DirectFilters(Geometry geometry, Numbers given, @Nullable Buffer givenBias, int blocksOfTile, Setting setting) {
        this.geometry = geometry;
        this.lanes = setting.lanes();
        this.blocks = Math.ceilDiv(geometry.groupOc(), lanes);
        this.blocksOfTile = blocksOfTile;
        this.blockGroups = Math.ceilDiv(blocks, blocksOfTile);
        this.skipsPlanes = geometry.d().kernel() > 1;
        int outerTaps = skipsPlanes ? geometry.d().kernel() : geometry.h().kernel();
        this.steps = Math.toIntExact(geometry.groupIc() * geometry.taps());
        this.stepsOfOuterTap = steps / outerTaps;
        this.weights = setting.workspace().allocate((long) geometry.g() * blocks * lanes * steps);
        pack(given);
        this.bias = Biases.packed(givenBias, geometry, blocks * lanes, setting);
    }

    private void pack(Numbers given) {
        int kw = geometry.w().kernel();
        int taps = Math.toIntExact(geometry.taps());
        for (int oc = 0; oc < geometry.oc(); oc++) {
            int group = oc / geometry.groupOc();
            int inGroup = oc % geometry.groupOc();
            long block = first(group, inGroup / lanes) + inGroup % lanes;
            long filter = (long) oc * geometry.groupIc() * taps;
            for (int tap = 0; tap < taps; tap++) {
                int rowTap = tap / kw;
                for (int c = 0; c < geometry.groupIc(); c++) {
                    long step = ((long) rowTap * geometry.groupIc() + c) * kw + tap % kw;
                    weights.set(block + step * lanes, given.get(filter + (long) c * taps + tap));
                }
            }
        }
    }

    /** {@return where each step reads, in bytes from where the first does} */
    int[] offsets(TileInput input) {
        int[] table = new int[steps];
        int step = 0;
        for (int kd = 0; kd < geometry.d().kernel(); kd++) {
            for (int kh = 0; kh < geometry.h().kernel(); kh++) {
                for (int c = 0; c < geometry.groupIc(); c++) {
                    for (int kw = 0; kw < geometry.w().kernel(); kw++) {
                        table[step++] = Math.toIntExact(input.offset(
                                c,
                                kd * geometry.d().dilation(),
                                kh * geometry.h().dilation(),
                                kw * geometry.w().dilation()));
                    }
                }
            }
        }
        return table;
    }

    /** {@return how many groups of blocks a group of channels has} */
    int blockGroups() {
        return blockGroups;
    }

    /** {@return how many blocks a group of them has} */
    int blocksOf(int blockGroup) {
        return Math.min(blocksOfTile, blocks - blockGroup * blocksOfTile);
    }

    /** In floats. */
    private long first(int group, int block) {
        return ((long) group * blocks + block) * lanes * steps;
    }

    /** {@return where the packed weights of a group of blocks begin} */
    long weights(int group, int blockGroup) {
        return weights.address() + first(group, blockGroup * blocksOfTile) * Float.BYTES;
    }

    /** {@return bytes from a block's packed weights to the next one's} */
    long blockBytes() {
        return (long) steps * lanes * Float.BYTES;
    }

    /** {@return where the bias of a group of blocks begins} */
    long bias(int group, int blockGroup) {
        return bias.address() + ((long) group * blocks + (long) blockGroup * blocksOfTile) * lanes * Float.BYTES;
    }

    /** {@return the first step for a row of the output} */
    int firstStep(int depth, int row) {
        return (skipsPlanes ? geometry.d().firstTap(depth) : geometry.h().firstTap(row)) * stepsOfOuterTap;
    }

    /** {@return one more than the last step} */
    int endStep(int depth, int row) {
        int end = (skipsPlanes ? geometry.d().endTap(depth) : geometry.h().endTap(row)) * stepsOfOuterTap;
        return Math.max(firstStep(depth, row), end);
    }

    /** {@return multiplications and additions that are executed} */
    long flops() {
        Axis d = geometry.d();
        Axis h = geometry.h();
        double rows = skipsPlanes ? (double) d.pairsInside() * h.pairs() : (double) d.pairs() * h.pairsInside();
        return geometry.flops(rows * geometry.w().pairs());
    }
}
