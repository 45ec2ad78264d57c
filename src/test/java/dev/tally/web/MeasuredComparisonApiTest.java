package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Comparisons that measure, as jobs. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "tally.measurement.longest=60s")
class MeasuredComparisonApiTest {
    private static final String SMALL = "{'name': 'small', 'input': [8, 8, 3], 'layers': ["
            + "{'name': 'conv', 'type': 'conv2d', 'filters': 8, 'kernel': 3, 'activation': 'relu'},"
            + "{'name': 'units', 'type': 'dense', 'units': 4}]}";
    private static final String SMALLER = "{'name': 'smaller', 'input': [8, 8, 3], 'layers': ["
            + "{'name': 'conv', 'type': 'conv2d', 'filters': 8, 'kernel': 1, 'stride': 2, 'activation': 'relu'},"
            + "{'name': 'units', 'type': 'dense', 'units': 2}]}";

    /** ONNX Runtime looks no computed numbers up. */
    private static final String IMPOSSIBLE = "{'name': 'impossible', 'input': [6], 'layers': ["
            + "{'type': 'dense', 'units': 3}, {'name': 'table', 'type': 'embedding', 'vocabulary': 5, 'units': 2}]}";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    private static String body(List<String> networks, String measure) {
        return ComparisonApiTest.networks(networks, ", 'measure': " + measure);
    }

    private JsonNode compared(List<String> networks, String measure) {
        Api.Answer answer = api.post("/v1/comparisons", body(networks, measure), "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
        assertThat(answer.header("Content-Location")).startsWith("/v1/jobs/");
        return answer.json();
    }

    @Test
    void eachNetworkIsMeasuredInTurnsWithTheFirst() {
        JsonNode answer = compared(List.of(SMALL, SMALLER), "{'threads': 1, 'budgetMillis': 60}");

        JsonNode first = answer.at("/networks/0/measured/0");
        assertThat(first.get("engine").asString()).isEqualTo("onnxruntime-cpu");
        assertThat(first.get("medianMillis").asDouble()).isPositive();
        assertThat(first.has("baseline")).isFalse();
        JsonNode second = answer.at("/networks/1/measured/0");
        assertThat(second.at("/baseline/name").asString()).isEqualTo("small");
        JsonNode time = answer.at("/networks/1/times/0");
        assertThat(time.get("from").asString()).isEqualTo("measured");
        assertThat(time.get("medianMillis")).isEqualTo(second.get("medianMillis"));
        assertThat(time.get("timeRatio")).isEqualTo(second.at("/baseline/timeRatio"));
    }

    @Test
    void layersAreMeasuredUnlessTheyAreNotAskedForAndCountsCorrelateWithTheirTimes() {
        JsonNode answer = compared(List.of(SMALL, SMALLER), "{'threads': 1, 'budgetMillis': 60}");

        JsonNode conv = answer.at("/layers/0");
        assertThat(conv.get("name").asString()).isEqualTo("conv");
        double first = conv.at("/in/0/times/0/medianMillis").asDouble();
        double second = conv.at("/in/1/times/0/medianMillis").asDouble();
        assertThat(conv.at("/in/1/times/0/timeRatio").asDouble()).isCloseTo(first / second, withinPercentage(0.1));
        assertThat(answer.get("correlations")).as("two networks tell nothing").hasSize(1);
        JsonNode correlation = answer.at("/correlations/0");
        assertThat(correlation.get("over").asString()).isEqualTo("layers");
        assertThat(correlation.get("engine").asString()).isEqualTo("onnxruntime-cpu");
        assertThat(correlation.get("n").asInt()).as("all four differ").isEqualTo(4);
        for (String count : Set.of("multiplies", "bytesMoved", "parameters")) {
            assertThat(correlation.at("/" + count + "/spearman").asDouble()).isBetween(-1.0, 1.0);
            assertThat(correlation.at("/" + count + "/kendall").asDouble()).isBetween(-1.0, 1.0);
        }
        JsonNode whole = compared(List.of(SMALL, SMALLER), "{'threads': 1, 'budgetMillis': 20, 'perLayer': false}");
        assertThat(whole.get("layers").get(0).get("in").get(0).has("times")).isFalse();
        assertThat(whole.has("correlations")).isFalse();
    }

    @Test
    void severalEnginesAndNetworksHaveTheirCorrelationsEach() {
        JsonNode answer = compared(
                List.of(SMALL, SMALLER, "{'ready': 'lecture-bottleneck'}"),
                "{'engines': ['java', 'onnxruntime-cpu'], 'threads': 1, 'budgetMillis': 40, 'perLayer': false}");

        assertThat(answer.get("correlations")
                        .valueStream()
                        .map(one -> one.get("over").asString() + " "
                                + one.get("engine").asString() + " "
                                + one.get("n").asInt()))
                .containsExactly("networks java 3", "networks onnxruntime-cpu 3");
        assertThat(answer.at("/networks/2/times")).hasSize(2);
        assertThat(answer.at("/networks/2/largestEngineDifference").asDouble()).isBetween(0.0, 1e-4);
    }

    @Test
    void aJobOfAComparisonHasItsDocumentInEveryForm() {
        Api.Answer accepted = api.post(
                "/v1/comparisons",
                body(List.of(SMALL, SMALLER), "{'threads': 1, 'budgetMillis': 30}"),
                "Prefer",
                "respond-async");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.json().get("kind").asString()).isEqualTo("comparison");
        String path = accepted.header("Location");

        JsonNode job = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get(path).json(),
                        one -> one.get("state").asString().equals("done"));

        assertThat(job.at("/result/networks/1/times/0/timeRatio").asDouble()).isPositive();
        assertThat(api.get(path + "?detail=totals").json().get("result").has("layers"))
                .isFalse();
        assertThat(api.get(path + "?format=text").text())
                .contains("smaller")
                .contains("ms: on onnxruntime-cpu, the ratio in turns with the first")
                .contains("layers, onnxruntime-cpu");
        assertThat(api.get(path + "?format=csv").text().lines().findFirst().orElse(""))
                .startsWith("network,networkName,name,type,")
                .contains("onnxruntime-cpu:medianMillis");
        List<String> totals =
                api.get(path + "?format=csv&detail=totals").text().lines().toList();
        assertThat(totals.getFirst()).contains("onnxruntime-cpu:timeRatio");
        assertThat(totals.get(2)).matches("2,smaller,smaller,.*,\\d+\\.\\d+,\\d+\\.?\\d*");
    }

    @Test
    void aNetworkThatAnEngineCannotRunSaysWhyBesideTheOthers() {
        JsonNode answer =
                compared(List.of(SMALL, IMPOSSIBLE, SMALLER), "{'threads': 1, 'budgetMillis': 20, 'perLayer': false}");

        assertThat(answer.at("/networks/1/notMeasured").asString())
                .startsWith("onnxruntime-cpu cannot run the layer \"table\"");
        assertThat(answer.get("networks").get(1).has("measured")).isFalse();
        assertThat(answer.get("networks").get(0).has("notMeasured")).isFalse();
        assertThat(answer.at("/networks/2/times/0/timeRatio").asDouble()).isPositive();
    }

    @Test
    void whereNoneCanBeRunTheFirstReasonIsTheProblem() {
        JsonNode problem = api.post("/v1/comparisons", body(List.of(IMPOSSIBLE, IMPOSSIBLE), "{'budgetMillis': 20}"))
                .problem(422, "engine-cannot-run");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/networks/0/layers/1");
    }

    @Test
    void whatTakesLongerTogetherThanIsAllowedIsRefused() {
        JsonNode problem = api.post(
                        "/v1/comparisons", body(List.of(SMALL, SMALLER), "{'threads': 1, 'budgetMillis': 40000}"))
                .problem(422, "measurement-too-long");

        assertThat(problem.get("detail").asString()).contains("these 2 networks would take about");
    }

    @Test
    void whatWasMeasuredIsKnownToTheNextEstimate() {
        compared(List.of(SMALL, SMALLER), "{'threads': 1, 'budgetMillis': 20}");

        JsonNode estimated = api.post(
                        "/v1/comparisons",
                        ComparisonApiTest.networks(
                                List.of(SMALL, SMALLER), ", 'estimate': {'engine': 'onnxruntime-cpu', 'threads': 1}"))
                .json();

        assertThat(estimated.at("/networks/1/estimate/complete").asBoolean()).isTrue();
        assertThat(estimated.at("/networks/1/times/0/from").asString()).isEqualTo("latencies");
    }

    @Test
    void theSameKeyIsTheSameJob() {
        String body = body(List.of(SMALL, SMALLER), "{'threads': 1, 'budgetMillis': 20, 'perLayer': false}");
        Api.Answer one = api.post("/v1/comparisons", body, "Idempotency-Key", "compare", "Prefer", "wait=60");
        Api.Answer again = api.post("/v1/comparisons", body, "Idempotency-Key", "compare");

        assertThat(again.header("Content-Location")).isEqualTo(one.header("Content-Location"));
        assertThat(again.json()).isEqualTo(one.json());
    }
}
