package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sweeps with times: first they miss some, one request has those measured, then they have them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(120)
class SweepTimesApiTest {
    private static final String SWEEP = """
            {"network": {"input": [8, 8, 4], "layers": [
               {"name": "reduce", "type": "conv2d", "filters": "$width", "kernel": 1},
               {"name": "conv", "type": "conv2d", "filters": 8, "kernel": 3, "activation": "relu"},
               {"name": "same", "type": "conv2d", "filters": 8, "kernel": 3}]},
             "parameters": {"width": [2, 4, 8]},
             "estimate": {"engine": "java", "threads": 1}%s}""";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
        jdbc.sql("delete from latency").update();
        jdbc.sql("delete from latency_conditions").update();
    }

    private List<JsonNode> sweep() {
        Api.Answer answer = api.post("/v1/sweeps", SWEEP.formatted(""));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().lines().map(JsonMapper.shared()::readTree).toList();
    }

    @Test
    void whatItMissesIsMeasuredByOneRequestAndThenItHasItsTimes() {
        JsonNode before = sweep().getLast().get("summary");
        // Of each width its reduction and the convolution after it; the last one is the same in all.
        assertThat(before.at("/missing/layers").asInt()).isEqualTo(7);
        assertThat(before.at("/missing/keys")).hasSize(7);
        assertThat(before.get("estimated").asInt()).isZero();
        assertThat(before.has("correlations")).isFalse();

        Api.Answer measured = api.post(
                "/v1/sweeps/measurements",
                SWEEP.formatted(", \"measure\": {\"budgetMillis\": 20}"),
                "Prefer",
                "wait=60");

        assertThat(measured.status()).as(measured.text()).isEqualTo(200);
        JsonNode job = api.get(measured.header("Content-Location")).json();
        assertThat(job.get("kind").asString()).isEqualTo("layers");
        assertThat(job.get("result")).isEqualTo(measured.json());
        assertThat(measured.json().get("more").asBoolean()).isFalse();
        assertThat(measured.json().get("layers")).hasSize(7).allSatisfy(layer -> {
            assertThat(before.at("/missing/keys")).contains(layer.get("key"));
            assertThat(layer.at("/measured/0/engine").asString()).isEqualTo("java");
            assertThat(layer.at("/measured/0/threads").asInt()).isEqualTo(1);
            assertThat(layer.at("/measured/0/medianMillis").asDouble()).isPositive();
        });

        List<JsonNode> after = sweep();
        assertThat(after.getFirst().at("/sweep/estimate/engine").asString()).isEqualTo("java");
        assertThat(after.subList(1, 4)).allSatisfy(line -> {
            assertThat(line.at("/estimate/missing").asInt()).isZero();
            assertThat(line.at("/estimate/estimatedMillis").asDouble()).isPositive();
        });
        JsonNode summary = after.getLast().get("summary");
        assertThat(summary.get("estimated").asInt()).isEqualTo(3);
        assertThat(summary.at("/missing/layers").asInt()).isZero();
        assertThat(summary.at("/correlations/0/over").asString()).isEqualTo("candidates");
        assertThat(summary.at("/correlations/0/n").asInt()).isEqualTo(3);
        assertThat(summary.at("/correlations/0/multiplies/spearman").asDouble()).isBetween(-1.0, 1.0);
        assertThat(summary.at("/least/estimatedMillis/value").asDouble()).isPositive();

        Api.Answer again = api.post("/v1/sweeps/measurements", SWEEP.formatted(""));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Content-Location"))
                .as("nothing is missing, and no job made")
                .isEmpty();
        assertThat(again.json().get("layers")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", 'measure': 1                    | /measure | expected an object such as {\"budgetMillis\": 100}, got 1",
                ", 'measure': {'budgetMillis': 1}  | /measure/budgetMillis | an integer from 10 to 60000 milliseconds, got 1",
                ", 'measure': {'engines': ['java']} | /measure/engines | \"measure\" of a sweep has no property \"engines\"",
            })
    void howLongItMeasuresIsCheckedToo(String more, String pointer, String detail) {
        JsonNode problem = api.post("/v1/sweeps/measurements", SWEEP.formatted(more.replace('\'', '"')))
                .problem(422, "invalid-network");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).contains(detail);
    }

    @Test
    void aHostThatDoesNotMeasureIsToldWhereItWasNamed() {
        JsonNode problem = api.post(
                        "/v1/sweeps/measurements",
                        SWEEP.formatted("").replace("\"threads\": 1", "\"threads\": 1, \"host\": \"elsewhere\""))
                .problem(422, "invalid-network");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/estimate/host");
        assertThat(problem.at("/errors/0/detail").asString()).contains("elsewhere");
    }
}
