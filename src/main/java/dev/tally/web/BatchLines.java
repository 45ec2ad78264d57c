package dev.tally.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a body, as bytes: what is counted a hundred times a millisecond must not be made characters first. Lines
 * end with LF or CR LF, the last one may end with the body; a byte order mark before the first is skipped.
 */
final class BatchLines implements AutoCloseable {
    /** Stands for a line that is longer than the limit. Its rest is skipped, not kept. */
    private static final byte[] TOO_LONG = new byte[0];

    /** A line of this many times the limit has no end, one must think. */
    private static final int ENDLESS = 16;

    private static final int BUFFER = 32 << 10;

    /** What a line's text is not: CR, and a byte order mark. */
    private static final int AROUND = 4;

    private final InputStream body;
    private final int limit;
    private final BatchMemory memory;
    private byte[] buffer = new byte[BUFFER];

    /** The unread bytes; of these, up to here is no end of a line. */
    private int start;

    private int end;
    private int scanned;
    private boolean inLongLine;
    private long skipped;

    /** What of the memory for lines the buffer holds. */
    private int taken;

    private long number;

    /** @param limit the longest line, in bytes without its end */
    BatchLines(InputStream body, int limit, BatchMemory memory) {
        this.body = body;
        this.limit = limit;
        this.memory = memory;
    }

    /** A line that does not end. */
    static final class EndlessLineException extends IOException {
        private static final long serialVersionUID = 1L;

        EndlessLineException(String message) {
            super(message);
        }
    }

    /** {@return whether this stands for a line that is longer than the limit} */
    static boolean isTooLong(byte[] line) {
        return line.length == 0;
    }

    /** {@return the number of the line that came last, from 1; blank ones count} */
    long number() {
        return number;
    }

    /**
     * {@return the next line that is not blank, or what stands for one that is too long; null at the body's end}
     *
     * @throws EndlessLineException if the rest of a line that is too long does not end
     */
    byte @Nullable [] next() throws IOException, InterruptedException {
        if (inLongLine) {
            skipLine();
        }
        while (true) {
            int lineEnd = findLineEnd();
            if (lineEnd < 0 && end - start > limit + AROUND) {
                number++;
                inLongLine = true;
                skipped = (long) end - start;
                start = end;
                makeSmall();
                return TOO_LONG;
            }
            if (lineEnd < 0 && fill()) {
                continue;
            }
            if (lineEnd < 0 && start == end) {
                return null;
            }
            byte[] line = line(lineEnd < 0 ? end : lineEnd);
            start = lineEnd < 0 ? end : lineEnd + 1;
            scanned = start;
            if (line != null) {
                return line;
            }
            makeSmall();
        }
    }

    private int findLineEnd() {
        byte[] bytes = buffer;
        int to = end;
        for (int i = scanned; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        scanned = to;
        return -1;
    }

    /** {@return the line from the start to there; null if it is blank} */
    private byte @Nullable [] line(int to) {
        number++;
        int from = number == 1 ? start + byteOrderMark(to) : start;
        int last = to;
        while (last > from && isBlank(buffer[last - 1])) {
            last--;
        }
        if (last == from) {
            return null;
        }
        int length = to - from - (buffer[to - 1] == '\r' ? 1 : 0);
        return length > limit ? TOO_LONG : Arrays.copyOfRange(buffer, from, last);
    }

    private int byteOrderMark(int to) {
        boolean marked = to - start >= 3
                && buffer[start] == (byte) 0xEF
                && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private void skipLine() throws IOException, InterruptedException {
        int lineEnd = findLineEnd();
        while (lineEnd < 0) {
            skipped += (long) end - start;
            start = end;
            if (skipped > (long) ENDLESS * limit) {
                throw new EndlessLineException("line " + number + " did not end within " + skipped + " bytes");
            }
            if (!fill()) {
                inLongLine = false;
                return;
            }
            lineEnd = findLineEnd();
        }
        start = lineEnd + 1;
        scanned = start;
        inLongLine = false;
    }

    /** {@return whether more came; waits for it} */
    private boolean fill() throws IOException, InterruptedException {
        if (start == end) {
            start = 0;
            end = 0;
            scanned = 0;
        } else if (end == buffer.length) {
            makeRoom();
        }
        int read = body.read(buffer, end, buffer.length - end);
        if (read < 0) {
            return false;
        }
        end += read;
        return true;
    }

    private void makeRoom() throws InterruptedException {
        int length = end - start;
        long longest = (long) limit + 2 * AROUND;
        int size = length <= buffer.length / 2
                ? buffer.length
                : Math.toIntExact(Math.max(buffer.length, Math.min(2L * buffer.length, longest)));
        if (size > BatchMemory.SMALL && taken == 0) {
            taken = memory.takeText(limit);
        }
        byte[] target = size == buffer.length ? buffer : new byte[size];
        System.arraycopy(buffer, start, target, 0, length);
        buffer = target;
        scanned -= start;
        start = 0;
        end = length;
    }

    /**
     * Hands over what was taken for the line that came last, which the buffer then has no longer room for.
     *
     * @return how much the line holds, and is to be given back
     */
    int handOver() {
        int handed = taken;
        taken = 0;
        makeSmall();
        return handed;
    }

    /** One long line is no reason to keep its room. What is left after it is little: a piece of the network's. */
    private void makeSmall() {
        if (buffer.length > BUFFER && end - start <= BUFFER) {
            byte[] small = new byte[BUFFER];
            System.arraycopy(buffer, start, small, 0, end - start);
            buffer = small;
            end -= start;
            start = 0;
            scanned = 0;
        }
        close();
    }

    /** Gives back what the line holds that did not come to its end. */
    @Override
    public void close() {
        if (taken > 0) {
            memory.giveBackText(taken);
            taken = 0;
        }
    }
}
