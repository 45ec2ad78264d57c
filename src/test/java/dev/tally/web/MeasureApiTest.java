package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Measurements as a client sees them, on the engines that are there everywhere. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MeasureApiTest {
    static final String SMALL = "'name': 'small', 'input': [8, 8, 3], 'layers': ["
            + "{'name': 'conv', 'type': 'conv2d', 'filters': 6, 'kernel': 3, 'activation': 'relu'},"
            + "{'type': 'flatten'}, {'name': 'units', 'type': 'dense', 'units': 4}]";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    /** {@return the small network with what is to be measured of it} */
    static String small(String measure) {
        return ("{" + SMALL + ", 'measure': " + measure + "}").replace('\'', '"');
    }

    private JsonNode measured(String measure) {
        Api.Answer answer = api.analyse(small(measure));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("measured");
    }

    @Test
    void theLecturesLayersAreMeasuredInTurns() throws IOException {
        Api.Answer answer = api.analyse(AnalysisApiTest.example("measure"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/totals/multiplies").asLong()).isEqualTo(12_443_648);
        JsonNode measured = answer.json().at("/measured/0");
        assertThat(measured.get("engine").asString()).isEqualTo("onnxruntime-cpu");
        assertThat(measured.get("engineVersion").asString()).isEqualTo("1.29.0");
        assertThat(measured.get("threads").asInt()).isEqualTo(1);
        assertThat(measured.at("/baseline/name").asString()).isEqualTo("lecture-direct");
        assertThat(measured.at("/baseline/multiplies").asLong()).isEqualTo(120_422_400);
        assertThat(measured.at("/baseline/multipliesRatio").asDouble()).isCloseTo(9.677, within(0.001));
        assertThat(measured.at("/baseline/timeRatio").asDouble()).isPositive();
        assertThat(measured.get("layers")
                        .valueStream()
                        .map(layer -> layer.get("name").asString()))
                .containsExactly("reduce", "conv2d_1");
    }

    @Test
    void everyFigureIsThereAndFitsTheOthers() {
        JsonNode measured = measured("{'threads': 1, 'budgetMillis': 200}").get(0);

        assertThat(measured.get("minMillis").asDouble()).isPositive();
        assertThat(List.of("minMillis", "p10Millis", "medianMillis", "p90Millis").stream()
                        .map(name -> measured.get(name).asDouble()))
                .isSorted();
        assertThat(measured.get("meanMillis").asDouble())
                .isGreaterThan(measured.get("minMillis").asDouble());
        assertThat(measured.get("runs").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(measured.get("coldMillis").asDouble()).isPositive();
        assertThat(measured.get("prepareMillis").asDouble()).isPositive();
        assertThat(measured.get("disturbance").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(measured.get("shareOfPeak").asDouble()).isBetween(0.0, 1.0);
        assertThat(measured.get("maxRelativeError").asDouble()).isBetween(0.0, 1e-5);
        assertThat(measured.get("precision").asString()).isEqualTo("float32");
        assertThat(measured.get("kernel").asString()).isEqualTo("CPUExecutionProvider");
        assertThat(measured.has("deviceMillis")).as("no memory of its own").isFalse();
        // 2·5832 for the convolution (bias and all), 2·864 for the dense layer.
        assertThat(measured.get("effectiveGflops").asDouble())
                .isCloseTo(13_392 / measured.get("medianMillis").asDouble() / 1e6, within(0.05));
    }

    @Test
    void aLayerIsMeasuredWithWhatIsFusedIntoItAndAViewNotAtAll() {
        JsonNode layers = measured("{'budgetMillis': 100}").at("/0/layers");

        assertThat(layers).hasSize(2);
        assertThat(layers.at("/0/name").asString()).isEqualTo("conv");
        assertThat(layers.at("/0/fused/0").asString()).isEqualTo("conv/relu");
        assertThat(layers.at("/1/name").asString()).isEqualTo("units");
        assertThat(layers.get(1).has("fused")).isFalse();
    }

    @Test
    void enginesAreAnsweredInTheOrderAskedForAndCompared() {
        Api.Answer answer =
                api.analyse(small("{'engines': ['reference', 'onnxruntime-cpu'], 'threads': 1, 'budgetMillis': 100}"));

        JsonNode json = answer.json();
        assertThat(json.get("measured")
                        .valueStream()
                        .map(one -> one.get("engine").asString()))
                .containsExactly("reference", "onnxruntime-cpu");
        assertThat(json.get("largestEngineDifference").asDouble()).isBetween(0.0, 1e-5);
        assertThat(measured("{'budgetMillis': 50}")).hasSize(1);
    }

    @Test
    void layersAreLeftOutWhereTheyAreNotAskedFor() {
        assertThat(measured("{'budgetMillis': 50, 'perLayer': false}").get(0).has("layers"))
                .isFalse();
        JsonNode totals = api.post("/v1/analyses?detail=totals", small("{'budgetMillis': 50}"))
                .json();
        assertThat(totals.at("/measured/0").has("layers")).isFalse();
        assertThat(totals.at("/measured/0").has("layersMillis")).isTrue();
    }

    @Test
    void countsStayWhatTheyAreWithoutMeasuring() {
        JsonNode with = api.analyse(small("{'budgetMillis': 50}")).json();
        JsonNode without = api.analyse(("{" + SMALL + "}").replace('\'', '"')).json();

        assertThat(without.has("measured")).isFalse();
        for (String property : without.propertyNames()) {
            assertThat(with.get(property)).as(property).isEqualTo(without.get(property));
        }
        assertThat(with.size()).isEqualTo(without.size() + 1);
    }

    @Test
    void aTerminalReadsTimesBesideCounts() {
        String text = api.post(
                        "/v1/analyses?format=text",
                        small("{'threads': 1, 'budgetMillis': 50, 'baseline': {'ready': 'lecture-direct'}}"))
                .text();

        assertThat(text.lines().skip(2).findFirst().orElse(""))
                .matches(" +layer +type +output +multiplies +share +ms +of time");
        assertThat(text)
                .contains("onnxruntime-cpu 1.29.0, 1 thread, float32, on ")
                .containsPattern("median +\\d+\\.\\d+ ms")
                .containsPattern("layers by themselves +\\d+\\.\\d+ ms in sum")
                .containsPattern("against lecture-direct +multiplies 17984\\.23 to 1, time \\d+\\.\\d\\d to 1");
    }

    @Test
    void aSpreadsheetGetsColumnsForEachEngine() {
        String body = small("{'engines': ['onnxruntime-cpu', 'reference'], 'budgetMillis': 50}");
        List<String> layers =
                api.post("/v1/analyses?format=csv", body).text().lines().toList();
        List<String> totals = api.post("/v1/analyses?format=csv&detail=totals", body)
                .text()
                .lines()
                .toList();

        assertThat(layers.getFirst()).contains("onnxruntime-cpu:medianMillis").contains("reference:disturbance");
        assertThat(layers).hasSize(5);
        assertThat(layers.get(1)).matches("conv,.*,CPUExecutionProvider,\\d.*");
        assertThat(layers.get(2)).as("fused").matches("conv/relu,.*,{24}");
        assertThat(totals).hasSize(2);
        assertThat(totals.getFirst()).contains("onnxruntime-cpu:medianMillis");
    }

    @Test
    void aSpreadsheetOfTotalsHasTheBaseline() {
        List<String> totals = api.post(
                        "/v1/analyses?format=csv&detail=totals",
                        small("{'budgetMillis': 50, 'perLayer': false, 'baseline': {'ready': 'lecture-direct'}}"))
                .text()
                .lines()
                .toList();

        assertThat(totals.getFirst()).contains("baselineMedianMillis").contains("onnxruntime-cpu:timeRatio");
        assertThat(totals.getLast()).matches(".*,\\d+\\.\\d+,\\d+\\.?\\d*");
    }

    @Test
    void theHonouredWaitIsSaid() {
        assertThat(api.analyse(small("{'budgetMillis': 50}"), "Prefer", "wait=20")
                        .header("Preference-Applied"))
                .isEqualTo("wait=20");
        assertThat(api.analyse(small("{'budgetMillis': 50}"), "Prefer", "wait=100000")
                        .header("Preference-Applied"))
                .isEqualTo("wait=60");
        assertThat(api.analyse(small("{'budgetMillis': 50}")).header("Preference-Applied"))
                .isEmpty();
    }

    @Test
    void enginesAreListedWithWhyOneIsNotAvailable() {
        Api.Answer answer = api.get("/v1/engines");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode host = answer.json().get("host");
        assertThat(host.get("cores").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(host.get("fingerprint").asString()).isNotBlank();
        assertThat(host.at("/peaks/0/gflops").asDouble()).isPositive();
        assertThat(host.at("/bandwidths/0/gigabytesPerSecond").asDouble()).isPositive();
        JsonNode engines = answer.json().get("engines");
        assertThat(engines.valueStream().map(engine -> engine.get("id").asString()))
                .containsExactly("onnxruntime-cpu", "java", "onnxruntime-cuda", "reference");
        assertThat(engines.at("/0/available").asBoolean()).isTrue();
        assertThat(engines.at("/0/version").asString()).isEqualTo("1.29.0");
        assertThat(engines.get(0).has("reason")).isFalse();
        assertThat(engines.at("/1/available").asBoolean()).isTrue();
        assertThat(engines.at("/1/version").isMissingNode()).isTrue();
        assertThat(engines.at("/1/properties/vectors").asString()).matches("\\d+-bit vectors");
        assertThat(engines.at("/1/algorithms")
                        .valueStream()
                        .map(algorithm -> algorithm.get("id").asString()))
                .contains("direct")
                .endsWith("plain");
        assertThat(engines.at("/3/available").asBoolean()).isTrue();
    }

    @Test
    void ourOwnKernelsAreMeasuredBesideOnnxRuntime() {
        Api.Answer answer = api.analyse(
                small("{'engines': ['java', 'onnxruntime-cpu'], 'algorithm': 'direct', 'budgetMillis': 100}"));

        JsonNode measured = answer.json().at("/measured/0");
        assertThat(measured.get("engine").asString()).isEqualTo("java");
        assertThat(measured.get("algorithm").asString()).isEqualTo("direct");
        assertThat(measured.get("kernel").asString()).startsWith("direct-");
        assertThat(measured.at("/layers/0/kernel").asString()).startsWith("direct-");
        assertThat(measured.at("/layers/1/kernel").asString()).startsWith("operators:");
        assertThat(measured.get("maxRelativeError").asDouble()).isBetween(0.0, 1e-5);
        assertThat(answer.json().get("largestEngineDifference").asDouble()).isBetween(0.0, 1e-5);
    }
}
