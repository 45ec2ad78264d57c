package dev.tally.kernel.image;

import dev.tally.kernel.emit.Copy;

/** Copies rows of any length, piece by piece. */
public final class RowCopy {
    private final int floats;
    private final int pieceFloats;
    private final Copy.Kernel piece;
    private final Copy.Kernel rest;

    /** Copies of rows of so many floats. */
    public RowCopy(int floats, Setting setting) {
        this.floats = floats;
        this.pieceFloats = Math.min(floats, Copy.most(setting.lanes()));
        this.piece = setting.copy(pieceFloats);
        this.rest = floats % pieceFloats == 0 ? piece : setting.copy(floats % pieceFloats);
    }

    /** As {@link Copy.Kernel#run}. */
    public void run(long from, long fromDistance, long to, long toDistance, int rows) {
        for (int at = 0; at < floats; at += pieceFloats) {
            long bytes = (long) at * Float.BYTES;
            Copy.Kernel kernel = floats - at >= pieceFloats ? piece : rest;
            kernel.run(from + bytes, fromDistance, to + bytes, toDistance, rows);
        }
    }
}
