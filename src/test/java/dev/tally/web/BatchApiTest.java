package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/analyses} with a network a line, as a client sees it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(60)
class BatchApiTest {
    private static final String LECTURE = "{\"ready\": \"lecture-bottleneck\"}";
    private static final int MEGABYTE = 1 << 20;

    @LocalServerPort
    private int port;

    @Autowired
    private Batches batches;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void aLineOutIsWhatTheSameLineGetsAlone() {
        String wrong = "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2\"}]}";

        Api.Answer answer = batch("", LECTURE + "\n" + wrong + "\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/x-ndjson");
        assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
        List<JsonNode> lines = lines(answer);
        assertThat(lines.get(0).get("analysis")).isEqualTo(api.analyse(LECTURE).json());
        assertThat(lines.get(1).get("problem")).isEqualTo(api.analyse(wrong).json());
        assertThat(lines.get(2))
                .hasToString("{\"summary\":{\"lines\":2,\"analysed\":1,\"problems\":1,\"complete\":true}}");
    }

    @Test
    void linesAreAnsweredInOrderWhateverTheyCost() {
        String chain = IntStream.range(0, 3000)
                .mapToObj(i -> "{\"type\": \"relu\"}")
                .collect(Collectors.joining(",", "{\"input\": [8, 8, 3], \"layers\": [", "]}"));
        String body = IntStream.range(0, 200)
                .mapToObj(i -> i % 20 == 0 ? chain : network(i))
                .collect(Collectors.joining("\n"));

        List<JsonNode> lines = lines(batch("?detail=totals", body));

        assertThat(lines).hasSize(201);
        for (int i = 0; i < 200; i++) {
            assertThat(lines.get(i).get("line").asInt()).isEqualTo(i + 1);
            assertThat(lines.get(i).at("/analysis/totals/multiplies").asLong())
                    .isEqualTo(i % 20 == 0 ? 0 : 8 * 8 * 3 * (i + 1));
            assertThat(lines.get(i).get("analysis").has("layers")).isFalse();
        }
    }

    @Test
    void blankLinesCountAndGetNoAnswer() {
        List<JsonNode> lines =
                lines(batch("", "\uFEFF" + LECTURE + "\r\n\r\n \t\n" + LECTURE + "\r\n\n{]\n\n" + LECTURE));

        assertThat(lines.stream().map(line -> line.path("line").asInt())).containsExactly(1, 4, 6, 8, 0);
        assertThat(lines.get(2).at("/problem/type").asString()).isEqualTo("/problems/malformed-json");
        assertThat(lines.getLast())
                .hasToString("{\"summary\":{\"lines\":4,\"analysed\":3,\"problems\":1,\"complete\":true}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n \n\uFEFF"})
    void aBodyWithoutLinesIsSummedUp(String body) {
        List<JsonNode> lines = lines(batch("", body.replace("\uFEFF", "")));

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().at("/summary/complete").asBoolean()).isTrue();
    }

    @Test
    void aLineOverTheLimitIsAProblemAndTheNextIsRead() {
        String padded = " ".repeat(MEGABYTE - LECTURE.length()) + LECTURE;

        List<JsonNode> lines = lines(batch(
                "?detail=totals", padded + "\r\n " + padded + "\n" + " ".repeat(5 * MEGABYTE) + "{}\n" + LECTURE));

        assertThat(lines.stream().map(line -> line.path("line").asInt())).containsExactly(1, 2, 3, 4, 0);
        assertThat(lines.get(0).has("analysis")).isTrue();
        assertThat(lines.get(1).at("/problem/type").asString()).isEqualTo("/problems/body-too-large");
        assertThat(lines.get(2).at("/problem/detail").asString()).isEqualTo("a line may have at most 1048576 bytes");
        assertThat(lines.get(3).has("analysis")).isTrue();
        assertThat(lines.get(4).at("/summary/complete").asBoolean()).isTrue();
    }

    @Test
    void aLineThatNeverEndsEndsTheBatch() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
            client.send(LECTURE + "\n");
            String piece = "x".repeat(MEGABYTE);
            for (int i = 0; i < 18; i++) {
                client.send(piece);
            }
            client.head();
            List<JsonNode> lines = client.lines();

            assertThat(lines).hasSize(3);
            assertThat(lines.get(1).get("line").asInt()).isEqualTo(2);
            assertThat(lines.get(1).at("/problem/type").asString()).isEqualTo("/problems/body-too-large");
            assertThat(lines.get(2).at("/summary/complete").asBoolean()).isFalse();
            assertThat(lines.get(2).at("/summary/reason").asString()).contains("line 2 did not end");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void eachAnswerComesBeforeTheNextLineIsSent() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            for (int i = 0; i < 20; i++) {
                client.send(network(i) + "\n");
                assertThat(client.line().at("/analysis/totals/multiplies").asInt())
                        .isEqualTo(192 * (i + 1));
            }
            client.end();
            assertThat(client.line().at("/summary/lines").asInt()).isEqualTo(20);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aLineMayComeInPieces() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            for (char c : (LECTURE + "\n" + LECTURE).toCharArray()) {
                client.send(String.valueOf(c));
            }
            client.end();
            client.head();

            assertThat(client.lines()).hasSize(3);
        }
    }

    @Test
    void aBodyThatIsCutOffIsSaidToBe() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            client.send(LECTURE + "\n" + LECTURE + "\n" + "{\"ready\": ");
            client.cutOff();
            client.head();
            List<JsonNode> lines = client.lines();

            assertThat(lines).hasSize(3);
            assertThat(lines.getLast().at("/summary/lines").asInt()).isEqualTo(2);
            assertThat(lines.getLast().at("/summary/complete").asBoolean()).isFalse();
            assertThat(lines.getLast().at("/summary/reason").asString()).contains("could not be read to its end");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "application/json", "*/*"})
    void whoTakesJsonGetsLines(String accept) {
        assertThat(batch("", LECTURE, "Accept", accept).type()).isEqualTo("application/x-ndjson");
        assertThat(batch("?format=ndjson", LECTURE).type()).isEqualTo("application/x-ndjson");
    }

    @Test
    void thereIsNoTableOfABatch() {
        assertThat(batch("", LECTURE, "Accept", "text/csv").status()).isEqualTo(406);
        assertThat(batch("?format=text", LECTURE).status()).isEqualTo(406);
        assertThat(api.analyse(LECTURE, "Accept", "application/x-ndjson").status())
                .isEqualTo(406);
    }

    @Test
    void aLongBatchIsAnsweredWhileItIsSent() throws Exception {
        int count = 20_000;
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            Thread sender = Thread.startVirtualThread(() -> client.sendAll(IntStream.range(0, count)
                    .mapToObj(i -> network(i % 100) + "\n")
                    .iterator()));
            client.head();
            for (int i = 0; i < count; i++) {
                JsonNode line = client.line();
                assertThat(line.get("line").asInt()).isEqualTo(i + 1);
                assertThat(line.at("/analysis/totals/multiplies").asInt()).isEqualTo(192 * (i % 100 + 1));
            }
            sender.join();
            assertThat(client.line().at("/summary/analysed").asInt()).isEqualTo(count);
        }
    }

    @Test
    void whoDoesNotReadHoldsNobodyElseUp() throws Exception {
        List<BatchClient> stalled = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            BatchClient client = BatchClient.open(port, "/v1/analyses");
            client.send("{\"ready\": \"googlenet\"}\n".repeat(2000)); // an answer of 100 MB
            stalled.add(client);
        }

        assertThat(lines(batch("", (LECTURE + "\n").repeat(1000)))).hasSize(1001);
        assertThat(api.analyse(LECTURE).status()).isEqualTo(200);

        for (BatchClient client : stalled) {
            client.head();
            assertThat(client.line().at("/analysis/totals/macs").asLong()).isEqualTo(1_582_671_872);
            client.close(); // in the middle of its answer
        }
        batches.awaitNone();
    }

    @Test
    void whoLeavesLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
                client.send(LECTURE + "\n");
                client.head();
                client.line(); // the service now waits for the next
            }
        }
        batches.awaitNone();
    }

    private Api.Answer batch(String query, String body, String... headers) {
        return api.send(
                "POST",
                "/v1/analyses" + query,
                BodyPublishers.ofString(body),
                Api.with(headers, "Content-Type", "application/x-ndjson"));
    }

    private static List<JsonNode> lines(Api.Answer answer) {
        return answer.text()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    /** A network of 192 multiplies for each filter, of which it has one more than this number. */
    private static String network(int i) {
        return "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": " + (i + 1)
                + ", \"kernel\": 1}]}";
    }
}
