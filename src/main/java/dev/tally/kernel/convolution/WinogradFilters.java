package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Numbers;

/**
 * Filters transformed to pairs of points, {@code G g Gᵀ}, in double precision; packed by pair of points, block of
 * output channels and input channel, so that whoever multiplies several blocks at once reads several streams: what
 * comes from memory comes faster so.
 */
final class WinogradFilters {
    private final Geometry geometry;
    private final CookToom size;
    private final int r;
    private final int lanes;
    private final int blocks;
    private final int groups;
    private final Buffer packed;

    /**
     * The transformed filters.
     *
     * @param weights {@code OIHW}
     * @param size the largest tile's, whose points are the most
     * @param mostBlocks blocks of output channels of a group, at most
     */
    WinogradFilters(Geometry geometry, Numbers weights, CookToom size, int mostBlocks, Setting setting) {
        this.geometry = geometry;
        this.size = size;
        this.r = geometry.h().kernel();
        this.lanes = setting.lanes();
        this.blocks = Math.ceilDiv(geometry.oc(), lanes);
        this.groups = Math.ceilDiv(blocks, mostBlocks);
        this.packed = setting.workspace().allocate((long) size.n * size.n * geometry.ic() * blocks * lanes);
        setting.pool().run(geometry.oc(), (oc, _) -> transform(weights, oc));
    }

    private void transform(Numbers weights, int oc) {
        int block = oc / lanes;
        double[] half = new double[size.n * r];
        for (int c = 0; c < geometry.ic(); c++) {
            long filter = ((long) oc * geometry.ic() + c) * r * r;
            for (int p = 0; p < size.n; p++) {
                for (int x = 0; x < r; x++) {
                    double sum = 0;
                    for (int y = 0; y < r; y++) {
                        sum += size.filter(p, y) * weights.get(filter + (long) y * r + x);
                    }
                    half[p * r + x] = sum;
                }
            }
            for (int p = 0; p < size.n; p++) {
                for (int q = 0; q < size.n; q++) {
                    double sum = 0;
                    for (int x = 0; x < r; x++) {
                        sum += size.filter(q, x) * half[p * r + x];
                    }
                    packed.set(first(p * size.n + q, block) + (long) c * lanes + oc % lanes, (float) sum);
                }
            }
        }
    }

    /** {@return into how many groups the blocks of output channels are cut} */
    int groups() {
        return groups;
    }

    /** {@return a group's first block} */
    int firstBlock(int group) {
        return Setting.begin(blocks, group, groups);
    }

    /** {@return how many blocks a group has} */
    int blocksOf(int group) {
        return firstBlock(group + 1) - firstBlock(group);
    }

    /** {@return where the filters of a pair of points and a group of blocks begin} */
    long address(int point, int group) {
        return packed.address() + first(point, firstBlock(group)) * Float.BYTES;
    }

    /** {@return bytes from a block's filters to the next one's} */
    long blockBytes() {
        return (long) geometry.ic() * lanes * Float.BYTES;
    }

    private long first(int point, int block) {
        return ((long) point * blocks + block) * lanes * geometry.ic();
    }
}
