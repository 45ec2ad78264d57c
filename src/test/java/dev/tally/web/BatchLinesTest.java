package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a body becomes lines, in whatever pieces it comes. */
@Timeout(60)
class BatchLinesTest {
    private static final int LIMIT = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8192, 1 << 20})
    void linesAreTheSameInPiecesOfAnySize(int piece) throws IOException, InterruptedException {
        Random random = new Random(piece);
        StringBuilder body = new StringBuilder("\uFEFF");
        List<String> expected = new ArrayList<>();
        int number = 0;
        for (int i = 0; i < 300; i++) {
            number++;
            int length = random.nextInt(20) == 0 ? LIMIT - 1 + random.nextInt(4) : random.nextInt(300);
            String text = length == 0 ? "" : "{" + "x".repeat(length - 1);
            body.append(text).append(random.nextBoolean() ? "\n" : "\r\n");
            if (length > 0) {
                expected.add(number + (length > LIMIT ? " too long" : " " + text));
            }
        }
        body.append("last");
        expected.add((number + 1) + " last");

        assertThat(read(body.toString(), piece)).isEqualTo(expected);
    }

    @Test
    void theRestOfALongLineIsSkipped() throws IOException, InterruptedException {
        String body = "a\n" + "x".repeat(10 * LIMIT) + "\nb\n" + "y".repeat(LIMIT + 100);

        assertThat(read(body, 8192)).containsExactly("1 a", "2 too long", "3 b", "4 too long");
    }

    private static List<String> read(String body, int piece) throws IOException, InterruptedException {
        BatchMemory memory = BatchMemory.of(LIMIT); // for one line: what is not given back is waited for in vain
        List<String> read = new ArrayList<>();
        try (BatchLines lines = new BatchLines(inPieces(body, piece), LIMIT, memory)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                String text = BatchLines.isTooLong(line) ? "too long" : new String(line, StandardCharsets.UTF_8);
                read.add(lines.number() + " " + text);
                memory.giveBackText(lines.handOver());
            }
        }
        assertThat(memory.takeText(LIMIT)).isEqualTo(LIMIT);
        return read;
    }

    private static InputStream inPieces(String body, int piece) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, piece));
            }
        };
    }
}
