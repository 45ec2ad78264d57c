package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Copy;
import dev.tally.kernel.emit.Kernels;
import dev.tally.kernel.emit.Matrix;
import dev.tally.kernel.emit.PlaneTile;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.emit.Stencil;
import dev.tally.kernel.emit.Tile;
import dev.tally.kernel.emit.Transform;
import dev.tally.kernel.emit.Transposition;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.parallel.Pool;
import org.jspecify.annotations.Nullable;

/**
 * With what a plan computes.
 *
 * @param lanes floats of a vector: 4, 8 or 16; 0 for plain loops
 * @param registers how many vectors the processor keeps: 16 or 32
 * @param pool who computes
 * @param workspace holds what the plan packs and what it needs on the way
 */
public record Setting(int lanes, int registers, Pool pool, Workspace workspace) {
    /** {@return bytes of a vector} */
    int vectorBytes() {
        return lanes * Float.BYTES;
    }

    Tile.Kernel tile(int rows, int vectors, int pitch, Rectifier rectifier) {
        return tile(rows, vectors, pitch, 1, rectifier);
    }

    Tile.Kernel tile(int rows, int vectors, int pitch, int spacing, Rectifier rectifier) {
        return Kernels.of(new Tile(rows, vectors, pitch, spacing, lanes, false, rectifier, workspace.access()));
    }

    PlaneTile.Kernel planeTile(int rows, int vectors, Rectifier rectifier) {
        return Kernels.of(new PlaneTile(rows, vectors, lanes, false, rectifier, workspace.access()));
    }

    Copy.Kernel copy(int floats) {
        return Kernels.of(new Copy(floats, lanes, workspace.access()));
    }

    Transposition.Kernel transposition(int rowsRead, int rowsWritten) {
        return Kernels.of(new Transposition(lanes, rowsRead, rowsWritten, workspace.access()));
    }

    Stencil.Kernel stencil(int pixels, Axis w, Rectifier rectifier) {
        return Kernels.of(
                new Stencil(pixels, w.kernel(), w.stride(), w.dilation(), lanes, rectifier, workspace.access()));
    }

    Transform.Kernel transform(Matrix matrix) {
        return Kernels.of(new Transform(matrix, lanes, false, Rectifier.NONE, workspace.access()));
    }

    Transform.Kernel transformAndStore(Matrix matrix, Rectifier rectifier) {
        return Kernels.of(new Transform(matrix, lanes, true, rectifier, workspace.access()));
    }

    /** {@return the bias by group, each group's channels filled up to so many with zeros; zeros for none} */
    Buffer bias(@Nullable Buffer given, Geometry geometry, int channels) {
        Buffer bias = workspace.allocate((long) geometry.g() * channels);
        for (int oc = 0; given != null && oc < geometry.oc(); oc++) {
            bias.set((long) oc / geometry.groupOc() * channels + oc % geometry.groupOc(), given.get(oc));
        }
        return bias;
    }

    /** {@return a buffer of so many floats for each of the pool's workers} */
    Buffer[] scratch(long floats) {
        Buffer[] scratch = new Buffer[pool.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = workspace.allocate(floats);
        }
        return scratch;
    }

    /** {@return where a share of a whole begins, of shares that differ by one at most} */
    static int begin(int whole, int share, int shares) {
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
    void transpose(
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
