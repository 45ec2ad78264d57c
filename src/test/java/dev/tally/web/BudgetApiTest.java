package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Budgets as a client sees them, and the gate that a build relies on. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BudgetApiTest {
    private static final String KEPT = bottleneck("{'multiplies': 12443648}");
    private static final String EXCEEDED = bottleneck("{'multiplies': 12443647}");

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void theAnswerSaysWhichLimitsAreKept() {
        JsonNode answer = api.analyse(bottleneck("{'multiplies': 20000000, 'parameters': {'baseline':"
                        + " {'ready': 'lecture-direct'}, 'atMost': '-90 %'}}"))
                .json();

        // 153,632 parameters less 90 percent are 15,363.2.
        assertThat(answer.get("budget"))
                .hasToString(
                        json(
                                "{'passed':false,'limits':["
                                        + "{'figure':'multiplies','actual':12443648,'atMost':20000000,'passed':true},"
                                        + "{'figure':'parameters','actual':15920,'atMost':15363,'passed':false,'baseline':153632,'change':'-90 %'}]}"));
    }

    @Test
    void aBudgetChangesNothingElse() {
        JsonNode with = api.analyse(EXCEEDED).json();
        JsonNode without = api.analyse(json("{'ready': 'lecture-bottleneck'}")).json();

        assertThat(without.has("budget")).isFalse();
        for (String property : without.propertyNames()) {
            assertThat(with.get(property)).as(property).isEqualTo(without.get(property));
        }
        assertThat(with.size()).isEqualTo(without.size() + 1);
    }

    @Test
    void aBudgetStandsBesideANetworkWrittenOut() throws IOException {
        JsonNode budget = api.analyse(AnalysisApiTest.example("budget")).json().get("budget");

        assertThat(budget.get("passed").asBoolean()).isTrue();
        assertThat(budget.at("/limits/1/atMost").asLong()).isEqualTo(702_464);
    }

    @ParameterizedTest
    @CsvSource({
        "json, application/json",
        "text, text/plain;charset=UTF-8",
        "csv, text/csv;charset=UTF-8",
    })
    void theGateAnswersAFailedBudgetWith422AndTheSameDocument(String format, String type) {
        String path = "/v1/analyses?format=" + format;
        Api.Answer open = api.post(path, EXCEEDED);
        Api.Answer closed = api.post(path + "&gate=true", EXCEEDED);

        assertThat(open.status()).isEqualTo(200);
        assertThat(api.post(path + "&gate=false", EXCEEDED).status()).isEqualTo(200);
        assertThat(closed.status()).isEqualTo(422);
        assertThat(closed.text()).isEqualTo(open.text());
        assertThat(closed.type()).isEqualTo(open.type()).isEqualTo(type);
        assertThat(open.header("Tally-Budget")).isEqualTo("failed");
        assertThat(closed.header("Tally-Budget")).isEqualTo("failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "text", "csv"})
    void theGateLetsABudgetPassThatIsKept(String format) {
        Api.Answer answer = api.post("/v1/analyses?gate=true&format=" + format, KEPT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Tally-Budget")).isEqualTo("passed");
    }

    @Test
    void totalsAloneKeepTheVerdict() {
        Api.Answer answer = api.post("/v1/analyses?gate=true&detail=totals", EXCEEDED);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().has("layers")).isFalse();
        assertThat(answer.json().at("/budget/passed").asBoolean(true)).isFalse();
    }

    @Test
    void withoutABudgetThereIsNoHeader() {
        assertThat(api.analyse(json("{'ready': 'alexnet', 'budget': null}")).header("Tally-Budget"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'ready': 'alexnet'}", "{'ready': 'alexnet', 'budget': null}"})
    void aGateWithoutABudgetIsRefused(String network) {
        JsonNode problem = problem(400, "invalid-parameter", api.post("/v1/analyses?gate=true", json(network)));

        assertThat(problem.get("detail").asString())
                .isEqualTo(
                        "the query parameter \"gate\": expected a \"budget\" beside the network to gate on, got none");
        assertThat(api.post("/v1/analyses?gate=false", json(network)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate=yes", "gate=1", "gate=TRUE", "gate=", "gate"})
    void theGateIsTrueOrFalse(String gate) {
        JsonNode problem = problem(400, "invalid-parameter", api.post("/v1/analyses?" + gate, EXCEEDED));

        assertThat(problem.get("detail").asString())
                .startsWith("the query parameter \"gate\": expected true or false, got \"");
    }

    @Test
    void errorsOfNetworkAndBudgetComeTogether() {
        String request = json(
                "{'input': [8, 8, 4], 'layers': [{'type': 'conv2d', 'filters': 0, 'kernel': 1}],"
                        + " 'budget': {'multiplys': 5, 'macs': {'baseline': {'ready': 'googlenet', 'batch': 0}, 'atMost': '+2 %'}}}");

        JsonNode problem = problem(422, "invalid-network", api.post("/v1/analyses?gate=true", request));

        assertThat(pointers(problem))
                .containsExactly("/layers/0/filters", "/budget/multiplys", "/budget/macs/baseline/batch");
        assertThat(problem.at("/errors/1/detail").asString()).endsWith("did you mean \"multiplies\"?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ready': 'alexnet', 'budgets': {'multiplies': 5}}",
                "{'input': [8, 8, 4], 'layers': [{'type': 'relu'}], 'budgets': {'multiplies': 5}}"
            })
    void aMisspeltBudgetIsNotOverlooked(String request) {
        JsonNode problem = problem(422, "invalid-network", api.analyse(json(request)));

        assertThat(pointers(problem)).containsExactly("/budgets");
        assertThat(problem.at("/errors/0/detail").asString()).endsWith("did you mean \"budget\"?");
    }

    @Test
    void aCountOfABaselineOver63BitsPointsIntoIt() {
        JsonNode problem = problem(
                422,
                "count-overflow",
                api.analyse(
                        bottleneck(
                                "{'multiplies': {'atMost': '+2 %', 'baseline': {'input': [2000000000, 2],"
                                        + " 'layers': [{'name': 'wide', 'type': 'conv1d', 'filters': 2000000000, 'kernel': 1000000000}]}}}")));

        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("wide");
        assertThat(pointers(problem)).containsExactly("/budget/multiplies/baseline/layers/0");
    }

    private static Stream<String> pointers(JsonNode problem) {
        return problem.get("errors")
                .valueStream()
                .map(error -> error.get("pointer").asString());
    }

    private static JsonNode problem(int status, String type, Api.Answer answer) {
        assertThat(answer.header("Tally-Budget")).isEmpty();
        return answer.problem(status, type);
    }

    private static String bottleneck(String budget) {
        return json("{'ready': 'lecture-bottleneck', 'budget': " + budget + "}");
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
