package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Alternatives that are measured, as jobs, and whose times are estimated from what was. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "tally.measurement.longest=60s")
class TimedAlternativesApiTest {
    private static final String CONVOLUTION =
            "'network': {'name': 'small', 'input': [8, 8, 16], 'layers': [{'name': 'conv', 'type': 'conv2d', 'filters': 8,"
                    + " 'kernel': 3, 'padding': 'same'}]}, 'kinds': ['bottleneck', 'grouped'], 'widths': [2, 4]";

    /** 1,152 over (16 + 8·9)·2 = 176 and over twice that: no multiple of them depends on the 8·8 positions. */
    private static final double RATIO_OF_TWO = 1152.0 / 176;

    /** Measures on Java's kernels; the reference as it is written is slow. */
    private static final String MEASURE = "'measure': {'engines': ['java'], 'threads': 1, 'budgetMillis': 20}";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void theLayerIsMeasuredByItselfAndEachAlternativeInTurnsWithIt() {
        JsonNode layer = measured("{" + CONVOLUTION + ", " + MEASURE + "}").at("/layers/0");

        JsonNode original = layer.at("/original/measured/0");
        assertThat(original.get("engine").asString()).isEqualTo("java");
        assertThat(original.get("threads").asInt()).isOne();
        assertThat(original.get("precision").asString()).isEqualTo("float32");
        assertThat(original.get("medianMillis").asDouble()).isPositive();
        assertThat(original.get("disturbance").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(original.get("maxRelativeError").asDouble()).isBetween(0.0, 1e-4);
        assertThat(original.has("timeRatio")).isFalse();
        assertThat(original.has("shareOfRatioLeft")).isFalse();
        JsonNode two = layer.at("/alternatives/0");
        assertThat(two.get("width").asInt()).isEqualTo(2);
        double timeRatio = two.at("/measured/0/timeRatio").asDouble();
        assertThat(timeRatio).isPositive();
        assertThat(two.at("/measured/0/shareOfRatioLeft").asDouble())
                .isCloseTo(timeRatio / RATIO_OF_TWO, within(0.001 * timeRatio));
        assertThat(layer.get("alternatives").valueStream())
                .hasSizeGreaterThan(2)
                .allMatch(each -> each.get("measured").size() == 1 && !each.has("notMeasured"));
        assertThat(layer.get("frontsTimedOn").asString()).isEqualTo("java");
    }

    @Test
    void severalEnginesHaveAnEntryEach() {
        JsonNode layer = measured("{" + CONVOLUTION
                        + ", 'measure': {'engines': ['java', 'reference'], 'threads': 1, 'budgetMillis': 20}}")
                .at("/layers/0");

        assertThat(layer.at("/alternatives/1/measured")
                        .valueStream()
                        .map(entry -> entry.get("engine").asString()))
                .containsExactly("java", "reference");
        assertThat(layer.at("/alternatives/1/measured/1/timeRatio").asDouble()).isPositive();
    }

    /** The second layer does what the first does, on what that gives: their designs are alike, and measured once. */
    @Test
    void designsThatAreAlikeAreMeasuredOnce() {
        JsonNode answer = measured("{'network': {'input': [8, 8, 8], 'layers': ["
                + "{'name': 'one', 'type': 'conv2d', 'filters': 8, 'kernel': 3, 'padding': 'same'},"
                + "{'name': 'two', 'type': 'conv2d', 'filters': 8, 'kernel': 3, 'padding': 'same'}]},"
                + " 'costliest': 2, 'kinds': ['bottleneck'], 'widths': [2], " + MEASURE + "}");

        assertThat(answer.get("layers")).hasSize(2);
        assertThat(answer.at("/layers/1/original/measured")).isEqualTo(answer.at("/layers/0/original/measured"));
        assertThat(answer.at("/layers/1/alternatives/0/measured"))
                .isEqualTo(answer.at("/layers/0/alternatives/0/measured"));
    }

    @Test
    void aJobOfAlternativesHasItsDocumentInEveryForm() {
        Api.Answer accepted = post("{" + CONVOLUTION + ", " + MEASURE + "}", "Prefer", "respond-async");
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        assertThat(accepted.json().get("kind").asString()).isEqualTo("alternatives");
        String path = accepted.header("Location");

        JsonNode job = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get(path).json(),
                        one -> one.get("state").asString().equals("done"));

        JsonNode two = job.at("/result/layers/0/alternatives/0");
        assertThat(two.at("/measured/0/timeRatio").asDouble()).isPositive();
        assertThat(two.has("network")).isTrue();
        assertThat(api.get(path + "?detail=totals")
                        .json()
                        .at("/result/layers/0/alternatives/0")
                        .has("network"))
                .isFalse();
        assertThat(api.get(path + "?format=text").text())
                .contains("field      ms  ratio\n")
                .contains("ms     java, 1 thread, float32, on ")
                .containsPattern(
                        "bottleneck: of its ratio in multiplies is left in time on java: \\d+ % at 2, \\d+ % at 4\n");
        List<String> lines = api.get(path + "?format=csv").text().lines().toList();
        assertThat(lines.getFirst()).endsWith("totalBytesMoved,java:medianMillis,java:timeRatio,java:shareOfRatioLeft");
        assertThat(lines.get(1)).matches("conv,conv2d,original,.*,\\d+\\.\\d+,,");
        assertThat(lines.get(2)).matches("conv,conv2d,bottleneck,2,.*,\\d+\\.\\d+,\\d+\\.\\d+,\\d+\\.\\d+");
    }

    @Test
    void whatWasMeasuredIsKnownToTheNextEstimate() {
        measured("{" + CONVOLUTION + ", " + MEASURE.replace("20", "20, 'perLayer': true") + "}");

        JsonNode layer = post("{" + CONVOLUTION + ", 'estimate': {'engine': 'java', 'threads': 1}}")
                .json()
                .at("/layers/0");

        double original = layer.at("/original/estimated/estimatedMillis").asDouble();
        JsonNode two = layer.at("/alternatives/0/estimated");
        assertThat(two.get("missing")).isEmpty();
        double timeRatio = two.get("timeRatio").asDouble();
        assertThat(timeRatio).isCloseTo(original / two.get("estimatedMillis").asDouble(), within(0.002 * timeRatio));
        assertThat(two.get("shareOfRatioLeft").asDouble())
                .isCloseTo(timeRatio / RATIO_OF_TWO, within(0.002 * timeRatio));
        assertThat(layer.at("/original/estimated").has("timeRatio")).isFalse();
        assertThat(layer.get("frontsTimedOn").asString()).isEqualTo("java");
    }

    @Test
    void stepsThatTheTableDoesNotHaveAreNamed() {
        JsonNode layer = post("{" + CONVOLUTION.replace("[8, 8, 16]", "[9, 7, 16]")
                        + ", 'estimate': {'engine': 'java'}}")
                .json()
                .at("/layers/0");

        assertThat(layer.at("/original/estimated/missing")).hasToString("[\"conv\"]");
        assertThat(layer.at("/alternatives/0/estimated/missing")).hasToString("[\"conv/reduce\",\"conv\"]");
        assertThat(layer.at("/alternatives/0/estimated").has("estimatedMillis")).isFalse();
        assertThat(layer.has("frontsTimedOn")).isFalse();
    }

    /** Our own engine has no Winograd algorithm for a 1×1, and the bottleneck has one. */
    @Test
    void aDesignThatAnEngineCannotRunSaysWhyBesideTheOthers() {
        JsonNode layer = measured(
                        "{" + CONVOLUTION + ", 'measure': {'engines': ['java'], 'algorithm': 'winograd-2x2-3x3',"
                                + " 'threads': 1, 'budgetMillis': 20}}")
                .at("/layers/0");

        assertThat(layer.at("/original/measured")).hasSize(1);
        assertThat(layer.at("/alternatives/0/notMeasured").asString())
                .startsWith("java cannot run the layer \"conv/reduce\"");
        assertThat(layer.get("alternatives").get(0).has("measured")).isFalse();
        assertThat(layer.has("frontsTimedOn"))
                .as("not of all designs is the time known")
                .isFalse();
    }

    @Test
    void whatIsToBeMeasuredIsReadWithTheRest() {
        JsonNode problem = post("{" + CONVOLUTION + ", 'measure': {'baseline': {}}, 'layer': 3, 'estimate': 4}")
                .problem(422, "invalid-network");

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactly("/measure/baseline", "/estimate", "/layer");
    }

    @Test
    void whatTakesLongerTogetherThanIsAllowedIsRefused() {
        JsonNode problem = post("{" + CONVOLUTION + ", " + MEASURE.replace("20", "40000") + "}")
                .problem(422, "measurement-too-long");

        assertThat(problem.get("detail").asString()).contains("networks would take about");
    }

    private JsonNode measured(String singleQuoted) {
        Api.Answer answer = post(singleQuoted, "Prefer", "wait=60");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
        assertThat(answer.header("Content-Location")).startsWith("/v1/jobs/");
        return answer.json();
    }

    private Api.Answer post(String singleQuoted, String... headers) {
        return api.post("/v1/alternatives", singleQuoted.replace('\'', '"'), headers);
    }
}
