package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Networks that no model is made of, and requests that are wrong. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ModelProblemsApiTest {
    private static final String DENSE = "{\"type\": \"dense\", \"units\": 4}";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @AfterEach
    void nothingIsLogged(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("\tat ", "ERROR");
    }

    private static JsonNode problem(Api.Answer answer, int status, String type) {
        return answer.problem(status, type);
    }

    private Api.Answer export(String network) {
        return api.post("/v1/models", network);
    }

    @Test
    void int8HasNoModel() {
        JsonNode problem =
                problem(export("{\"input\": [3], \"dtype\": \"int8\", \"layers\": [" + DENSE + "]}"), 422, "no-model");

        assertThat(problem.get("detail").asString()).contains("\"dtype\"", "int8 takes scales and zero points");
        assertThat(problem.at("/errors/0/pointer").asString()).isEmpty();
    }

    @Test
    void aLayerThatHasNoModelIsNamed() {
        JsonNode problem = problem(export("""
                {"input": [3], "layers": [
                  {"name": "numbers", "type": "relu"},
                  {"name": "words", "type": "embedding", "vocabulary": 9, "units": 4}]}"""), 422, "no-model");

        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("words");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/layers/1");
        assertThat(problem.at("/errors/0/detail").asString())
                .isEqualTo(problem.get("detail").asString())
                .contains("got numbers computed by \"numbers\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?weights=external"})
    void weightsOverTheLimitAreRefusedWithBothFigures(String query) {
        JsonNode problem = problem(
                api.post(
                        "/v1/models" + query,
                        "{\"input\": [40000], \"layers\": [{\"type\": \"dense\", \"units\": 40000, \"bias\": false}]}"),
                422,
                "weights-too-large");

        assertThat(problem.get("detail").asString()).contains("2,147,483,648", "6,400,000,000", "tally.models.weights");
    }

    @Test
    void weightsOver63BitsNameTheLayerThatIsTooMuch() {
        String half = "{\"type\": \"dense\", \"units\": 536870912, \"bias\": false}";
        String whole = "{\"type\": \"dense\", \"units\": 1073741824, \"bias\": false}";
        JsonNode problem = problem(
                export("{\"input\": [1073741824], \"layers\": [" + String.join(", ", half, whole, half, whole) + "]}"),
                422,
                "count-overflow");

        // 2^29 × 2^30 elements of 4 bytes each
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/layers/3");
    }

    @Test
    void aBudgetAndWhatToMeasureAreRefused() {
        JsonNode problem = problem(
                export("{\"input\": [3], \"budget\": {\"multiplies\": 12}, \"measure\": {}, \"layers\": [" + DENSE
                        + "]}"),
                422,
                "invalid-network");

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactly("/budget", "/measure");
        assertThat(problem.at("/errors/0/detail").asString())
                .contains("expected the network alone, got \"budget\" beside it");
    }

    @Test
    void whatIsNullCountsAsLeftOut() {
        assertThat(export("{\"input\": [3], \"budget\": null, \"measure\": null, \"layers\": [" + DENSE + "]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNetworkThatIsNoneIsToldSoAsByAnAnalysis() {
        String network = "{\"input\": [3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 4}], \"x\": 1}";

        assertThat(problem(export(network), 422, "invalid-network").get("errors"))
                .hasToString(api.analyse(network)
                        .json()
                        .get("errors")
                        .toString()
                        .replace(", budget, measure, estimate", ""));
        problem(export("{"), 400, "malformed-json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weights=within               | the query parameter \"weights\": expected one of inside, external, got \"within\"",
                "weight=inside                | there is no query parameter \"weight\"; did you mean \"weights\"?; there are: format, weights",
                "weights=inside&weights=inside | the query parameter \"weights\" is given more than once",
            })
    void whatTheQueryDoesNotTakeIsRefused(String query, String detail) {
        JsonNode posted =
                problem(api.post("/v1/models?" + query, "{\"ready\": \"alexnet\"}"), 400, "invalid-parameter");
        JsonNode got = problem(api.get("/v1/networks/alexnet?format=onnx&" + query), 400, "invalid-parameter");

        assertThat(posted.get("detail").asString()).isEqualTo(detail);
        assertThat(got.get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void aDescriptionHasNoWeights() {
        problem(api.get("/v1/networks/alexnet?weights=external"), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "image/png", "text/plain"})
    void aFormThatAModelDoesNotHaveIsNotAcceptable(String accept) {
        JsonNode problem =
                problem(api.post("/v1/models", "{\"ready\": \"alexnet\"}", "Accept", accept), 406, "not-acceptable");

        assertThat(problem.get("detail").asString())
                .startsWith("expected Accept to allow one of application/onnx, application/zip, or ?format= to be");
    }

    @Test
    void aFormatThatAModelDoesNotHaveIsNotAcceptable() {
        problem(api.post("/v1/models?format=csv", "{\"ready\": \"alexnet\"}"), 406, "not-acceptable");
        problem(api.post("/v1/analyses?format=onnx", "{\"ready\": \"alexnet\"}"), 406, "not-acceptable");
        problem(api.get("/v1/networks?format=onnx"), 406, "not-acceptable");
    }

    @Test
    void anUnknownNameIsToldAsItIsOfDescriptions() {
        Api.Answer answer = api.get("/v1/networks/alexnett", "Accept", "application/onnx", "X-Request-Id", "one");

        problem(answer, 404, "not-found");
        assertThat(answer.text())
                .isEqualTo(
                        api.get("/v1/networks/alexnett", "X-Request-Id", "one").text());
    }
}
