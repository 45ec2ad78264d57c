package dev.tally.kernel.image;

import dev.tally.kernel.emit.Copy;
import dev.tally.kernel.emit.Fold;
import dev.tally.kernel.emit.Kernels;
import dev.tally.kernel.emit.Matrix;
import dev.tally.kernel.emit.PlaneTile;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.emit.Transform;
import dev.tally.kernel.emit.Transposition;
import dev.tally.kernel.memory.Scratch;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.parallel.Pool;

/**
 * With what a plan computes.
 *
 * @param lanes floats of a vector: 4, 8 or 16; 0 for plain loops
 * @param registers how many vectors the processor keeps: 16 or 32
 * @param pool who computes
 * @param workspace holds what the plan packs
 * @param scratch what it needs on the way
 */
public record Setting(int lanes, int registers, Pool pool, Workspace workspace, Scratch scratch) {
    /** The setting of a single plan. */
    public Setting(int lanes, int registers, Pool pool, Workspace workspace) {
        this(lanes, registers, pool, workspace, Scratch.apart(workspace, pool.threads()));
    }

    /** {@return bytes of a vector} */
    public int vectorBytes() {
        return lanes * Float.BYTES;
    }

    /** {@return the kernel of a tile whose results stand beside each other} */
    public Tile.Kernel tile(int rows, int vectors, int pitch, Rectifier rectifier) {
        return tile(rows, vectors, pitch, 1, rectifier);
    }

    /** {@return the kernel of a tile whose results stand apart} */
    public Tile.Kernel tile(int rows, int vectors, int pitch, int spacing, Rectifier rectifier) {
        return Kernels.of(new Tile(rows, vectors, pitch, spacing, lanes, false, rectifier, workspace.access()));
    }

    /** {@return the kernel of a tile that may add what is there} */
    public Tile.Kernel tile(int rows, int vectors, int pitch, boolean residual, Rectifier rectifier) {
        return Kernels.of(new Tile(rows, vectors, pitch, 1, lanes, residual, rectifier, workspace.access()));
    }

    /** {@return the kernel of a tile of planes} */
    public PlaneTile.Kernel planeTile(int rows, int vectors, Rectifier rectifier) {
        return Kernels.of(new PlaneTile(rows, vectors, lanes, false, rectifier, workspace.access()));
    }

    /** {@return what copies rows of so many floats} */
    public Copy.Kernel copy(int floats) {
        return Kernels.of(new Copy(floats, lanes, workspace.access()));
    }

    /** {@return what transposes squares of which so many rows are read and written} */
    public Transposition.Kernel transposition(int rowsRead, int rowsWritten) {
        return Kernels.of(new Transposition(lanes, rowsRead, rowsWritten, workspace.access()));
    }

    /** {@return the kernel of a stencil of so many pixels} */
    public Stencil.Kernel stencil(int pixels, int taps, int stride, int dilation, Rectifier rectifier) {
        return Kernels.of(new Stencil(pixels, taps, stride, dilation, lanes, rectifier, workspace.access()));
    }

    /** {@return what folds so many pixels} */
    public Fold.Kernel fold(int pixels, int taps, int stride, int dilation, boolean maximum) {
        return Kernels.of(new Fold(pixels, taps, stride, dilation, maximum, lanes, workspace.access()));
    }

    /** {@return what multiplies a matrix with vectors} */
    public Transform.Kernel transform(Matrix matrix) {
        return Kernels.of(new Transform(matrix, lanes, false, false, Rectifier.NONE, workspace.access()));
    }

    /** {@return the same, with a bias, and with what is there added if wanted} */
    public Transform.Kernel transformAndStore(Matrix matrix, boolean residual, Rectifier rectifier) {
        return Kernels.of(new Transform(matrix, lanes, true, residual, rectifier, workspace.access()));
    }

    /** {@return so many floats for each of the pool's workers} */
    public Scratch.Piece scratch(long floats) {
        return scratch.piece(floats);
    }

    /** {@return where a share of a whole begins, of shares that differ by one at most} */
    public static int begin(int whole, int share, int shares) {
        return (int) ((long) whole * share / shares);
    }

    /**
     * Transposes pixels of vectors of channels, or channels of pixels, at least as many pixels as a vector holds; the
     * last square overlaps the one before where they end in its middle.
     *
     * @param fromDistance bytes from a row to the next
     * @param fromPixel bytes from a pixel to the next
     * @param toDistance bytes from a row of the result to the next
     * @param toPixel bytes from a pixel to the next there
     */
    public void transpose(
            Transposition.Kernel kernel,
            long from,
            long fromDistance,
            long fromPixel,
            long to,
            long toDistance,
            long toPixel,
            int pixels) {
        kernel.run(from, fromDistance, lanes * fromPixel, to, toDistance, lanes * toPixel, pixels / lanes);
        if (pixels % lanes != 0) {
            long back = (long) pixels - lanes;
            kernel.run(from + back * fromPixel, fromDistance, 0, to + back * toPixel, toDistance, 0, 1);
        }
    }
}
