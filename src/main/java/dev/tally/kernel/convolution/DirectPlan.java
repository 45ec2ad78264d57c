package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.memory.Buffer;

/**
 * A direct convolution. An item of its work is some rows of some blocks of output channels: each row is computed tile
 * by tile into a scratch, pixels of blocks of channels, and brought from there into the planes of the output.
 *
 * <p>The steps of a tile are the taps of the outermost axis that has several, then the others and the input channels:
 * rows that a tap finds in the padding are left out by beginning later or ending earlier.
 */
final class DirectPlan implements ConvolutionPlan {
    /** Pixels of a scratch: enough for whole squares to be transposed, few enough to stay in the nearest cache. */
    static final int SCRATCH_PIXELS = 64;

    /** Which part of a row may be computed twice rather than by a kernel of its own. */
    private static final double LITTLE = 0.03;

    private final Geometry geometry;
    private final Setting setting;
    private final int lanes;
    private final PaddedInput input;
    private final int blocks;
    private final int blocksOfTile;
    private final int tileRows;
    private final int steps;
    private final int stepsOfOuterTap;
    private final boolean skipsPlanes;
    private final int[] offsets;
    private final Buffer weights;
    private final Buffer bias;
    private final int largerTiles;
    private final Tile.Kernel[] larger;
    private final Tile.Kernel[] smaller;
    private final int rowItems;
    private final int blockGroups;
    private final Buffer[] scratch;
    private final PlaneWriter writer;

    DirectPlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requireSizesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.lanes = setting.lanes();
        this.input = new PaddedInput(geometry, operands.input(), setting);
        this.blocks = Math.ceilDiv(geometry.groupOc(), lanes);
        TileChoice choice = TileChoice.of(geometry.w().out(), blocks, setting.registers());
        this.tileRows = choice.rows();
        this.blocksOfTile = choice.vectors();
        this.blockGroups = Math.ceilDiv(blocks, blocksOfTile);
        this.skipsPlanes = geometry.d().kernel() > 1;
        int outerTaps = skipsPlanes ? geometry.d().kernel() : geometry.h().kernel();
        this.steps = Math.toIntExact(geometry.groupIc() * geometry.taps());
        this.stepsOfOuterTap = steps / outerTaps;
        this.offsets = offsets();
        this.weights = setting.workspace().allocate((long) geometry.g() * blocks * lanes * steps);
        pack(operands.weights());
        this.bias = setting.bias(operands.bias(), geometry, blocks * lanes);
        int pitch = Math.multiplyExact(geometry.w().stride(), Float.BYTES);
        int blocksLeft = blocks - (blockGroups - 1) * blocksOfTile;
        int width = geometry.w().out();
        int tiles = Math.ceilDiv(width, tileRows);
        boolean overlapping = tiles * tileRows - width <= LITTLE * width;
        this.largerTiles = overlapping ? tiles : width - tiles * (tileRows - 1);
        this.larger = kernels(tileRows, blocksLeft, pitch, rectifier);
        this.smaller = overlapping ? larger : kernels(tileRows - 1, blocksLeft, pitch, rectifier);
        int rows = geometry.d().out() * geometry.h().out();
        int fewest = Math.ceilDiv(Math.max(lanes, SCRATCH_PIXELS), geometry.w().out());
        this.rowItems = Math.max(1, rows / fewest);
        int rowsOfItem = Math.ceilDiv(rows, rowItems);
        this.scratch =
                setting.scratch((long) blocksOfTile * rowsOfItem * geometry.w().out() * lanes);
        this.writer = new PlaneWriter(geometry.outputPlane(), geometry.groupOc(), operands.output(), setting);
    }

    /** For whole groups of blocks, and for the last group. */
    private Tile.Kernel[] kernels(int rows, int blocksLeft, int pitch, Rectifier rectifier) {
        return new Tile.Kernel[] {
            setting.tile(rows, blocksOfTile, pitch, rectifier), setting.tile(rows, blocksLeft, pitch, rectifier)
        };
    }

    @Override
    public String id() {
        return "direct-" + tileRows + "x" + blocksOfTile + ":" + lanes * Float.SIZE;
    }

    /** In the order of {@link #pack}. */
    private int[] offsets() {
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

    /** Group by group of channels, tile by tile of blocks, step by step, a vector of each block. */
    private void pack(Buffer given) {
        int kw = geometry.w().kernel();
        int taps = Math.toIntExact(geometry.taps());
        for (int oc = 0; oc < geometry.oc(); oc++) {
            int group = oc / geometry.groupOc();
            int inGroup = oc % geometry.groupOc();
            int blockGroup = inGroup / lanes / blocksOfTile;
            int width = blocksOf(blockGroup) * lanes;
            long tile = weightsOf(group, blockGroup);
            long filter = (long) oc * geometry.groupIc() * taps;
            for (int tap = 0; tap < taps; tap++) {
                int rowTap = tap / kw;
                for (int c = 0; c < geometry.groupIc(); c++) {
                    long step = ((long) rowTap * geometry.groupIc() + c) * kw + tap % kw;
                    weights.set(
                            tile + step * width + inGroup - (long) blockGroup * blocksOfTile * lanes,
                            given.get(filter + (long) c * taps + tap));
                }
            }
        }
    }

    private int blocksOf(int blockGroup) {
        return Math.min(blocksOfTile, blocks - blockGroup * blocksOfTile);
    }

    /** {@return where the packed weights of a group of blocks begin, in floats} */
    private long weightsOf(int group, int blockGroup) {
        return ((long) group * blocks + (long) blockGroup * blocksOfTile) * lanes * steps;
    }

    @Override
    public long flops() {
        Axis d = geometry.d();
        Axis h = geometry.h();
        double rows = skipsPlanes ? (double) d.pairsInside() * h.pairs() : (double) d.pairs() * h.pairsInside();
        return geometry.flops(rows * geometry.w().pairs());
    }

    @Override
    public void run() {
        input.fill();
        setting.pool().run(geometry.mb() * geometry.g() * blockGroups * rowItems, this::item);
    }

    private void item(int item, int worker) {
        int rowItem = item % rowItems;
        int rest = item / rowItems;
        int blockGroup = rest % blockGroups;
        int group = rest / blockGroups % geometry.g();
        int n = rest / blockGroups / geometry.g();
        int rows = geometry.d().out() * geometry.h().out();
        int firstRow = Setting.begin(rows, rowItem, rowItems);
        int endRow = Setting.begin(rows, rowItem + 1, rowItems);
        int width = geometry.w().out();
        int pixels = (endRow - firstRow) * width;
        long blockBytes = (long) pixels * setting.vectorBytes();
        Buffer into = scratch[worker];
        for (int row = firstRow; row < endRow; row++) {
            row(
                    n,
                    group,
                    blockGroup,
                    row,
                    into.address() + (long) (row - firstRow) * width * setting.vectorBytes(),
                    blockBytes);
        }
        for (int b = 0; b < blocksOf(blockGroup); b++) {
            int inGroup = (blockGroup * blocksOfTile + b) * lanes;
            long channel = (long) n * geometry.oc() + (long) group * geometry.groupOc() + inGroup;
            writer.write(into, into.address() + b * blockBytes, channel, inGroup, (long) firstRow * width, pixels);
        }
    }

    private void row(int n, int group, int blockGroup, int row, long out, long blockBytes) {
        int od = row / geometry.h().out();
        int oh = row % geometry.h().out();
        Axis skipping = skipsPlanes ? geometry.d() : geometry.h();
        int position = skipsPlanes ? od : oh;
        int from = skipping.firstTap(position) * stepsOfOuterTap;
        int to = Math.max(from, skipping.endTap(position) * stepsOfOuterTap);
        long in = input.address(
                n,
                group * geometry.groupIc(),
                od * geometry.d().stride(),
                oh * geometry.h().stride(),
                0);
        int kernel = blocksOf(blockGroup) == blocksOfTile ? 0 : 1;
        long packed = weights.address() + weightsOf(group, blockGroup) * Float.BYTES;
        long sums = bias.address() + ((long) group * blocks + (long) blockGroup * blocksOfTile) * setting.vectorBytes();
        long pitch = (long) geometry.w().stride() * Float.BYTES;
        int width = geometry.w().out();
        int tile = 0;
        for (int x = 0; x < width; tile++) {
            boolean large = tile < largerTiles;
            int rows = large ? tileRows : tileRows - 1;
            // Where all are larger ones, the last overlaps the one before.
            int at = Math.min(x, width - rows);
            (large ? larger : smaller)
                    [kernel].run(
                            in + at * pitch,
                            from,
                            to,
                            offsets,
                            packed,
                            sums,
                            out + (long) at * setting.vectorBytes(),
                            blockBytes,
                            0);
            x += rows;
        }
    }
}
