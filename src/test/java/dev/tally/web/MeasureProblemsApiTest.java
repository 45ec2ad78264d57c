package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What is not measured, and what a client is told. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "tally.measurement.memory=64MB",
            "tally.measurement.longest=25s",
            "tally.onnxruntime.optimization=basic"
        })
class MeasureProblemsApiTest {
    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    private static JsonNode problem(int status, String type, Api.Answer answer) {
        return answer.problem(status, type);
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    {'engines': ['onnxruntime']}               | /measure/engines/0    | did you mean "onnxruntime-cpu"?; there are: onnxruntime-cpu, java, onnxruntime-cuda (not available:
                    {'engines': 'tensorflow'}                  | /measure/engines      | expected the name of an engine, got the string "tensorflow"
                    {'engines': []}                            | /measure/engines      | expected a list of at least one engine, got []
                    {'engines': ['reference', 'reference']}    | /measure/engines/1    | "reference" stands there already
                    {'engines': [3]}                           | /measure/engines/0    | expected the name of an engine, got 3
                    {'engine': ['reference']}                  | /measure/engine       | did you mean "engines"?
                    {'threads': 0}                             | /measure/threads      | got 0
                    {'threads': -1}                            | /measure/threads      | got -1
                    {'threads': 100000}                        | /measure/threads      | the cores of this machine, got 100000
                    {'threads': 1.5}                           | /measure/threads      | got 1.5
                    {'threads': '2'}                           | /measure/threads      | got the string "2"
                    {'budgetMillis': 0}                        | /measure/budgetMillis | expected an integer from 10 to 60000 milliseconds, got 0
                    {'budgetMillis': -1}                       | /measure/budgetMillis | got -1
                    {'budgetMillis': 99999999999999999999}     | /measure/budgetMillis | got 99999999999999999999
                    {'perLayer': 'yes'}                        | /measure/perLayer     | expected true or false, got the string "yes"
                    {'precision': 'fp16'}                      | /measure/precision    | expected one of float32, tf32, float16, got the string "fp16"
                    {'baseline': {'ready': 'lecture-directly'}}| /measure/baseline/ready | did you mean "lecture-direct"?
                    {'host': 'elsewhere'}                      | /measure/host         | any: the fingerprint of a host that measures, or whatever host, got the string "elsewhere"
                    {'baseline': 7}                            | /measure/baseline     | got 7
                    []                                         | /measure              | expected what to measure, an object such as
                    """)
    void badInputIsPointedAt(String measure, String pointer, String words) {
        JsonNode problem = problem(422, "invalid-network", api.analyse(MeasureApiTest.small(measure)));

        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).contains(words);
    }

    @Test
    void allThatIsWrongComesAtOnce() {
        JsonNode problem = problem(
                422,
                "invalid-network",
                api.analyse(json("{'input': [8, 8, 3], 'layers': [{'type': 'conv2d', 'filters': 0, 'kernel': 1}],"
                        + " 'measure': {'threads': 0, 'colour': 'red'}}")));

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactlyInAnyOrder("/measure/colour", "/measure/threads", "/layers/0/filters");
    }

    @Test
    void aGpuWhereThereIsNoneIsAProblemThatSaysWhatToDo() {
        assumeFalse(
                api.get("/v1/engines").text().contains("CUDAExecutionProvider"),
                "this build of ONNX Runtime computes on GPUs: what it says depends on the machine");
        JsonNode problem = problem(
                422, "engine-unavailable", api.analyse(MeasureApiTest.small("{'engines': ['onnxruntime-cuda']}")));

        assertThat(problem.get("detail").asString())
                .startsWith("onnxruntime-cuda is not available here: this build of ONNX Runtime has no CUDA provider")
                .contains("tally.onnxruntime.native-path");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/measure/engines");
    }

    @Test
    void aLayerThatAnEngineCannotRunIsNamed() {
        JsonNode problem = problem(
                422,
                "engine-cannot-run",
                api.analyse(json("{'input': [6], 'layers': [{'name': 'sum', 'type': 'dense', 'units': 3},"
                        + " {'name': 'table', 'type': 'embedding', 'vocabulary': 5, 'units': 2}], 'measure': {}}")));

        assertThat(problem.get("detail").asString())
                .startsWith("onnxruntime-cpu cannot run the layer \"table\": expected an input of the network");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/layers/1");
        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("table");
    }

    @Test
    void soIsOneOfTheBaseline() {
        JsonNode problem = problem(
                422,
                "engine-cannot-run",
                api.analyse(MeasureApiTest.small("{'baseline': {'input': [6], 'layers': ["
                        + "{'name': 'sum', 'type': 'dense', 'units': 3},"
                        + " {'name': 'table', 'type': 'embedding', 'vocabulary': 5, 'units': 2}]}}")));

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/measure/baseline/layers/1");
    }

    @Test
    void numbersThatAnEngineDoesNotComputeInAreRefused() {
        JsonNode problem =
                problem(422, "engine-cannot-run", api.analyse(MeasureApiTest.small("{'precision': 'float16'}")));

        assertThat(problem.get("detail").asString())
                .isEqualTo("onnxruntime-cpu cannot run this: the CPU provider computes in the precision float32, got"
                        + " float16");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/measure/precision");
    }

    @Test
    void soIsATypeOfElements() {
        JsonNode problem = problem(
                422,
                "engine-cannot-run",
                api.analyse(json("{'input': [6], 'dtype': 'int8', 'layers': [{'type': 'relu'}], 'measure': {}}")));

        assertThat(problem.get("detail").asString())
                .isEqualTo(
                        "onnxruntime-cpu cannot run this: the CPU provider runs networks of dtype float32, got int8");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/dtype");
    }

    @Test
    void whatTakesMoreMemoryThanAllowedIsRefusedWithBothFigures() {
        JsonNode problem =
                problem(422, "measurement-too-large", api.analyse(json("{'ready': 'vgg-16', 'measure': {}}")));

        // Twice 553,430,176 bytes of weights, and activations.
        assertThat(problem.get("detail").asString())
                .startsWith("expected to take at most 67,108,864 bytes, the setting tally.measurement.memory")
                .containsPattern("take about 1,1\\d\\d,\\d{3},\\d{3}");
    }

    @Test
    void whatTakesLongerThanIsAllowedIsRefusedWithTheEstimate() {
        JsonNode problem =
                problem(422, "measurement-too-long", api.analyse(MeasureApiTest.small("{'budgetMillis': 20000}")));

        assertThat(problem.get("detail").asString())
                .containsPattern("takes at most 25 s, the setting tally.measurement.longest, but this one would take"
                        + " about 3\\d s");
    }

    @Test
    void howFarGraphsAreRewrittenIsASettingThatIsSaid() {
        assertThat(api.get("/v1/engines")
                        .json()
                        .at("/engines/0/properties/optimization")
                        .asString())
                .isEqualTo("basic");
    }

    @Test
    void aBatchMeasuresNothingAndSaysSo() {
        Api.Answer answer = api.post(
                "/v1/analyses",
                MeasureApiTest.small("{}") + "\n",
                "Content-Type",
                "application/x-ndjson",
                "Accept",
                "application/x-ndjson");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text().lines().findFirst().orElse(""))
                .contains("a batch counts and does not measure", "\"/measure\"");
    }

    @Test
    void countingGoesOnWhileSomethingIsMeasured() throws InterruptedException {
        CompletableFuture<Api.Answer> measuring = CompletableFuture.supplyAsync(
                () -> api.analyse(MeasureApiTest.small("{'threads': 1, 'budgetMillis': 3000}")),
                task -> Thread.ofVirtual().start(task));
        Thread.sleep(500); // By then it measures, and will for seconds.

        assertThat(api.analyse(json("{'ready': 'lecture-direct'}")).status()).isEqualTo(200);
        assertThat(measuring.isDone())
                .as("counted before the measurement was done")
                .isFalse();
        assertThat(measuring.join().status()).isEqualTo(200);
    }
}
