package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.memory.Buffer;

/**
 * A product of filters with planes. An item of its work is a panel of pixels, by all tiles of output channels of a
 * group: the panel's numbers come from a near cache from the second tile on.
 */
final class MatrixProductPlan implements ConvolutionPlan {
    private final Geometry geometry;
    private final Setting setting;
    private final Operands operands;
    private final int pixels;
    private final int panelPixels;
    private final int panels;
    private final int tileRows;
    private final int tiles;
    private final int[] offsets;
    private final Buffer filters;
    private final Buffer bias;
    private final Tile.Kernel kernel;
    private final String id;

    MatrixProductPlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requireSizesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.operands = operands;
        this.pixels = Math.toIntExact(geometry.outputPlane());
        int lanes = setting.lanes();
        int vectors = pixels >= 2 * lanes ? 2 : 1;
        this.panelPixels = vectors * lanes;
        this.panels = Math.ceilDiv(pixels, panelPixels);
        int most = Math.min(14, (setting.registers() - 1) / vectors - 1);
        this.tiles = Math.ceilDiv(geometry.groupOc(), most);
        this.tileRows = Math.ceilDiv(geometry.groupOc(), tiles);
        this.offsets = new int[geometry.groupIc()];
        for (int c = 0; c < offsets.length; c++) {
            offsets[c] = Math.multiplyExact(Math.multiplyExact(c, pixels), Float.BYTES);
        }
        this.filters = setting.workspace().allocate((long) geometry.g() * tiles * geometry.groupIc() * tileRows);
        this.bias = setting.workspace().allocate((long) geometry.g() * tiles * tileRows);
        pack();
        this.kernel = setting.tile(Tile.Side.VECTORS, tileRows, vectors, 0, rectifier);
        this.id = "matrix-product-" + tileRows + "x" + vectors + ":" + lanes * Float.SIZE;
    }

    @Override
    public String id() {
        return id;
    }

    /** {@return the first channel of a tile within its group; the last tile overlaps the one before} */
    private int firstChannel(int tile) {
        return Math.min(tile * tileRows, geometry.groupOc() - tileRows);
    }

    private void pack() {
        int ic = geometry.groupIc();
        for (int group = 0; group < geometry.g(); group++) {
            for (int tile = 0; tile < tiles; tile++) {
                for (int row = 0; row < tileRows; row++) {
                    long at = (long) group * tiles + tile;
                    long oc = (long) group * geometry.groupOc() + firstChannel(tile) + row;
                    for (int c = 0; c < ic; c++) {
                        filters.set(
                                (at * ic + c) * tileRows + row,
                                operands.weights().get(oc * ic + c));
                    }
                    Buffer given = operands.bias();
                    if (given != null) {
                        bias.set(at * tileRows + row, given.get(oc));
                    }
                }
            }
        }
    }

    @Override
    public long flops() {
        return geometry.flops();
    }

    @Override
    public void run() {
        setting.pool().run(geometry.mb() * geometry.g() * panels, this::panel);
    }

    private void panel(int item, int worker) {
        int panel = item % panels;
        int group = item / panels % geometry.g();
        int n = item / panels / geometry.g();
        long pixel = Math.min((long) panel * panelPixels, pixels - panelPixels);
        long plane = (long) pixels * Float.BYTES;
        long from = operands.input().address()
                + ((long) n * geometry.ic() + (long) group * geometry.groupIc()) * plane
                + pixel * Float.BYTES;
        long to = operands.output().address()
                + ((long) n * geometry.oc() + (long) group * geometry.groupOc()) * plane
                + pixel * Float.BYTES;
        for (int tile = 0; tile < tiles; tile++) {
            long at = (long) group * tiles + tile;
            kernel.run(
                    from,
                    0,
                    geometry.groupIc(),
                    offsets,
                    filters.address() + at * geometry.groupIc() * tileRows * Float.BYTES,
                    bias.address() + at * tileRows * Float.BYTES,
                    to + firstChannel(tile) * plane,
                    plane,
                    0);
        }
    }
}
