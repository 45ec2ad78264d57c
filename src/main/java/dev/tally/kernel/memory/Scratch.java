package dev.tally.kernel.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory that plans which run one after the other work in: as large as the one that asks for the most, and still in a
 * near cache when the next one writes there. Each of a pool's workers has its own.
 */
public final class Scratch {
    private static final long ALIGNED_FLOATS = Workspace.ALIGNMENT / Float.BYTES;

    private final Workspace workspace;
    private final int workers;
    private final boolean shared;
    private final List<Piece> pieces = new ArrayList<>();
    private long used;
    private long most;

    private Scratch(Workspace workspace, int workers, boolean shared) {
        this.workspace = workspace;
        this.workers = workers;
        this.shared = shared;
    }

    /**
     * {@return memory that plans share} It is there once {@link #allocate} was called. Where accesses are checked each
     * piece is a buffer of its own, so that one who leaves it is found.
     */
    public static Scratch shared(Workspace workspace, int workers) {
        return new Scratch(workspace, workers, workspace.access() == Access.RAW);
    }

    /** {@return memory for a single plan, there at once} */
    public static Scratch apart(Workspace workspace, int workers) {
        return new Scratch(workspace, workers, false);
    }

    /** Begins what another plan works in. */
    public void next() {
        used = 0;
    }

    /** {@return so many floats for each worker; what is in them is undefined when a plan begins to run} */
    public Piece piece(long floats) {
        Piece piece = new Piece(used, Math.max(1, floats));
        if (shared) {
            pieces.add(piece);
            used += Math.ceilDiv(piece.floats, ALIGNED_FLOATS) * ALIGNED_FLOATS;
            most = Math.max(most, used);
        } else {
            for (int i = 0; i < workers; i++) {
                piece.buffers[i] = workspace.allocate(piece.floats);
            }
        }
        return piece;
    }

    /** Allocates what was asked for. */
    public void allocate() {
        for (int i = 0; i < workers && most > 0; i++) {
            Buffer all = workspace.allocate(most);
            for (Piece piece : pieces) {
                piece.buffers[i] =
                        new Buffer(all.data().asSlice(piece.first * Float.BYTES, piece.floats * Float.BYTES));
            }
        }
        pieces.clear();
        most = 0;
    }

    /** A piece of each worker's memory. */
    public final class Piece {
        private final long first;
        private final long floats;
        private final Buffer[] buffers = new Buffer[workers];

        private Piece(long first, long floats) {
            this.first = first;
            this.floats = floats;
        }

        /** {@return a worker's} */
        public Buffer of(int worker) {
            return buffers[worker];
        }
    }
}
