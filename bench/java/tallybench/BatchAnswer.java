package tallybench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads and checks the answer to a batch, at little cost: it shares the cores with what it measures. */
final class BatchAnswer {
    private static final byte[] MULTIPLIES = "\"totals\":{\"multiplies\":".getBytes(ISO_8859_1);

    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private int position;
    private int end;
    private int chunk;
    private byte[] line = new byte[4096];
    private int length;

    BatchAnswer(InputStream in) throws IOException {
        this.in = in;
        for (int ends = 0; ends < 4; ) { // the head
            int b = raw();
            ends = b == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
        }
    }

    /** {@return the count in the next line, which must be the analysis that is expected} */
    long expectLine(int number, long multiplies) throws IOException {
        readLine();
        String head = "{\"line\":" + number + ",\"analysis\":{";
        long counted = startsWith(head) ? counted() : -1;
        if (counted != multiplies) {
            throw new IllegalStateException(
                    "line " + number + ": expected " + multiplies + " multiplies, got " + text());
        }
        return counted;
    }

    void expectSummary(int lines) throws IOException {
        readLine();
        String expected =
                "{\"summary\":{\"lines\":" + lines + ",\"analysed\":" + lines + ",\"problems\":0,\"complete\":true}}";
        if (!text().equals(expected)) {
            throw new IllegalStateException("expected " + expected + ", got " + text());
        }
    }

    private boolean startsWith(String head) {
        for (int i = 0; i < head.length(); i++) {
            if (line[i] != head.charAt(i)) {
                return false;
            }
        }
        return length > head.length();
    }

    private long counted() {
        for (int at = 0; at < length - MULTIPLIES.length; at++) {
            if (matches(at)) {
                long value = 0;
                for (int i = at + MULTIPLIES.length; line[i] >= '0' && line[i] <= '9'; i++) {
                    value = 10 * value + line[i] - '0';
                }
                return value;
            }
        }
        return -1;
    }

    private boolean matches(int at) {
        for (int i = 0; i < MULTIPLIES.length; i++) {
            if (line[at + i] != MULTIPLIES[i]) {
                return false;
            }
        }
        return true;
    }

    private String text() {
        return new String(line, 0, length, UTF_8);
    }

    private void readLine() throws IOException {
        length = 0;
        while (true) {
            if (chunk == 0) {
                readChunkSize();
            }
            byte b = (byte) raw();
            chunk--;
            if (b == '\n') {
                return;
            }
            line[length++] = b;
        }
    }

    private void readChunkSize() throws IOException {
        int b = raw();
        while (b == '\r' || b == '\n') {
            b = raw();
        }
        for (; b != '\r'; b = raw()) {
            chunk = 16 * chunk + Character.digit(b, 16);
        }
        raw();
        if (chunk == 0) {
            throw new EOFException("the answer ended before its summary");
        }
    }

    private int raw() throws IOException {
        if (position == end) {
            position = 0;
            end = in.read(buffer);
            if (end < 0) {
                throw new EOFException("the connection was closed");
            }
        }
        return buffer[position++];
    }
}
