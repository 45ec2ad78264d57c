package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.PlaneTile;
import dev.tally.kernel.memory.Buffer;

/**
 * The filters of vectors of pixels: tiles of a few output channels of a group each, all of one size, the last of a
 * group over the one before where the channels end in its middle. A tile's steps are in the order of the weights.
 */
final class PlaneFilters {
    /** With fourteen, 31 of 32 registers are taken, and the compiler finds one too few, as often as not. */
    private static final int MOST_ROWS = 13;

    private final Geometry geometry;
    private final int tiles;
    private final int rows;
    private final float[][] numbers;

    /**
     * The filters of a geometry.
     *
     * @param vectors how many vectors of pixels a tile has
     * @param registers vectors that the processor keeps
     */
    PlaneFilters(Geometry geometry, Operands operands, int vectors, int registers) {
        this.geometry = geometry;
        int most = Math.min(MOST_ROWS, (registers - 1) / vectors - 1);
        this.tiles = Math.ceilDiv(geometry.groupOc(), most);
        this.rows = Math.ceilDiv(geometry.groupOc(), tiles);
        this.numbers = new float[Math.multiplyExact(geometry.g(), tiles)][];
        int steps = Math.toIntExact(geometry.groupIc() * geometry.taps());
        for (int group = 0; group < geometry.g(); group++) {
            for (int tile = 0; tile < tiles; tile++) {
                numbers[group * tiles + tile] = pack(operands, group, tile, steps);
            }
        }
    }

    private float[] pack(Operands operands, int group, int tile, int steps) {
        Buffer bias = operands.bias();
        float[] packed = new float[PlaneTile.numbers(rows, steps)];
        for (int row = 0; row < rows; row++) {
            long oc = (long) group * geometry.groupOc() + firstChannel(tile) + row;
            packed[row] = bias == null ? 0 : bias.get(oc);
            for (int step = 0; step < steps; step++) {
                packed[(step + 1) * rows + row] = operands.weights().get(oc * steps + step);
            }
        }
        return packed;
    }

    /** {@return how many tiles a group has} */
    int tiles() {
        return tiles;
    }

    /** {@return how many channels a tile has} */
    int rows() {
        return rows;
    }

    /** {@return the first channel of a tile within its group} */
    int firstChannel(int tile) {
        return Math.min(tile * rows, geometry.groupOc() - rows);
    }

    /** {@return a tile's numbers, as its kernel reads them} */
    float[] of(int group, int tile) {
        return numbers[group * tiles + tile];
    }
}
