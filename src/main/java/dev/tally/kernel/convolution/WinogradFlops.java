package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Matrix;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Transform;
import dev.tally.kernel.memory.Access;
import java.util.function.Function;

/**
 * What {@link WinogradPlan} executes: at each pair of points of each tile a product of its channels with the filters;
 * and the transforms of the input and of the products, first along one axis, then along the other, with as many
 * operations as their kernels have. Filters are transformed when a plan is made.
 */
final class WinogradFlops {
    private final Geometry geometry;
    private final TileCover rows;
    private final TileCover columns;
    private final CookToom[] sizes;

    private WinogradFlops(Geometry geometry, int most) {
        this.geometry = geometry;
        this.rows = new TileCover(geometry.h().out(), most);
        this.columns = new TileCover(geometry.w().out(), most);
        int largest = Math.max(rows.largest(), columns.largest());
        this.sizes = CookToom.upTo(largest, geometry.h().kernel());
    }

    /**
     * {@return the multiplications and additions of a run}
     *
     * @param most the largest tile's outputs along an axis
     */
    static long of(Geometry geometry, int most) {
        WinogradFlops flops = new WinogradFlops(geometry, most);
        double products = 2.0 * flops.points(flops.rows) * flops.points(flops.columns) * geometry.ic() * geometry.oc();
        return (long) (geometry.mb()
                * (products + flops.ofInputChannel() * geometry.ic() + flops.ofOutputChannel() * geometry.oc()));
    }

    /** {@return the points of all tiles of an axis} */
    private double points(TileCover cover) {
        double points = 0;
        for (int tile = 0; tile < cover.tiles(); tile++) {
            points += sizes[cover.size(tile)].n;
        }
        return points;
    }

    /** Each row of tiles down the padded input's columns, which neighbours share, then along each line of points. */
    private double ofInputChannel() {
        return transforms(rows, size -> size.input, false) * geometry.w().padded()
                + transforms(columns, size -> size.input, false) * points(rows);
    }

    /** Along each line of points, then down the output's columns, with the bias. */
    private double ofOutputChannel() {
        return transforms(columns, size -> size.output, false) * points(rows)
                + transforms(rows, size -> size.output, true) * geometry.w().out();
    }

    /** {@return what one transform for each tile of an axis takes, for an element} */
    private double transforms(TileCover cover, Function<CookToom, Matrix> matrix, boolean bias) {
        double flops = 0;
        for (int tile = 0; tile < cover.tiles(); ) {
            int size = cover.size(tile);
            int alike = cover.atLeast(size, tile, cover.tiles());
            // As many for vectors of any width.
            Transform transform = new Transform(matrix.apply(sizes[size]), 4, bias, false, Rectifier.NONE, Access.RAW);
            flops += (double) alike * transform.flops();
            tile += alike;
        }
        return flops;
    }
}
