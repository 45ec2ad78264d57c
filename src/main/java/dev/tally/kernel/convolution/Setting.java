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

    /** {@return a bias with zeros behind it, or zeros, up to so many floats} */
    Buffer bias(@Nullable Buffer given, int channels, int floats) {
        Buffer bias = workspace.allocate(floats);
        if (given != null) {
            for (int i = 0; i < channels; i++) {
                bias.set(i, given.get(i));
            }
        }
        return bias;
    }
}
