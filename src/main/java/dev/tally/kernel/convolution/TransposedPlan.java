package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.image.PlaneWriter;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Numbers;
import dev.tally.kernel.memory.Scratch;

/**
 * A transposed convolution. An item of its work is some rows of some blocks of output channels, as in a
 * {@link DirectPlan}; but a row is computed phase by phase, each with its own taps, and the pixels of a phase are as
 * far apart as the stride.
 */
final class TransposedPlan implements ConvolutionPlan {
    /** As in a {@link DirectPlan}. */
    static final int SCRATCH_PIXELS = DirectPlan.SCRATCH_PIXELS;

    private final Geometry geometry;
    private final Setting setting;
    private final int lanes;
    private final TransposedAxis d;
    private final TransposedAxis h;
    private final TransposedAxis w;
    private final PaddedInput input;
    private final int blocks;
    private final Phase[] phases;
    private final Buffer bias;
    private final int rowItems;
    private final Scratch.Piece scratch;
    private final PlaneWriter writer;

    /** The taps of output positions of one remainder along each axis. */
    private static final class Phase {
        final int[] offsets;
        final Buffer weights;
        final int rows;
        final Tile.Kernel kernel;

        Phase(int[] offsets, Buffer weights, int rows, Tile.Kernel kernel) {
            this.offsets = offsets;
            this.weights = weights;
            this.rows = rows;
            this.kernel = kernel;
        }
    }

    TransposedPlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requirePlanesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.lanes = setting.lanes();
        this.d = new TransposedAxis(geometry.d());
        this.h = new TransposedAxis(geometry.h());
        this.w = new TransposedAxis(geometry.w());
        Geometry padded = new Geometry(
                geometry.mb(), geometry.g(), geometry.ic(), geometry.oc(), d.padded(), h.padded(), w.padded(), false);
        this.input = new PaddedInput(padded, operands.inputPlanes(), setting);
        this.blocks = Math.ceilDiv(geometry.groupOc(), lanes);
        this.phases = new Phase[d.phases() * h.phases() * w.phases()];
        for (int i = 0; i < phases.length; i++) {
            phases[i] = phase(i, operands.weights(), rectifier);
        }
        this.bias = Biases.packed(operands.bias(), geometry, blocks * lanes, setting);
        int rows = geometry.d().out() * geometry.h().out();
        int width = geometry.w().out();
        this.rowItems = Math.max(1, rows / Math.ceilDiv(Math.max(lanes, SCRATCH_PIXELS), width));
        this.scratch = setting.scratch((long) Math.ceilDiv(rows, rowItems) * width * lanes);
        this.writer = new PlaneWriter(geometry.outputPlane(), geometry.groupOc(), operands.outputPlanes(), setting);
    }

    private Phase phase(int index, Numbers weights, Rectifier rectifier) {
        int pw = index % w.phases();
        int ph = index / w.phases() % h.phases();
        int pd = index / w.phases() / h.phases();
        int positions = w.positions(pw);
        int[] taps = new int[Math.toIntExact(geometry.taps())];
        int count = 0;
        for (int tap = 0; tap < taps.length; tap++) {
            if (d.hasTap(pd, tapD(tap)) && h.hasTap(ph, tapH(tap)) && w.hasTap(pw, tapW(tap))) {
                taps[count++] = tap;
            }
        }
        int ic = geometry.groupIc();
        int[] offsets = new int[count * ic];
        Buffer packed = setting.workspace().allocate(Math.max(1, (long) geometry.g() * blocks * lanes * count * ic));
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < ic; c++) {
                int step = t * ic + c;
                offsets[step] = offset(taps[t], c, pd, ph, pw);
                for (int oc = 0; oc < geometry.oc(); oc++) {
                    int group = oc / geometry.groupOc();
                    int inGroup = oc % geometry.groupOc();
                    long block = (long) group * blocks + inGroup / lanes;
                    long given = ((long) (group * ic + c) * geometry.groupOc() + inGroup) * geometry.taps() + taps[t];
                    packed.set((block * count * ic + step) * lanes + inGroup % lanes, weights.get(given));
                }
            }
        }
        int rows = positions == 0
                ? 1
                : TileChoice.of(positions, 1, setting.registers()).rows();
        Tile.Kernel kernel = setting.tile(rows, 1, Float.BYTES, geometry.w().stride(), rectifier);
        return new Phase(offsets, packed, rows, kernel);
    }

    private int tapW(int tap) {
        return tap % geometry.w().kernel();
    }

    private int tapH(int tap) {
        return tap / geometry.w().kernel() % geometry.h().kernel();
    }

    private int tapD(int tap) {
        return tap / geometry.w().kernel() / geometry.h().kernel();
    }

    /** From what the first tap of all would read for the same position, in bytes; that may be outside of the input. */
    private int offset(int tap, int c, int pd, int ph, int pw) {
        return Math.toIntExact(input.offset(
                c,
                d.place(d.firstPosition(pd), tapD(tap)),
                h.place(h.firstPosition(ph), tapH(tap)),
                w.place(w.firstPosition(pw), tapW(tap))));
    }

    @Override
    public String id() {
        return "transposed-direct-" + phases[0].rows + "x1:" + lanes * Float.SIZE;
    }

    @Override
    public long flops() {
        return geometry.flops((double) d.pairs() * h.pairs() * w.pairs());
    }

    @Override
    public void run() {
        input.fill();
        setting.pool().run(geometry.mb() * geometry.g() * blocks * rowItems, this::item);
    }

    private void item(int item, int worker) {
        int rowItem = item % rowItems;
        int block = item / rowItems % blocks;
        int group = item / rowItems / blocks % geometry.g();
        int n = item / rowItems / blocks / geometry.g();
        int rows = geometry.d().out() * geometry.h().out();
        int firstRow = Setting.begin(rows, rowItem, rowItems);
        int endRow = Setting.begin(rows, rowItem + 1, rowItems);
        int width = geometry.w().out();
        Buffer into = scratch.of(worker);
        for (int row = firstRow; row < endRow; row++) {
            long out = into.address() + (long) (row - firstRow) * width * setting.vectorBytes();
            for (int pw = 0; pw < w.phases(); pw++) {
                row(n, group, block, row, pw, out);
            }
        }
        int inGroup = block * lanes;
        long channel = (long) n * geometry.oc() + (long) group * geometry.groupOc() + inGroup;
        writer.write(into, into.address(), channel, inGroup, (long) firstRow * width, (endRow - firstRow) * width);
    }

    private void row(int n, int group, int block, int row, int pw, long out) {
        int od = row / geometry.h().out();
        int oh = row % geometry.h().out();
        int pd = d.phaseOf(od);
        int ph = h.phaseOf(oh);
        Phase phase = phases[(pd * h.phases() + ph) * w.phases() + pw];
        int positions = w.positions(pw);
        // Offsets are those of a phase's first positions; others read as many elements further as they are positions.
        long in = input.address(
                n,
                group * geometry.groupIc(),
                (od - d.firstPosition(pd)) / geometry.d().stride(),
                (oh - h.firstPosition(ph)) / geometry.h().stride(),
                0);
        long index = (long) group * blocks + block;
        for (int x = 0; x < positions; x += phase.rows) {
            int at = Math.min(x, positions - phase.rows);
            int pixel = w.firstPosition(pw) + at * geometry.w().stride();
            phase.kernel.run(
                    in + (long) at * Float.BYTES,
                    0,
                    phase.offsets.length,
                    phase.offsets,
                    phase.weights.address() + index * phase.offsets.length * setting.vectorBytes(),
                    0,
                    bias.address() + index * setting.vectorBytes(),
                    out + (long) pixel * setting.vectorBytes(),
                    0,
                    0,
                    0);
        }
    }
}
