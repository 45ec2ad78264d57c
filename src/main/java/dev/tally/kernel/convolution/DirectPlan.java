package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.image.PlaneWriter;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Scratch;

/**
 * A direct convolution of planes. An item of its work is some rows of some blocks of output channels: each row is
 * computed tile by tile into a scratch, pixels of blocks of channels, and brought from there into the planes of the
 * output.
 */
final class DirectPlan implements ConvolutionPlan {
    /** Pixels of a scratch: enough for whole squares to be transposed, few enough to stay in the nearest cache. */
    static final int SCRATCH_PIXELS = 64;

    private final Geometry geometry;
    private final Setting setting;
    private final int lanes;
    private final PaddedInput input;
    private final int tileRows;
    private final int blocksOfTile;
    private final int[] offsets;
    private final DirectFilters filters;
    private final RowTiles tiles;
    private final Tile.Kernel[] larger;
    private final Tile.Kernel[] smaller;
    private final int rowItems;
    private final Scratch.Piece scratch;
    private final PlaneWriter writer;

    DirectPlan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        operands.requirePlanesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.lanes = setting.lanes();
        this.input = new PaddedInput(geometry, operands.inputPlanes(), setting);
        int blocks = Math.ceilDiv(geometry.groupOc(), lanes);
        TileChoice choice = TileChoice.of(geometry.w().out(), blocks, setting.registers());
        this.tileRows = choice.rows();
        this.blocksOfTile = choice.vectors();
        this.filters = new DirectFilters(geometry, operands.weights(), operands.bias(), blocksOfTile, setting);
        this.offsets = filters.offsets(input);
        int pitch = Math.multiplyExact(geometry.w().stride(), Float.BYTES);
        this.tiles = new RowTiles(geometry.w().out(), tileRows);
        this.larger = kernels(tileRows, pitch, rectifier);
        this.smaller = tiles.hasSmaller() ? kernels(tileRows - 1, pitch, rectifier) : larger;
        int rows = geometry.d().out() * geometry.h().out();
        int fewest = Math.ceilDiv(Math.max(lanes, SCRATCH_PIXELS), geometry.w().out());
        this.rowItems = Math.max(1, rows / fewest);
        int rowsOfItem = Math.ceilDiv(rows, rowItems);
        this.scratch =
                setting.scratch((long) blocksOfTile * rowsOfItem * geometry.w().out() * lanes);
        this.writer = new PlaneWriter(geometry.outputPlane(), geometry.groupOc(), operands.outputPlanes(), setting);
    }

    /** For whole groups of blocks, and for the last group. */
    private Tile.Kernel[] kernels(int rows, int pitch, Rectifier rectifier) {
        return new Tile.Kernel[] {
            setting.tile(rows, blocksOfTile, pitch, rectifier),
            setting.tile(rows, filters.blocksOf(filters.blockGroups() - 1), pitch, rectifier)
        };
    }

    @Override
    public String id() {
        return "direct-" + tileRows + "x" + blocksOfTile + ":" + lanes * Float.SIZE;
    }

    @Override
    public long flops() {
        return filters.flops();
    }

    @Override
    public void run() {
        input.fill();
        setting.pool().run(geometry.mb() * geometry.g() * filters.blockGroups() * rowItems, this::item);
    }

    private void item(int item, int worker) {
        int rowItem = item % rowItems;
        int rest = item / rowItems;
        int blockGroup = rest % filters.blockGroups();
        int group = rest / filters.blockGroups() % geometry.g();
        int n = rest / filters.blockGroups() / geometry.g();
        int rows = geometry.d().out() * geometry.h().out();
        int firstRow = Setting.begin(rows, rowItem, rowItems);
        int endRow = Setting.begin(rows, rowItem + 1, rowItems);
        int width = geometry.w().out();
        int pixels = (endRow - firstRow) * width;
        long blockBytes = (long) pixels * setting.vectorBytes();
        Buffer into = scratch.of(worker);
        for (int row = firstRow; row < endRow; row++) {
            row(
                    n,
                    group,
                    blockGroup,
                    row,
                    into.address() + (long) (row - firstRow) * width * setting.vectorBytes(),
                    blockBytes);
        }
        for (int b = 0; b < filters.blocksOf(blockGroup); b++) {
            int inGroup = (blockGroup * blocksOfTile + b) * lanes;
            long channel = (long) n * geometry.oc() + (long) group * geometry.groupOc() + inGroup;
            writer.write(into, into.address() + b * blockBytes, channel, inGroup, (long) firstRow * width, pixels);
        }
    }

    private void row(int n, int group, int blockGroup, int row, long out, long blockBytes) {
        int od = row / geometry.h().out();
        int oh = row % geometry.h().out();
        int from = filters.firstStep(od, oh);
        int to = filters.endStep(od, oh);
        long in = input.address(
                n,
                group * geometry.groupIc(),
                od * geometry.d().stride(),
                oh * geometry.h().stride());
        int kernel = filters.blocksOf(blockGroup) == blocksOfTile ? 0 : 1;
        long weights = filters.weights(group, blockGroup);
        long bias = filters.bias(group, blockGroup);
        long pitch = (long) geometry.w().stride() * Float.BYTES;
        for (int tile = 0; tile < tiles.tiles(); tile++) {
            int at = tiles.begin(tile);
            (tiles.size(tile) == tileRows ? larger : smaller)
                    [kernel].run(
                            in + at * pitch,
                            from,
                            to,
                            offsets,
                            weights,
                            filters.blockBytes(),
                            bias,
                            out + (long) at * setting.vectorBytes(),
                            blockBytes,
                            0,
                            0);
        }
    }
}
