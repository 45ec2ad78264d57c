package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.host.Host;
import dev.tally.latency.LatencyTable;
import dev.tally.latency.Measured;
import dev.tally.network.Network;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class EstimateApiTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String HOST = Host.current().fingerprint();
    private static final int CORES = Host.current().description().cores();

    @LocalServerPort
    private int port;

    @Autowired
    private LatencyTable table;

    @Autowired
    private JdbcClient jdbc;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
        jdbc.sql("delete from latency").update();
        jdbc.sql("delete from latency_conditions").update();
    }

    /** The first layer's half a millisecond, the others' one and a half; whatever is asked for as a whole. */
    private void record(String engine, int threads, String host, double wholeMillis) {
        Network network = Measured.network(json("{" + MeasureApiTest.SMALL + "}"));
        table.record(
                network,
                host,
                Measured.measurements(Measured.measurement(
                        Measured.conditions(engine, null, null, threads),
                        network,
                        Measured.figures(1e6 * wholeMillis),
                        key -> key.startsWith("conv") ? 0.5e6 : 1.5e6)),
                NOON);
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private static String small(String estimate) {
        return json("{" + MeasureApiTest.SMALL + ", 'estimate': " + estimate + "}");
    }

    private JsonNode estimate(String estimate) {
        Api.Answer answer = api.analyse(small(estimate));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("estimate");
    }

    @Test
    void theSumOfItsLayersIsANetworksTimeAndItsErrorIsStated() {
        record("java", 1, "host-a", 2.5);

        JsonNode estimate = estimate("{'from': 'latencies', 'engine': 'java', 'host': 'host-a', 'threads': 1}");

        assertThat(estimate.toString())
                .isEqualTo("{\"from\":\"latencies\",\"engine\":\"java\",\"precision\":\"float32\",\"threads\":1,"
                        + "\"host\":\"host-a\",\"complete\":true,\"estimatedMillis\":2.0,\"foundMillis\":2.0,"
                        + "\"missing\":[],\"disturbed\":0,\"measuredMillis\":2.5,\"relativeError\":-0.2,\"layers\":["
                        + "{\"name\":\"conv\",\"fused\":[\"conv/relu\"],"
                        + "\"key\":\"conv k3x3 s1x1 d1x1 p0+0,0+0 f6 g1 bias + relu | 8x8x3 | n1 float32 channels_last\","
                        + "\"medianMillis\":0.5,\"count\":1,\"lastMeasured\":\"2026-11-25T12:00:00Z\"},"
                        + "{\"name\":\"units\",\"key\":\"dense u4 bias | 216 | n1 float32 channels_last\","
                        + "\"medianMillis\":1.5,\"count\":1,\"lastMeasured\":\"2026-11-25T12:00:00Z\"}]}");
    }

    @Test
    void whatIsMissingIsNamedAndNoTotalPretendsToBeWhole() {
        record("java", 1, "host-a", 2.5);
        jdbc.sql("delete from latency where layer_key like 'conv %'").update();

        JsonNode estimate = estimate("{'engine': 'java', 'host': 'host-a', 'threads': 1}");

        assertThat(estimate.get("complete").asBoolean()).isFalse();
        assertThat(estimate.has("estimatedMillis")).isFalse();
        assertThat(estimate.has("relativeError")).isFalse();
        assertThat(estimate.get("foundMillis").asDouble()).isEqualTo(1.5);
        assertThat(estimate.get("missing").toString()).isEqualTo("[\"conv\"]");
        assertThat(estimate.at("/layers/0").has("medianMillis")).isFalse();
        assertThat(estimate.at("/layers/0/key").asString()).startsWith("conv k3x3");
    }

    @Test
    void whatIsLeftOutIsThisMachineAsItMeasures() {
        record("onnxruntime-cpu", CORES, HOST, 3);

        JsonNode estimate = estimate("{}");

        assertThat(estimate.get("engine").asString()).isEqualTo("onnxruntime-cpu");
        assertThat(estimate.get("host").asString()).isEqualTo(HOST);
        assertThat(estimate.get("threads").asInt()).isEqualTo(CORES);
        assertThat(estimate.get("precision").asString()).isEqualTo("float32");
        assertThat(estimate.get("estimatedMillis").asDouble()).isEqualTo(2);
        assertThat(api.analyse(json("{'input': [4], 'dtype': 'float16', 'layers': [{'type': 'relu'}], 'estimate': {}}"))
                        .json()
                        .at("/estimate/precision")
                        .asString())
                .isEqualTo("float16");
    }

    @Test
    void nothingIsKnownOfAnEmptyTable() {
        JsonNode estimate = estimate("{'engine': 'onnxruntime-cuda', 'host': 'elsewhere', 'threads': 64}");

        assertThat(estimate.get("complete").asBoolean()).isFalse();
        assertThat(estimate.get("missing")).hasSize(2);
        assertThat(estimate.get("foundMillis").asDouble()).isZero();
        assertThat(estimate.has("measuredMillis")).isFalse();
    }

    @Test
    void totalsLeaveTheLayersOutButNameThoseThatAreMissing() {
        JsonNode estimate =
                api.post("/v1/analyses?detail=totals", small("{}")).json().get("estimate");

        assertThat(estimate.has("layers")).isFalse();
        assertThat(estimate.get("missing").toString()).isEqualTo("[\"conv\",\"units\"]");
    }

    @Test
    void theTableHasItAsAColumnAndBelow() {
        record("java", 1, "host-a", 2.5);
        record("java", 1, "host-a", 2.5);
        String asked = small("{'engine': 'java', 'host': 'host-a', 'threads': 1}");

        String text = api.post("/v1/analyses?format=text", asked).text();

        assertThat(text)
                .contains(
                        "   layer      type         output  multiplies   share  parameters  estimated ms\n",
                        "*  conv       conv2d+relu  6×6×6        5,832  87.1 %         168         0.500\n",
                        "   flatten_1  flatten      216\n",
                        "   units      dense        4              864  12.9 %         868         1.500\n",
                        "   total                                6,696               1,036         2.000\n")
                .contains("""
                        estimate from latencies: java, 1 thread, float32, on host-a
                        sum of the layers    2.000 ms
                          spread             ± 0.0000 ms at most, from one measurement to the next
                        measured as a whole  2.500 ms: the sum is 20.0 % below
                        """);

        jdbc.sql("delete from latency where layer_key like 'conv %'").update();
        assertThat(api.post("/v1/analyses?format=text", asked).text())
                .contains("6×6×6        5,832  87.1 %         168       missing\n")
                .contains("""
                        sum of the layers    not known: 1 of 2 are missing
                          missing            conv
                          the others         1.500 ms
                        measured as a whole  2.500 ms
                        """);
    }

    @Test
    void csvHasItInColumns() {
        record("java", 1, "host-a", 2.5);
        jdbc.sql("delete from latency where layer_key like 'dense %'").update();
        String asked = small("{'engine': 'java', 'host': 'host-a', 'threads': 1}");

        List<String> layers =
                api.post("/v1/analyses?format=csv", asked).text().lines().toList();
        List<String> totals = api.post("/v1/analyses?format=csv&detail=totals", asked)
                .text()
                .lines()
                .toList();

        assertThat(layers.get(0))
                .endsWith(",bytesMoved,estimate:key,estimate:medianMillis,estimate:count,estimate:lastMeasured");
        assertThat(layers.get(1))
                .endsWith(
                        ",\"conv k3x3 s1x1 d1x1 p0+0,0+0 f6 g1 bias + relu | 8x8x3 | n1 float32 channels_last\",0.5,1,"
                                + "2026-11-25T12:00:00Z");
        assertThat(layers.get(2)).startsWith("conv/relu,").endsWith(",,,,");
        assertThat(layers.get(4)).endsWith(",\"dense u4 bias | 216 | n1 float32 channels_last\",,,");
        assertThat(totals.get(0))
                .endsWith(",estimate:engine,estimate:threads,estimate:precision,estimate:host,estimate:complete,"
                        + "estimate:estimatedMillis,estimate:foundMillis,estimate:spreadMillis,estimate:missing,"
                        + "estimate:measuredMillis,estimate:relativeError");
        assertThat(totals.get(1)).contains(",java,1,float32,host-a,false,");
    }

    @Test
    void itStandsBesideWhatIsMeasuredAndKnowsThatToo() {
        record("reference", 1, HOST, 3);

        Api.Answer answer = api.post(
                "/v1/analyses?format=json",
                json("{" + MeasureApiTest.SMALL
                        + ", 'measure': {'engines': ['reference'], 'threads': 1, 'budgetMillis': 20},"
                        + " 'estimate': {'engine': 'reference', 'threads': 1}, 'budget': {'multiplies': 1}}"));

        JsonNode json = answer.json();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(json.get("measured")).hasSize(1);
        assertThat(json.at("/estimate/complete").asBoolean()).isTrue();
        assertThat(json.at("/estimate/estimatedMillis").asDouble()).isPositive();
        assertThat(json.at("/estimate/measuredMillis").asDouble()).isPositive();
        assertThat(json.at("/budget/passed").asBoolean()).isFalse();
    }

    @Test
    void theExampleIsAnswered() throws IOException {
        JsonNode estimate =
                api.analyse(AnalysisApiTest.example("estimate")).json().get("estimate");

        assertThat(estimate.get("engine").asString()).isEqualTo("onnxruntime-cpu");
        assertThat(estimate.get("missing").toString()).isEqualTo("[\"reduce\",\"conv2d_1\"]");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    []                           | /estimate           | expected from whose times to estimate, an object such as {"from": "latencies", "engine": "onnxruntime-cpu"}, or {} for the defaults, got []
                    'latencies'                  | /estimate           | got the string "latencies"
                    {'from': 'jobs'}             | /estimate/from      | expected "latencies", got the string "jobs"
                    {'from': 3}                  | /estimate/from      | expected "latencies", got 3
                    {'engine': 'onnxruntime'}    | /estimate/engine    | did you mean "onnxruntime-cpu"?; there are: onnxruntime-cpu, java, onnxruntime-cuda, reference
                    {'engine': ['java']}         | /estimate/engine    | expected the name of an engine, got ["java"]
                    {'engines': 'java'}          | /estimate/engines   | did you mean "engine"?
                    {'colour': 'red'}            | /estimate/colour    | "estimate" has no property "colour"; it has: from, engine, host, threads, precision
                    {'host': 3}                  | /estimate/host      | expected the fingerprint of a host, such as "
                    {'host': ''}                 | /estimate/host      | got the string ""
                    {'host': 'ä'}                | /estimate/host      | got the string "ä"
                    {'host': 'a\\u0000'}         | /estimate/host      | expected the fingerprint of a host
                    {'threads': 0}               | /estimate/threads   | expected an integer from 1 to 1048576, got 0
                    {'threads': 1.5}             | /estimate/threads   | got 1.5
                    {'threads': '2'}             | /estimate/threads   | got the string "2"
                    {'precision': 'fp16'}        | /estimate/precision | expected one of float32, tf32, float16, got the string "fp16"
                    """)
    void badInputIsPointedAt(String estimate, String pointer, String words) {
        JsonNode problem = api.analyse(small(estimate)).problem(422, "invalid-network");

        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).contains(words);
    }

    @Test
    void nullCountsAsLeftOut() {
        assertThat(api.analyse(small("null")).json().has("estimate")).isFalse();
        assertThat(estimate("{'engine': null, 'host': null, 'threads': null, 'from': null, 'precision': null}")
                        .get("complete")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aBatchAndAModelHaveNone() {
        String line = api.send(
                        "POST",
                        "/v1/analyses",
                        BodyPublishers.ofString(small("{}") + "\n"),
                        "Content-Type",
                        Batches.NDJSON)
                .text();

        assertThat(line).contains("\"pointer\":\"/estimate\"", "a batch counts and looks up no times");
        assertThat(api.post("/v1/models", small("{}"))
                        .problem(422, "invalid-network")
                        .toString())
                .contains("/estimate");
    }
}
