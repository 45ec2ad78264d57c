package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.latency.LatencyTable;
import dev.tally.latency.Measured;
import dev.tally.network.Network;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/comparisons} as a client sees it, where nothing is measured. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ComparisonApiTest {
    static final String DIRECT = "{'ready': 'lecture-direct'}";
    static final String BOTTLENECK = "{'ready': 'lecture-bottleneck'}";

    /** A tiny convolution of one filter, k by k. */
    private static final String ONE_OF = "{'input': [4, 4, 1], 'layers': [{'name': 'conv', 'type': 'conv2d',"
            + " 'filters': 1, 'padding': 'same', 'kernel': %d}]}";

    @LocalServerPort
    private int port;

    @Autowired
    private LatencyTable table;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    static String networks(List<String> networks, String beside) {
        return ("{'networks': [" + String.join(", ", networks) + "]" + beside + "}").replace('\'', '"');
    }

    private Api.Answer compare(String... networks) {
        return api.post("/v1/comparisons", networks(List.of(networks), ""));
    }

    private static JsonNode ok(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void theLecturesTenthIsARatioToTheFirst() throws IOException {
        JsonNode answer = ok(api.post("/v1/comparisons", AnalysisApiTest.example("comparison")));

        assertThat(answer.propertyNames())
                .containsExactly("version", "countingRules", "networks", "sharedLayers", "layers");
        assertThat(answer.at("/networks/0/name").asString()).isEqualTo("lecture-direct");
        assertThat(answer.at("/networks/0/totals/multiplies").asLong()).isEqualTo(120_422_400);
        assertThat(answer.get("networks").get(0).has("ratios")).isFalse();
        assertThat(answer.at("/networks/1/totals/multiplies").asLong()).isEqualTo(12_443_648);
        assertThat(answer.at("/networks/1/ratios/multiplies").asDouble()).isEqualTo(9.677);
        // 153,632 / 15,920; 702,464 / 652,288; 702,464 / 752,640: the bottleneck writes one tensor more.
        assertThat(answer.at("/networks/1/ratios/parameters").asDouble()).isEqualTo(9.65);
        assertThat(answer.at("/networks/1/ratios/peakActivationBytes").asDouble())
                .isEqualTo(1.077);
        assertThat(answer.at("/networks/1/ratios/activationBytes").asDouble()).isEqualTo(0.9333);
        assertThat(answer.get("sharedLayers").asInt()).isEqualTo(1);
    }

    @Test
    void layersStandBesideThoseOfTheirName() throws IOException {
        JsonNode layers = ok(api.post("/v1/comparisons", AnalysisApiTest.example("comparison")))
                .get("layers");

        assertThat(layers.valueStream().map(layer -> layer.get("name").asString()))
                .containsExactly("reduce", "5x5");
        assertThat(layers.at("/0/in")).as("the first has none").hasSize(1);
        assertThat(layers.at("/0/in/0/network").asString()).isEqualTo("bottleneck");
        assertThat(layers.get(0).get("in").get(0).has("ratios")).isFalse();
        assertThat(layers.at("/1/in")
                        .valueStream()
                        .map(layer -> layer.get("network").asString()))
                .containsExactly("lecture-direct", "bottleneck");
        assertThat(layers.at("/1/in/1/multiplies").asLong()).isEqualTo(10_035_200);
        assertThat(layers.at("/1/in/1/ratios/multiplies").asDouble()).isEqualTo(12);
        assertThat(layers.at("/1/in/1/output")).hasToString("[28,28,32]");
    }

    @Test
    void eachNetworkCostsWhatItCostsByItself() {
        JsonNode compared = ok(compare("{'ready': 'googlenet'}", "{'ready': 'inception-3a'}"));

        for (int i = 0; i < 2; i++) {
            JsonNode network = compared.get("networks").get(i);
            JsonNode alone =
                    ok(api.analyse("{\"ready\": \"" + network.get("name").asString() + "\"}"));
            assertThat(network.get("totals")).isEqualTo(alone.get("totals"));
            assertThat(network.get("networkHash")).isEqualTo(alone.get("networkHash"));
            assertThat(network.get("input")).isEqualTo(alone.get("input"));
            assertThat(network.get("output")).isEqualTo(alone.get("output"));
        }
    }

    @Test
    void networksWithoutANameOrWithAnothersAreNumbered() {
        assertThat(ok(compare(ONE_OF.formatted(1), DIRECT, DIRECT))
                        .get("networks")
                        .valueStream()
                        .map(network -> network.get("name").asString()))
                .containsExactly("network 1", "lecture-direct", "network 3");
    }

    @Test
    void networksThatShareNoLayerAreComparedInTotal() {
        Api.Answer answer = compare(DIRECT, ONE_OF.formatted(3));

        JsonNode json = ok(answer);
        assertThat(json.get("sharedLayers").asInt()).isZero();
        assertThat(json.get("layers")).hasSize(2);
        // 4·4 × 3·3 multiplies.
        assertThat(json.at("/networks/1/ratios/multiplies").asDouble()).isEqualTo(836_300);
        assertThat(api.post("/v1/comparisons?format=text", networks(List.of(DIRECT, ONE_OF.formatted(3)), ""))
                        .text())
                .contains("they share no layer by name: only the totals are compared");
    }

    @Test
    void aTerminalReadsTables() {
        Api.Answer answer = api.post("/v1/comparisons?format=text", networks(List.of(DIRECT, BOTTLENECK), ""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("text/plain;charset=UTF-8");
        assertThat(answer.header("Tally-Network-Hash")).matches("[0-9a-f]{64}, [0-9a-f]{64}");
        assertThat(answer.header("Tally-Counting-Rules")).isNotEmpty();
        assertThat(answer.text())
                .contains("lecture-bottleneck   12,443,648   9.68")
                .contains("5x5        120,422,400          10,035,200  12.00");
        assertThat(api.post("/v1/comparisons?format=text&detail=totals", networks(List.of(DIRECT, BOTTLENECK), ""))
                        .text())
                .contains("lecture-bottleneck")
                .doesNotContain("reduce");
    }

    @Test
    void aSpreadsheetGetsALineForEachLayerOfEachNetworkOrForEachNetwork() {
        String body = networks(List.of(DIRECT, BOTTLENECK), "");

        Api.Answer layers = api.post("/v1/comparisons", body, "Accept", "text/csv");
        assertThat(layers.type()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(layers.text().lines()).hasSize(4);
        List<String> totals = api.post("/v1/comparisons?detail=totals&format=csv", body)
                .text()
                .lines()
                .toList();
        assertThat(totals).hasSize(3);
        assertThat(totals.getFirst())
                .endsWith(",multipliesRatio,parametersRatio,peakActivationBytesRatio,bytesMovedRatio");
        assertThat(totals.get(1)).startsWith("1,lecture-direct,").endsWith(",,,,");
        assertThat(totals.get(2)).startsWith("2,lecture-bottleneck,").endsWith(",9.677,9.65,1.077,1.52");
    }

    @Test
    void totalsLeaveTheLayersOut() {
        assertThat(ok(api.post("/v1/comparisons?detail=totals", networks(List.of(DIRECT, BOTTLENECK), "")))
                        .has("layers"))
                .isFalse();
    }

    private void record(String host, double convMillis, int kernel) {
        Network network = Measured.network(ONE_OF.formatted(kernel).replace('\'', '"'));
        table.record(
                network,
                host,
                Measured.ofWhole(Measured.figures(1e6 * convMillis)),
                Instant.parse("2026-11-25T12:00:00Z"));
    }

    @Test
    void timesFromTheLatencyTableAreComparedAndTellHowFarCountingPredictsThem() {
        // As the multiplies, but that 5×5 is quicker than 3×3.
        record("host-c", 1, 1);
        record("host-c", 4, 3);
        record("host-c", 2, 5);

        JsonNode answer = ok(api.post(
                "/v1/comparisons",
                networks(
                        List.of(ONE_OF.formatted(3), ONE_OF.formatted(1), ONE_OF.formatted(5)),
                        ", 'estimate': {'engine': 'java', 'host': 'host-c', 'threads': 1}")));

        assertThat(answer.at("/networks/0/times"))
                .hasToString("[{\"engine\":\"java\",\"from\":\"latencies\",\"medianMillis\":4.0}]");
        assertThat(answer.at("/networks/1/times"))
                .hasToString("[{\"engine\":\"java\",\"from\":\"latencies\",\"medianMillis\":1.0,\"timeRatio\":4.0}]");
        assertThat(answer.at("/networks/2/estimate/estimatedMillis").asDouble()).isEqualTo(2);
        assertThat(answer.at("/layers/0/in/2/times/0/timeRatio").asDouble()).isEqualTo(2);
        // Ranks 2 1 3 and 3 1 2: rho 1 - 6·2 / 24; of three pairs two in the same order.
        assertThat(answer.at("/correlations/0").toString())
                .startsWith("{\"over\":\"networks\",\"engine\":\"java\",\"from\":\"latencies\",\"n\":3,"
                        + "\"multiplies\":{\"spearman\":0.5,\"kendall\":0.3333},");
        assertThat(answer.at("/correlations/1/over").asString()).isEqualTo("layers");
        assertThat(answer.at("/correlations/1/n").asInt()).isEqualTo(3);
    }

    @Test
    void aNetworkWithALayerThatIsMissingInTheTableHasNoTime() {
        record("host-d", 4, 3);

        JsonNode answer = ok(api.post(
                "/v1/comparisons",
                networks(
                        List.of(ONE_OF.formatted(3), ONE_OF.formatted(5)),
                        ", 'estimate': {'engine': 'java', 'host': 'host-d', 'threads': 1}")));

        assertThat(answer.get("networks").get(1).has("times")).isFalse();
        assertThat(answer.at("/networks/1/estimate/missing")).hasToString("[\"conv\"]");
        assertThat(answer.has("correlations")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    []                                            |                         | expected what to compare, an object with "networks", got []
                    {}                                            |                         | expected "networks", a list of 2 to 32 networks, got nothing
                    {'networks': {'ready': 'alexnet'}}            | /networks               | expected "networks", a list of 2 to 32 networks, got
                    {'networks': []}                              | /networks               | a list of 2 to 32 networks, got 0
                    {'networks': [DIRECT]}                        | /networks               | a list of 2 to 32 networks, got 1
                    {'networks': null}                            | /networks               | got null
                    {'networks': [DIRECT, 7]}                     | /networks/1             | expected a network, an object with "input" and "layers", got 7
                    {'networks': [DIRECT, null]}                  | /networks/1             | expected a network
                    {'networks': [{'ready': 'alexnett'}, DIRECT]} | /networks/0/ready       | did you mean "alexnet"?
                    {'networks': [DIRECT, {'input': [8, 8, 1], 'layers': [{'type': 'conv2d', 'filters': 0, 'kernel': 1}]}]} | /networks/1/layers/0/filters | got 0
                    {'networks': [DIRECT, DIRECT], 'network': 1}  | /network                | did you mean "networks"?
                    {'networks': [DIRECT, DIRECT], 'budget': {}}  | /budget                 | a comparison has no property "budget"
                    {'networks': [DIRECT, {'ready': 'alexnet', 'measure': {}}]} | /networks/1/measure | has no property "measure"
                    {'networks': [DIRECT, DIRECT], 'measure': {'baseline': DIRECT}} | /measure/baseline | "measure" has no property "baseline"
                    {'networks': [DIRECT, DIRECT], 'measure': {'threads': 0}}   | /measure/threads | got 0
                    {'networks': [DIRECT, DIRECT], 'measure': {'budgetMillis': 9}} | /measure/budgetMillis | got 9
                    {'networks': [DIRECT, DIRECT], 'estimate': {'engine': 'jav'}}  | /estimate/engine | expected the name of an engine, got the string "jav"
                    """)
    void badInputIsPointedAt(String request, String pointer, String words) {
        JsonNode problem = api.post(
                        "/v1/comparisons", request.replace("DIRECT", DIRECT).replace('\'', '"'))
                .problem(422, "invalid-network");

        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(problem.at("/errors/0/detail").asString()).contains(words);
    }

    @Test
    void allThatIsWrongComesAtOnce() {
        JsonNode problem = api.post(
                        "/v1/comparisons",
                        networks(
                                List.of("{'ready': 'nothing'}", "{'input': [3], 'layers': []}"),
                                ", 'measure': {'threads': 0}, 'estimate': {'host': 3}"))
                .problem(422, "invalid-network");

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactlyInAnyOrder(
                        "/networks/0/ready", "/networks/1/layers", "/measure/threads", "/estimate/host");
    }

    @Test
    void moreNetworksThanAreAllowedAreRefused() {
        assertThat(ok(api.post("/v1/comparisons", networks(Collections.nCopies(32, DIRECT), "")))
                        .get("networks"))
                .hasSize(32);
        api.post("/v1/comparisons", networks(Collections.nCopies(33, DIRECT), ""))
                .problem(422, "invalid-network");
    }

    @Test
    void networksThatAreLargerTogetherThanOneMayBeAreRefused() {
        String half = "{'input': [1], 'layers': [{'type': 'relu', 'repeat': %d}]}";

        assertThat(ok(compare(half.formatted(5_000), half.formatted(5_000))).at("/layers"))
                .hasSize(5_000);
        JsonNode problem = compare(half.formatted(5_000), DIRECT, half.formatted(5_000), DIRECT)
                .problem(422, "invalid-network");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/networks/2");
        assertThat(problem.get("detail").asString())
                .isEqualTo("expected networks of at most 10000 layers together, got more with this one");
    }

    @Test
    void aCountOver63BitsNamesItsNetworkAndLayer() {
        String huge = "{'input': [1073741824], 'layers': ["
                + "{'name': 'much', 'type': 'dense', 'units': 1073741824, 'bias': false}], 'batch': 1000}";

        JsonNode problem = compare(DIRECT, huge).problem(422, "count-overflow");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/networks/1/layers/0");
        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("much");
    }

    @Test
    void whatIsNoJsonOrHasAnUnknownParameterIsRefused() {
        api.post("/v1/comparisons", "{").problem(400, "malformed-json");
        api.post("/v1/comparisons?gate=true", networks(List.of(DIRECT, DIRECT), ""))
                .problem(400, "invalid-parameter");
        api.post("/v1/comparisons", networks(List.of(DIRECT, DIRECT), ""), "Accept", "image/png")
                .problem(406, "not-acceptable");
        assertThat(api.get("/v1/comparisons").status()).isEqualTo(405);
    }
}
