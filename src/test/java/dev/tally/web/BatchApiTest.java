package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        assertThat(lines.get(1).get("problem"))
                .isEqualTo(api.analyse(wrong, "X-Request-Id", answer.header("X-Request-Id"))
                        .json());
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
    @ValueSource(strings = {"", "\n", "\r\n \n\t"})
    void aBodyWithoutLinesIsSummedUp(String body) {
        List<JsonNode> lines = lines(batch("", body));

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
    void eachLineMayHaveABudget() {
        String budgeted = "{\"ready\": \"lecture-bottleneck\", \"budget\": {\"multiplies\": %d}}\n";

        List<JsonNode> lines = lines(batch("", budgeted.formatted(12_443_648) + budgeted.formatted(12_443_647)));

        assertThat(lines.get(0).at("/analysis/budget/passed").asBoolean()).isTrue();
        assertThat(lines.get(1).at("/analysis/budget/passed").asBoolean(true)).isFalse();
        assertThat(batch("?gate=true", LECTURE).status()).isEqualTo(400);
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
