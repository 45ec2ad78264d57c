package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Image;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A direct convolution into blocks of channels, from there or from planes. An item of its work is some tiles of pixels
 * beside each other and below, of some blocks of output channels: those of a tile's width, or all of them one after the
 * other where the input is larger than the filters and would be read from afar for each.
 *
 * <p>Where the input is rescaled first, which only one tap on each pixel allows, an item does so for its pixels alone,
 * into a scratch.
 */
final class BlockedDirectPlan implements ConvolutionPlan {
    /** Pixels of an item, about: they stay in the nearest cache while filters come from the second. */
    private static final int ITEM_PIXELS = 60;

    private static final int ITEMS_OF_THREAD = 4;

    /** Filters up to this, in bytes, stay in the second cache beside the input of an item. */
    private static final long CACHED = 512 << 10;

    private final Geometry geometry;
    private final Setting setting;
    private final TileInput input;
    private final Blocks output;
    private final @Nullable Blocks residual;
    private final @Nullable RescaledTiles rescaled;
    private final int tileRows;
    private final int blocksOfTile;
    private final int[] offsets;
    private final DirectFilters filters;
    private final RowTiles tiles;
    private final Tile.Kernel[] larger;
    private final Tile.Kernel[] smaller;
    private final int pitch;
    private final int tilesOfImage;
    private final int tileItems;
    private final int groupItems;

    /**
     * A plan.
     *
     * @param number which of the tiles there are to choose from
     */
    BlockedDirectPlan(Geometry given, Operands operands, Rectifier rectifier, Setting setting, int number) {
        operands.requireSizesOf(given);
        boolean line = given.pointwise() && isLine(operands);
        this.geometry = line ? given.merged() : given;
        this.setting = setting;
        this.output = line ? blocks(operands.output()).line() : blocks(operands.output());
        Blocks added = operands.residual();
        this.residual = added != null && line ? added.line() : added;
        this.input = switch (operands.input()) {
            case Planes(Buffer buffer) -> new PaddedInput(geometry, buffer, setting);
            case Blocks blocks -> new BlockedInput(line ? blocks.line() : blocks, geometry);
        };
        int blocks = Math.ceilDiv(geometry.groupOc(), setting.lanes());
        List<TileChoice> choices = TileChoice.all(geometry.w().out(), blocks, setting.registers());
        TileChoice choice = choices.get(Math.min(number, choices.size() - 1));
        this.tileRows = choice.rows();
        this.blocksOfTile = choice.vectors();
        this.filters = new DirectFilters(geometry, operands.weights(), operands.bias(), blocksOfTile, setting);
        this.tiles = new RowTiles(geometry.w().out(), tileRows);
        this.tilesOfImage = tiles.tiles() * geometry.h().out();
        this.groupItems = operands.rescaling() != null || inputIsLarger() ? 1 : filters.blockGroups();
        this.tileItems = tileItems();
        if (operands.rescaling() == null) {
            this.rescaled = null;
            this.offsets = filters.offsets(input);
            this.pitch = Math.multiplyExact(geometry.w().stride(), input.pitch());
        } else {
            int mostTiles = Math.ceilDiv(tilesOfImage, tileItems);
            this.rescaled = new RescaledTiles(operands.rescaling(), geometry.ic(), tiles, tileRows, mostTiles, setting);
            this.offsets = rescaled.offsets();
            this.pitch = setting.vectorBytes();
        }
        this.larger = kernels(tileRows, rectifier);
        this.smaller = tiles.hasSmaller() ? kernels(tileRows - 1, rectifier) : larger;
    }

    private static boolean isLine(Operands operands) {
        Blocks added = operands.residual();
        return operands.input() instanceof Blocks in
                && in.isLine()
                && blocks(operands.output()).isLine()
                && (added == null || added.isLine());
    }

    private static Blocks blocks(Image image) {
        if (image instanceof Blocks blocks) {
            return blocks;
        }
        throw new IllegalArgumentException("output: expected blocks, got " + image);
    }

    private boolean inputIsLarger() {
        long filterBytes = geometry.weightElements() * Float.BYTES;
        return geometry.g() == 1 && filterBytes <= CACHED && geometry.inputElements() > geometry.weightElements();
    }

    /** Of a small image each thread still gets some items, so that none waits long for the last. */
    private int tileItems() {
        int threads = setting.pool().threads();
        int fewest =
                threads == 1 ? 1 : Math.ceilDiv(ITEMS_OF_THREAD * threads, geometry.mb() * geometry.g() * groupItems);
        int items = Math.ceilDiv(tilesOfImage, Math.ceilDiv(ITEM_PIXELS, tileRows));
        return Math.min(tilesOfImage, Math.max(items, fewest));
    }

    /** For whole groups of blocks, and for the last group. */
    private Tile.Kernel[] kernels(int rows, Rectifier rectifier) {
        boolean adds = residual != null;
        return new Tile.Kernel[] {
            setting.tile(rows, blocksOfTile, pitch, adds, rectifier),
            setting.tile(rows, filters.blocksOf(filters.blockGroups() - 1), pitch, adds, rectifier)
        };
    }

    @Override
    public String id() {
        return "direct-" + tileRows + "x" + blocksOfTile + ":" + setting.lanes() * Float.SIZE;
    }

    @Override
    public long flops() {
        return filters.flops();
    }

    @Override
    public void run() {
        input.fill();
        setting.pool().run(geometry.mb() * geometry.g() * groupItems * tileItems, this::item);
    }

    private void item(int item, int worker) {
        int tileItem = item % tileItems;
        int rest = item / tileItems;
        int groupItem = rest % groupItems;
        int group = rest / groupItems % geometry.g();
        int n = rest / groupItems / geometry.g();
        int first = Setting.begin(tilesOfImage, tileItem, tileItems);
        int end = Setting.begin(tilesOfImage, tileItem + 1, tileItems);
        if (rescaled != null) {
            for (int tile = first; tile < end; tile++) {
                int at = tiles.begin(tile % tiles.tiles());
                long from = input.address(n, 0, 0, tile / tiles.tiles()) + (long) at * pitch;
                rescaled.fill(tile - first, tile % tiles.tiles(), from, input, worker);
            }
        }
        int firstGroup = Setting.begin(filters.blockGroups(), groupItem, groupItems);
        int endGroup = Setting.begin(filters.blockGroups(), groupItem + 1, groupItems);
        for (int blockGroup = firstGroup; blockGroup < endGroup; blockGroup++) {
            for (int tile = first; tile < end; ) {
                int row = tile / tiles.tiles();
                int from = tile - row * tiles.tiles();
                int to = Math.min(tiles.tiles(), from + end - tile);
                row(n, group, blockGroup, row, from, to, rescaled == null ? 0 : rescaled.address(tile - first, worker));
                tile += to - from;
            }
        }
    }

    /** Some tiles of a row. What is the same for all of them is worked out once: a tile may take few steps. */
    private void row(int n, int group, int blockGroup, int row, int firstTile, int endTile, long rescaledFrom) {
        int firstStep = filters.firstStep(0, row);
        int endStep = filters.endStep(0, row);
        int block = group * geometry.groupOc() / setting.lanes() + blockGroup * blocksOfTile;
        int kernel = filters.blocksOf(blockGroup) == blocksOfTile ? 0 : 1;
        Tile.Kernel large = larger[kernel];
        Tile.Kernel small = smaller[kernel];
        long weights = filters.weights(group, blockGroup);
        long bias = filters.bias(group, blockGroup);
        long in = rescaled == null
                ? input.address(
                        n, group * geometry.groupIc(), 0, row * geometry.h().stride())
                : rescaledFrom;
        long out = output.address(n, block, row);
        long outDistance = output.blockBytes();
        long added = residual == null ? 0 : residual.address(n, block, row);
        long addedDistance = residual == null ? 0 : residual.blockBytes();
        for (int tile = firstTile; tile < endTile; tile++) {
            int pixel = tiles.begin(tile);
            long at = (long) pixel * setting.vectorBytes();
            (tiles.size(tile) == tileRows ? large : small)
                    .run(
                            in + (rescaled == null ? (long) pixel * pitch : (tile - firstTile) * rescaled.tileBytes()),
                            firstStep,
                            endStep,
                            offsets,
                            weights,
                            filters.blockBytes(),
                            bias,
                            out + at,
                            outDistance,
                            added + at,
                            addedDistance);
        }
    }
}
