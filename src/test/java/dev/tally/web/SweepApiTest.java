package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/sweeps}, as a client sees it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "tally.sweeps.candidates=5000")
@Timeout(60)
class SweepApiTest {
    private static final String BOTTLENECK = "'network': {'input': [28, 28, 192], 'layers': ["
            + "{'name': 'reduce', 'type': 'conv2d', 'filters': '$width', 'kernel': 1},"
            + "{'name': 'conv', 'type': 'conv2d', 'filters': 32, 'kernel': 5, 'padding': 'same'}]}";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    private Api.Answer sweep(String json) {
        return api.post("/v1/sweeps", json.replace('\'', '"'));
    }

    private List<JsonNode> lines(String json) {
        Api.Answer answer = sweep(json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/x-ndjson");
        assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
        return answer.text().lines().map(JsonMapper.shared()::readTree).toList();
    }

    @Test
    void aLineACandidateAsItIsAnalysedAlone() {
        List<JsonNode> lines = lines("{" + BOTTLENECK + ", 'parameters': {'width': [16, 8]}}");

        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst().at("/sweep/candidates").asInt()).isEqualTo(2);
        assertThat(lines.getFirst().at("/sweep/countingRules").asString()).isEqualTo("1");
        JsonNode first = lines.get(1);
        JsonNode alone = api.analyse("{\"ready\": \"lecture-bottleneck\"}").json();
        assertThat(first.get("candidate").asInt()).isEqualTo(1);
        assertThat(first.at("/parameters/width").asInt()).isEqualTo(16);
        assertThat(first.at("/totals/multiplies").asLong()).isEqualTo(12_443_648);
        assertThat(first.get("totals")).isEqualTo(alone.get("totals"));
        assertThat(first.get("networkHash")).isEqualTo(alone.get("networkHash"));
        assertThat(lines.getLast().at("/summary/complete").asBoolean()).isTrue();
        assertThat(lines.getLast().at("/summary/least/multiplies/candidate").asInt())
                .isEqualTo(2);
        assertThat(lines.getLast().at("/summary/least/multiplies/value").asLong())
                .isEqualTo(12_443_648 / 2);
    }

    @Test
    void theyComeInOrderHoweverManyThereAre() {
        List<JsonNode> lines = lines("{" + BOTTLENECK + ", 'parameters': {'width': {'from': 1, 'to': 5000}}}");

        assertThat(lines).hasSize(5002);
        assertThat(IntStream.range(1, 5001)
                        .allMatch(i -> lines.get(i).get("candidate").asInt() == i
                                && lines.get(i).at("/totals/multiplies").asLong() == 777_728L * i))
                .isTrue();
        assertThat(lines.getLast().at("/summary/counted").asInt()).isEqualTo(5000);
    }

    @Test
    void whatIsNoNetworkHasItsProblemOnItsLine() {
        List<JsonNode> lines = lines("{" + BOTTLENECK + ", 'parameters': {'width': [1, 0, -1]}}");

        JsonNode problem = lines.get(2).get("problem");
        assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-network");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/network/layers/0/filters");
        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("reduce");
        assertThat(problem.at("/errors/0/detail").asString()).contains("from 1 to 2^31-1", "got 0");
        assertThat(lines.getLast().at("/summary/problems").asInt()).isEqualTo(2);
        assertThat(lines.getLast().at("/summary/complete").asBoolean()).isTrue();
    }

    /** 20,000,000 multiplies are 25.7 channels. */
    @Test
    void aBudgetMarksWhoKeepsIt() {
        List<JsonNode> lines =
                lines("{" + BOTTLENECK + ", 'parameters': {'width': [25, 26]}, 'budget': {'multiplies': 20000000}}");

        assertThat(lines.get(1).at("/budget/passed").asBoolean()).isTrue();
        assertThat(lines.get(2).at("/budget/passed").asBoolean()).isFalse();
        assertThat(lines.getLast().at("/summary/passed").asInt()).isEqualTo(1);
    }

    @Test
    void onlyTheBestAreAnsweredThatKeepTheBudget() {
        List<JsonNode> lines = lines("{" + BOTTLENECK + ", 'parameters': {'width': {'from': 40, 'to': 1, 'step': -1}},"
                + " 'budget': {'parameters': 20000}, 'keep': {'best': 2, 'by': 'multiplies'}}");

        assertThat(lines.stream()
                        .filter(line -> line.has("candidate"))
                        .map(line -> line.get("candidate").asInt() + ":" + line.at("/parameters/width")))
                .containsExactly("40:1", "39:2");
        assertThat(lines.getLast().at("/summary/candidates").asInt()).isEqualTo(40);
        assertThat(lines.getLast().at("/summary/kept").asInt()).isEqualTo(2);
        // 993 parameters a channel, and 32.
        assertThat(lines.getLast().at("/summary/passed").asInt()).isEqualTo(20);
    }

    @Test
    void onlyTheFrontIsAnswered() {
        List<JsonNode> lines = lines("{" + BOTTLENECK + ", 'parameters': {'width': [3, 2, 2]}, 'keep': 'front'}");

        assertThat(lines.stream()
                        .filter(line -> line.has("candidate"))
                        .map(line -> line.get("candidate").asInt()))
                .containsExactly(2, 3);
    }

    @Test
    void pointsAreCountedAsTheyStandAndReadyNetworksToo() {
        List<JsonNode> lines = lines("{'network': {'ready': 'googlenet'}, 'points':"
                + " [{'resolution': 224, 'classes': 1000}, {'resolution': 320, 'classes': 10}]}");

        assertThat(lines.get(1).get("totals"))
                .isEqualTo(api.analyse("{\"ready\": \"googlenet\"}").json().get("totals"));
        assertThat(lines.get(2).get("totals"))
                .isEqualTo(api.analyse(
                                "{\"ready\": \"googlenet\", \"parameters\": {\"resolution\": 320, \"classes\": 10}}")
                        .json()
                        .get("totals"));
    }

    @Test
    void oneTooLargeIsRefusedWithItsCount() {
        JsonNode problem = sweep("{" + BOTTLENECK + ", 'parameters': {'width': {'from': 1, 'to': 5001}}}")
                .problem(422, "sweep-too-large");

        assertThat(problem.get("detail").asString())
                .isEqualTo(
                        "expected a sweep of at most 5,000 candidates, the setting tally.sweeps.candidates, got 5,001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                        |  | expected a sweep, an object with \"network\"",
                "{'parameters': {'w': [1]}}                | /network | got nothing",
                "{NETWORK}                                 |  | got neither",
                "{NETWORK, 'parameters': {'width': []}}    | /parameters/width | got an empty list",
                "{NETWORK, 'parameters': {'widht': [1], 'width': [1]}}  | /parameters/widht | the parameter \"widht\" is given but not used; did you mean \"width\"?",
                "{NETWORK, 'points': [{'width': 1, 'w': 2}]} | /points/0/w | is given but not used; the network uses: width",
                "{NETWORK, 'parameters': {'w': [1]}}       | /network/layers/0/filters | the parameter $width is used but not given",
                "{NETWORK, 'parameters': {'width': {'from': 9, 'to': 8}}} | /parameters/width | got an empty one: from 9 to 8",
                "{NETWORK, 'parameters': {'width': [0, -1]}} | /network/layers/0/filters | at the first point, {width=0}, and at the last",
                "{NETWORK, 'parameters': {'width': [1]}, 'keep': {'best': 0}} | /keep/best | an integer from 1 to 10000, got 0",
                "{NETWORK, 'parameters': {'width': [1]}, 'keep': {'best': 1, 'by': 'multiplys'}} | /keep/by | did you mean \"multiplies\"?",
                "{NETWORK, 'parameters': {'width': [1]}, 'keep': {'best': 1, 'by': 'estimatedMillis'}} | /keep/by | the sweep has \"estimate\": {}",
                "{NETWORK, 'parameters': {'width': [1]}, 'keep': {'front': ['macs']}} | /keep/front | at least two figures",
                "{NETWORK, 'parameters': {'width': [1]}, 'keep': {'front': ['macs', 'macs']}} | /keep/front/1 | stands there already",
                "{NETWORK, 'parameters': {'width': [1]}, 'keep': 'pareto'} | /keep | expected {\"best\": 100",
                "{NETWORK, 'parameters': {'width': [1]}, 'keep': {'best': 1, 'front': ['macs', 'flops']}} | /keep | got both",
                "{NETWORK, 'parameters': {'width': [1]}, 'budget': {'mults': 1}} | /budget/mults | did you mean \"multiplies\"?",
                "{NETWORK, 'parameters': {'width': [1]}, 'estimate': {'engine': 'x'}} | /estimate/engine | got the string \"x\"",
                "{NETWORK, 'parameters': {'width': [1]}, 'measure': {}} | /measure | a sweep has no property \"measure\"",
            })
    void whatIsNoSweepIsToldWhereAndWhy(String json, String pointer, String detail) {
        JsonNode problem = sweep(json.replace("NETWORK", BOTTLENECK)).problem(422, "invalid-network");

        JsonNode error = problem.at("/errors/0");
        assertThat(error.get("pointer").asString()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(error.get("detail").asString()).contains(detail);
    }

    @Test
    void whoAcceptsNoLinesIsRefused() {
        Api.Answer answer = api.post(
                "/v1/sweeps",
                ("{" + BOTTLENECK + ", 'parameters': {'width': [1]}}").replace('\'', '"'),
                "Accept",
                "text/csv");

        answer.problem(406, "not-acceptable");
    }
}
