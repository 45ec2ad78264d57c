package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.PlaneTile;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.RowCopy;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Scratch;

/**
 * A convolution by a matrix of what each tap reads. An item of its work is some rows of the output of a group: the
 * matrix has a line for each tap of each input channel and a column for each of the rows' pixels; it stays in a near
 * cache while it is multiplied with all of the group's filters.
 */
final class Im2colPlan implements ConvolutionPlan {
    /** What a matrix takes at most, unless a vector of pixels takes more. */
    static final int MATRIX_BYTES = 256 << 10;

    private final Geometry geometry;
    private final Setting setting;
    private final Operands operands;
    private final PaddedInput input;
    private final int steps;
    private final int rowItems;
    private final int pitch;
    private final int vectors;
    private final int[] offsets;
    private final PlaneFilters filters;
    private final Scratch.Piece matrices;
    private final RowCopy row;
    private final PlaneTile.Kernel kernel;

    Im2colPlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requirePlanesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.operands = operands;
        int lanes = setting.lanes();
        this.input = new PaddedInput(geometry, operands.inputPlanes(), setting);
        this.steps = Math.toIntExact(geometry.groupIc() * geometry.taps());
        int width = geometry.w().out();
        int rows = geometry.d().out() * geometry.h().out();
        long fitting = MATRIX_BYTES / ((long) steps * width * Float.BYTES);
        int wanted = (int) Math.min(rows, Math.max(fitting, Math.ceilDiv(2 * lanes, width)));
        this.rowItems = Math.max(1, rows / wanted);
        int mostPixels = Math.ceilDiv(rows, rowItems) * width;
        int fewestPixels = rows / rowItems * width;
        this.pitch = mostPixels;
        // Eight sums have to be in flight for the multipliers not to wait.
        int wide = geometry.groupOc() >= 4 ? 2 : 4;
        this.vectors = Math.max(1, Math.min(wide, fewestPixels / lanes));
        this.offsets = new int[steps];
        for (int step = 0; step < steps; step++) {
            offsets[step] = Math.multiplyExact(Math.multiplyExact(step, pitch), Float.BYTES);
        }
        this.filters = new PlaneFilters(geometry, operands, vectors, setting.registers());
        this.matrices = setting.scratch((long) steps * pitch);
        this.row = new RowCopy(width, setting);
        this.kernel = setting.planeTile(filters.rows(), vectors, rectifier);
    }

    @Override
    public String id() {
        return "im2col-" + filters.rows() + "x" + vectors + ":" + setting.lanes() * Float.SIZE;
    }

    @Override
    public long flops() {
        return geometry.flops();
    }

    @Override
    public void run() {
        input.fill();
        setting.pool().run(geometry.mb() * geometry.g() * rowItems, this::item);
    }

    private void item(int item, int worker) {
        int rowItem = item % rowItems;
        int group = item / rowItems % geometry.g();
        int n = item / rowItems / geometry.g();
        int rows = geometry.d().out() * geometry.h().out();
        int firstRow = Setting.begin(rows, rowItem, rowItems);
        int endRow = Setting.begin(rows, rowItem + 1, rowItems);
        Buffer matrix = matrices.of(worker);
        layOut(n, group, firstRow, endRow, matrix);
        int pixels = (endRow - firstRow) * geometry.w().out();
        long plane = geometry.outputPlane() * Float.BYTES;
        long out = operands.outputPlanes().address()
                + ((long) n * geometry.oc() + (long) group * geometry.groupOc()) * plane
                + (long) firstRow * geometry.w().out() * Float.BYTES;
        int panel = vectors * setting.lanes();
        for (int x = 0; x < pixels; x += panel) {
            long pixel = (long) Math.min(x, pixels - panel) * Float.BYTES;
            for (int tile = 0; tile < filters.tiles(); tile++) {
                kernel.run(
                        matrix.address() + pixel,
                        0,
                        steps,
                        offsets,
                        filters.of(group, tile),
                        0,
                        out + filters.firstChannel(tile) * plane + pixel,
                        plane,
                        0);
            }
        }
    }

    private void layOut(int n, int group, int firstRow, int endRow, Buffer matrix) {
        int step = 0;
        for (int c = 0; c < geometry.groupIc(); c++) {
            int channel = group * geometry.groupIc() + c;
            for (int kd = 0; kd < geometry.d().kernel(); kd++) {
                for (int kh = 0; kh < geometry.h().kernel(); kh++) {
                    for (int kw = 0; kw < geometry.w().kernel(); kw++) {
                        line(n, channel, kd, kh, kw, firstRow, endRow, matrix, (long) step++ * pitch);
                    }
                }
            }
        }
    }

    /** What one tap reads of one channel. */
    private void line(int n, int channel, int kd, int kh, int kw, int firstRow, int endRow, Buffer matrix, long at) {
        int width = geometry.w().out();
        int stride = geometry.w().stride();
        for (int row = firstRow; row < endRow; row++) {
            int d = row / geometry.h().out() * geometry.d().stride()
                    + kd * geometry.d().dilation();
            int h = row % geometry.h().out() * geometry.h().stride()
                    + kh * geometry.h().dilation();
            int w = kw * geometry.w().dilation();
            long to = at + (long) (row - firstRow) * width;
            if (stride == 1) {
                // Neighbouring rows of one plane at once.
                int rows = Math.min(
                        endRow - row, geometry.h().out() - row % geometry.h().out());
                this.row.run(
                        input.address(n, channel, d, h, w),
                        (long) geometry.h().stride() * input.width * Float.BYTES,
                        matrix.address() + to * Float.BYTES,
                        (long) width * Float.BYTES,
                        rows);
                row += rows - 1;
            } else {
                for (int x = 0; x < width; x++) {
                    matrix.set(to + x, input.get(n, channel, d, h, w + x * stride));
                }
            }
        }
    }
}
