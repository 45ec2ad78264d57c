package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;

/**
 * Filters transformed to pairs of points, {@code G g Gᵀ}, in double precision; packed by pair of points, pair of blocks
 * of output channels and input channel: the vectors of the two blocks.
 */
final class WinogradFilters {
    private final Geometry geometry;
    private final CookToom size;
    private final int r;
    private final int lanes;
    private final int blocks;
    private final Buffer packed;

    /**
     * The transformed filters.
     *
     * @param weights {@code OIHW}
     * @param size the largest tile's, whose points are the most
     */
    WinogradFilters(Geometry geometry, Buffer weights, CookToom size, Setting setting) {
        this.geometry = geometry;
        this.size = size;
        this.r = geometry.h().kernel();
        this.lanes = setting.lanes();
        this.blocks = Math.ceilDiv(geometry.oc(), lanes);
        this.packed = setting.workspace().allocate((long) size.n * size.n * geometry.ic() * blocks * lanes);
        setting.pool().run(geometry.oc(), (oc, _) -> transform(weights, oc));
    }

    private void transform(Buffer weights, int oc) {
        int block = oc / lanes;
        int pair = block / 2;
        int width = blocksOfPair(pair) * lanes;
        long column = (long) (block - 2 * pair) * lanes + oc % lanes;
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
                    packed.set(first(p * size.n + q, pair) + (long) c * width + column, (float) sum);
                }
            }
        }
    }

    /** {@return how many blocks of output channels a pair has: two, or the last one} */
    int blocksOfPair(int pair) {
        return Math.min(2, blocks - 2 * pair);
    }

    /** {@return where the filters of a pair of points and a pair of blocks begin} */
    long address(int point, int pair) {
        return packed.address() + first(point, pair) * Float.BYTES;
    }

    private long first(int point, int pair) {
        return ((long) point * blocks + 2L * pair) * lanes * geometry.ic();
    }
}
