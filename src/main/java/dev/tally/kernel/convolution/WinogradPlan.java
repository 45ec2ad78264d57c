package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.emit.Transform;
import dev.tally.kernel.image.BlockedCopy;
import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Scratch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution by Winograd's algorithm: the input is brought into blocks of channels with zeros around it; rows of
 * tiles are transformed; at each pair of points the tiles' channels are multiplied with the transformed filters, a
 * matrix product; the products are transformed back, pixels of blocks of channels, and brought into planes.
 *
 * <p>A band is some rows of tiles whose transformed numbers stay in a cache. With as many bands as threads, each is
 * done by one thread from begin to end; else all threads do one phase of a band after the other.
 */
final class WinogradPlan implements ConvolutionPlan {
    private final Geometry geometry;
    private final Setting setting;
    private final int most;
    private final int lanes;
    private final int vectorBytes;
    private final String id;
    private final int points;
    private final TileCover rows;
    private final TileCover columns;
    private final CookToom[] sizes;
    private final int icBlocks;
    private final int ocBlocks;
    private final int bandRows;
    private final int bands;
    private final int slots;
    private final boolean together;

    /** By band and point: how many of its rows of tiles have the point, the first ones. */
    private final int[][] rowsWith;

    private final List<Run> columnRuns;

    private final @Nullable BlockedCopy copy;
    private final Blocks input;
    private final int inputWidth;
    private final WinogradFilters filters;
    private final Buffer bias;
    private final Buffer zeros;
    private final int[] offsets;
    private final Scratch.Piece inputs;
    private final Scratch.Piece productsOf;
    private final Scratch.Piece lines;
    private final @Nullable Blocks output;
    private final @Nullable Blocks residual;
    private final @Nullable PixelsToPlanes toPlanes;
    private final Transform.Kernel[] toPoints;
    private final Transform.Kernel[] fromPoints;
    private final Transform.Kernel[] toPixels;
    private final Tile.Kernel[][] products;

    /** Tiles of one size beside each other. */
    private record Run(int tile, int tiles, int begin, int size) {}

    /**
     * A plan.
     *
     * @param most outputs of a tile along an axis
     * @param bandRows rows of tiles of a band
     * @param blocksAtOnce blocks of output channels that are multiplied at once
     */
    WinogradPlan(
            Geometry geometry,
            Operands operands,
            Rectifier rectifier,
            Setting setting,
            int most,
            int bandRows,
            int blocksAtOnce) {
        operands.requireSizesOf(geometry);
        this.geometry = geometry;
        this.setting = setting;
        this.most = most;
        this.lanes = setting.lanes();
        this.vectorBytes = setting.vectorBytes();
        int r = geometry.h().kernel();
        this.rows = new TileCover(geometry.h().out(), most);
        this.columns = new TileCover(geometry.w().out(), most);
        int largest = Math.max(rows.largest(), columns.largest());
        this.points = largest + r - 1;
        this.id = "winograd-" + rows.largest() + "x" + columns.largest() + "-" + r + "x" + r;
        this.sizes = CookToom.upTo(largest, geometry.h().kernel());
        this.icBlocks = Math.ceilDiv(geometry.ic(), lanes);
        this.ocBlocks = Math.ceilDiv(geometry.oc(), lanes);
        this.bandRows = Math.min(bandRows, rows.tiles());
        this.bands = Math.ceilDiv(rows.tiles(), this.bandRows);
        this.slots = this.bandRows * columns.tiles();
        this.rowsWith = new int[bands][points];
        for (int band = 0; band < bands; band++) {
            for (int p = 0; p < points; p++) {
                rowsWith[band][p] = rows.atLeast(p + 2 - r, firstRow(band), endRow(band));
            }
        }
        this.columnRuns = runs(columns);
        this.together = bands * geometry.mb() < setting.pool().threads();

        switch (operands.input()) {
            case Blocks blocks -> {
                this.input = blocks;
                this.copy = null;
            }
            case Planes planes -> {
                BlockedShape padded = new BlockedShape(
                        geometry.mb(),
                        geometry.ic(),
                        geometry.h().in(),
                        geometry.w().in(),
                        lanes,
                        geometry.border());
                this.input = padded.in(setting.workspace().allocate(padded.floats()));
                this.copy = new BlockedCopy(planes, input, setting);
            }
        }
        this.inputWidth = (int) geometry.w().padded();
        this.filters = new WinogradFilters(geometry, operands.weights(), sizes[largest], blocksAtOnce, setting);
        this.bias = Biases.packed(operands.bias(), geometry, ocBlocks * lanes, setting);
        this.zeros = setting.workspace().allocate((long) ocBlocks * lanes);
        this.offsets = new int[geometry.ic()];
        for (int c = 0; c < offsets.length; c++) {
            offsets[c] = c / lanes * slots * vectorBytes + c % lanes * Float.BYTES;
        }
        this.lines = setting.scratch(
                (long) points * Math.max(inputWidth, geometry.w().out()) * lanes);
        this.inputs = setting.scratch(inputFloats() * points * points);
        this.productsOf = setting.scratch(productFloats() * points * points);
        this.residual = operands.residual();
        switch (operands.output()) {
            case Blocks blocks -> {
                this.output = blocks;
                this.toPlanes = null;
            }
            case Planes planes -> {
                this.output = null;
                this.toPlanes = new PixelsToPlanes(geometry, planes, rows.largest(), setting);
            }
        }

        this.toPoints = new Transform.Kernel[largest + 1];
        this.fromPoints = new Transform.Kernel[largest + 1];
        this.toPixels = new Transform.Kernel[largest + 1];
        for (TileCover cover : new TileCover[] {rows, columns}) {
            for (int m = cover.largest(); m >= cover.size(cover.tiles() - 1); m--) {
                toPoints[m] = setting.transform(sizes[m].input);
                fromPoints[m] = setting.transform(sizes[m].output);
            }
        }
        for (int m = rows.largest(); m >= rows.size(rows.tiles() - 1); m--) {
            toPixels[m] = setting.transformAndStore(sizes[m].output, residual != null, rectifier);
        }
        this.products = new Tile.Kernel[TileChoice.MOST_ROWS + 1][blocksAtOnce + 1];
        for (int item = 0; item < bands * points * points; item++) {
            int tiles = tilesWith(item % (points * points), item / (points * points));
            for (int group = 0; group < filters.groups() && tiles > 0; group++) {
                int blocks = filters.blocksOf(group);
                product(atOnce(tiles, blocks), blocks);
            }
        }
    }

    private static List<Run> runs(TileCover cover) {
        List<Run> runs = new ArrayList<>();
        for (int tile = 0; tile < cover.tiles(); ) {
            int alike = cover.atLeast(cover.size(tile), tile, cover.tiles());
            runs.add(new Run(tile, alike, cover.begin(tile), cover.size(tile)));
            tile += alike;
        }
        return runs;
    }

    /**
     * Floats of one pair of points: a vector for each tile and block, and some more so that pairs do not lie a page
     * apart.
     */
    private long inputFloats() {
        return ((long) icBlocks * slots + 1) * lanes;
    }

    private long productFloats() {
        return ((long) ocBlocks * slots + 1) * lanes;
    }

    @Override
    public String id() {
        return id + ":" + lanes * Float.SIZE;
    }

    @Override
    public long flops() {
        return WinogradFlops.of(geometry, most);
    }

    @Override
    public void run() {
        if (copy != null) {
            copy.run();
        }
        if (together) {
            for (int band = 0; band < bands * geometry.mb(); band++) {
                bandTogether(band);
            }
        } else {
            setting.pool().run(bands * geometry.mb(), this::band);
        }
    }

    private int firstRow(int band) {
        return band % bands * bandRows;
    }

    private int endRow(int band) {
        return Math.min(rows.tiles(), firstRow(band) + bandRows);
    }

    private void bandTogether(int band) {
        int count = endRow(band) - firstRow(band);
        int groups = filters.groups();
        setting.pool()
                .run(icBlocks * count, (item, worker) -> transformInput(band, item % count, item / count, 0, worker));
        setting.pool().run(points * points * groups, (item, _) -> multiply(band, item / groups, item % groups, 0));
        setting.pool()
                .run(ocBlocks * count, (item, worker) -> transformOutput(band, item % count, item / count, 0, worker));
    }

    private void band(int band, int worker) {
        int count = endRow(band) - firstRow(band);
        for (int block = 0; block < icBlocks; block++) {
            for (int row = 0; row < count; row++) {
                transformInput(band, row, block, worker, worker);
            }
        }
        for (int point = 0; point < points * points; point++) {
            for (int group = 0; group < filters.groups(); group++) {
                multiply(band, point, group, worker);
            }
        }
        for (int block = 0; block < ocBlocks; block++) {
            for (int row = 0; row < count; row++) {
                transformOutput(band, row, block, worker, worker);
            }
        }
    }

    private void transformInput(int band, int row, int block, int place, int worker) {
        int tile = firstRow(band) + row;
        CookToom down = sizes[rows.size(tile)];
        long line = lines.of(worker).address();
        long lineBytes = (long) inputWidth * vectorBytes;
        long from = input.address(
                        band / bands, block, rows.begin(tile) - geometry.h().before())
                - (long) geometry.w().before() * vectorBytes;
        toPoints[down.m].run(
                from, input.rowBytes(), vectorBytes, 0, line, lineBytes, vectorBytes, 0, inputWidth, 1, 0, 0, 0);
        for (int p = 0; p < down.n; ) {
            // Points that as many rows of tiles have are as far apart in all tiles.
            int withPoint = rowsWith[band % bands][p];
            int alike = alikeFrom(p, band, down.n);
            long to = inputs.of(place).address()
                    + (inputFloats() * p * points + ((long) block * slots + row) * lanes) * Float.BYTES;
            for (Run run : columnRuns) {
                toPoints[run.size()].run(
                        line + p * lineBytes + (long) run.begin() * vectorBytes,
                        vectorBytes,
                        (long) run.size() * vectorBytes,
                        lineBytes,
                        to + (long) run.tile() * withPoint * vectorBytes,
                        inputFloats() * Float.BYTES,
                        (long) withPoint * vectorBytes,
                        inputFloats() * points * Float.BYTES,
                        run.tiles(),
                        alike,
                        0,
                        0,
                        0);
            }
            p += alike;
        }
    }

    /** {@return how many points from one on as many of a band's rows of tiles have} */
    private int alikeFrom(int point, int band, int end) {
        int[] with = rowsWith[band % bands];
        int alike = 1;
        while (point + alike < end && with[point + alike] == with[point]) {
            alike++;
        }
        return alike;
    }

    private void multiply(int band, int point, int group, int place) {
        int tiles = tilesWith(point, band);
        if (tiles == 0) {
            return;
        }
        int blocks = filters.blocksOf(group);
        int count = atOnce(tiles, blocks);
        int calls = Math.ceilDiv(tiles, count);
        Tile.Kernel kernel = product(count, blocks);
        long from = inputs.of(place).address() + point * inputFloats() * Float.BYTES;
        long to = productsOf.of(place).address()
                + (point * productFloats() + (long) filters.firstBlock(group) * slots * lanes) * Float.BYTES;
        long packed = filters.address(point, group);
        for (int call = 0; call < calls; call++) {
            long at = (long) Math.min(call * count, tiles - count) * vectorBytes;
            kernel.run(
                    from + at,
                    0,
                    geometry.ic(),
                    offsets,
                    packed,
                    filters.blockBytes(),
                    zeros.address(),
                    to + at,
                    (long) slots * vectorBytes,
                    0,
                    0);
        }
    }

    /** {@return how many tiles of a band have a point} */
    private int tilesWith(int point, int band) {
        int least = point % points + 2 - geometry.h().kernel();
        return rowsWith[band % bands][point / points] * columns.atLeast(least, 0, columns.tiles());
    }

    /** {@return how many of them are multiplied at once} */
    private int atOnce(int tiles, int blocks) {
        int most = Math.clamp((setting.registers() - 1L) / blocks - 1, 1, TileChoice.MOST_ROWS);
        return Math.ceilDiv(tiles, Math.ceilDiv(tiles, most));
    }

    private Tile.Kernel product(int count, int blocks) {
        Tile.Kernel kernel = products[count][blocks];
        if (kernel == null) {
            kernel = setting.tile(count, blocks, vectorBytes, Rectifier.NONE);
            products[count][blocks] = kernel;
        }
        return kernel;
    }

    private void transformOutput(int band, int row, int block, int place, int worker) {
        int tile = firstRow(band) + row;
        CookToom up = sizes[rows.size(tile)];
        int width = geometry.w().out();
        long line = lines.of(worker).address();
        long lineBytes = (long) width * vectorBytes;
        for (int p = 0; p < up.n; ) {
            int withPoint = rowsWith[band % bands][p];
            int alike = alikeFrom(p, band, up.n);
            long from = productsOf.of(place).address()
                    + (productFloats() * p * points + ((long) block * slots + row) * lanes) * Float.BYTES;
            for (Run run : columnRuns) {
                fromPoints[run.size()].run(
                        from + (long) run.tile() * withPoint * vectorBytes,
                        productFloats() * Float.BYTES,
                        (long) withPoint * vectorBytes,
                        productFloats() * points * Float.BYTES,
                        line + p * lineBytes + (long) run.begin() * vectorBytes,
                        vectorBytes,
                        (long) run.size() * vectorBytes,
                        lineBytes,
                        run.tiles(),
                        alike,
                        0,
                        0,
                        0);
            }
            p += alike;
        }
        int n = band / bands;
        int row0 = rows.begin(tile);
        long out;
        long outBytes;
        if (output != null) {
            out = output.address(n, block, row0);
            outBytes = output.rowBytes();
        } else {
            out = pixelsOf(worker);
            outBytes = lineBytes;
        }
        toPixels[up.m].run(
                line,
                lineBytes,
                vectorBytes,
                0,
                out,
                outBytes,
                vectorBytes,
                0,
                width,
                1,
                bias.address() + (long) block * vectorBytes,
                residual == null ? 0 : residual.address(n, block, row0),
                residual == null ? 0 : residual.rowBytes());
        if (toPlanes != null) {
            toPlanes.write(n, block, row0, up.m, worker);
        }
    }

    private long pixelsOf(int worker) {
        if (toPlanes == null) {
            throw new IllegalStateException("the output lies in blocks");
        }
        return toPlanes.pixels(worker);
    }
}
