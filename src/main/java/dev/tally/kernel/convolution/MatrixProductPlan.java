package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.PlaneTile;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;

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
    private final int[] offsets;
    private final PlaneFilters filters;
    private final PlaneTile.Kernel kernel;
    private final String id;

    MatrixProductPlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requirePlanesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.operands = operands;
        this.pixels = Math.toIntExact(geometry.outputPlane());
        int lanes = setting.lanes();
        int vectors = pixels >= 2 * lanes ? 2 : 1;
        this.panelPixels = vectors * lanes;
        this.panels = Math.ceilDiv(pixels, panelPixels);
        this.filters = new PlaneFilters(geometry, operands, vectors, setting.registers());
        this.offsets = new int[geometry.groupIc()];
        for (int c = 0; c < offsets.length; c++) {
            offsets[c] = Math.multiplyExact(Math.multiplyExact(c, pixels), Float.BYTES);
        }
        this.kernel = setting.planeTile(filters.rows(), vectors, rectifier);
        this.id = "matrix-product-" + filters.rows() + "x" + vectors + ":" + lanes * Float.SIZE;
    }

    @Override
    public String id() {
        return id;
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
        long from = operands.inputPlanes().address()
                + ((long) n * geometry.ic() + (long) group * geometry.groupIc()) * plane
                + pixel * Float.BYTES;
        long to = operands.outputPlanes().address()
                + ((long) n * geometry.oc() + (long) group * geometry.groupOc()) * plane
                + pixel * Float.BYTES;
        for (int tile = 0; tile < filters.tiles(); tile++) {
            kernel.run(
                    from,
                    0,
                    geometry.groupIc(),
                    offsets,
                    filters.of(group, tile),
                    0,
                    to + filters.firstChannel(tile) * plane,
                    plane,
                    0);
        }
    }
}
