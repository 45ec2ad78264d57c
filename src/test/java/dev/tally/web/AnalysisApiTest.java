package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/analyses} as a client sees it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AnalysisApiTest {
    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void theLecturesTwoDesignsCostATenthOfEachOther() throws IOException {
        assertThat(multiplies(example("lecture-direct"))).isEqualTo(120_422_400);
        assertThat(multiplies(example("lecture"))).isEqualTo(12_443_648);
    }

    @Test
    void theAnswerCarriesWhatTheContractSays() throws IOException {
        JsonNode answer = api.analyse(example("lecture")).json();

        assertThat(answer.propertyNames())
                .containsExactly(
                        "name",
                        "version",
                        "countingRules",
                        "networkHash",
                        "input",
                        "output",
                        "batch",
                        "dtype",
                        "layout",
                        "totals",
                        "layers",
                        "uncounted");
        assertThat(answer.get("name").asString()).isEqualTo("inception-3a-5x5-branch");
        assertThat(answer.get("networkHash").asString()).matches("[0-9a-f]{64}");
        assertThat(answer.get("input")).hasToString("[28,28,192]");
        assertThat(answer.get("output")).hasToString("[28,28,32]");
        assertThat(answer.at("/totals/other")).hasToString("{\"comparisons\":25088}");
        assertThat(answer.at("/totals/peakActivationBytes").asLong()).isEqualTo(652_288);
        assertThat(answer.at("/totals/peakLayer").asString()).isEqualTo("reduce");
        assertThat(answer.at("/layers/0/from")).hasToString("[\"input\"]");
        assertThat(answer.at("/layers/0/formula").asString()).isEqualTo("28·28·16 × 1·1·192");
        assertThat(answer.at("/layers/1/receptiveField")).hasToString("[5,5]");
        assertThat(answer.at("/layers/2/fusedInto").asString()).isEqualTo("conv2d_1");
    }

    @Test
    void severalInputsAndOutputsAreObjectsByName() {
        JsonNode answer = api.analyse("""
                        {"inputs": {"left": [8, 8, 4], "right": [8, 8, 4]}, "layers": [
                          {"name": "sum", "type": "add", "from": ["left", "right"]},
                          {"name": "a", "type": "conv2d", "filters": 2, "kernel": 3},
                          {"name": "b", "type": "conv2d", "from": "sum", "filters": 3, "kernel": 1}]}""").json();

        assertThat(answer.get("input")).hasToString("{\"left\":[8,8,4],\"right\":[8,8,4]}");
        assertThat(answer.get("output")).hasToString("{\"a\":[6,6,2],\"b\":[8,8,3]}");
        assertThat(answer.at("/layers/1/receptiveField")).hasToString("{\"left\":[3,3],\"right\":[3,3]}");
    }

    @Test
    void channelsFirstReadsAndAnswersTheOtherWayRound() {
        JsonNode answer = api.analyse("""
                        {"layout": "channels_first", "input": [192, 28, 28], "layers": [
                          {"type": "conv2d", "filters": 32, "kernel": 5, "padding": 2}]}""").json();

        assertThat(answer.get("output")).hasToString("[32,28,28]");
        assertThat(answer.at("/totals/multiplies").asLong()).isEqualTo(120_422_400);
    }

    @Test
    void batchAndElementTypeScaleWhatTheyShould() throws IOException {
        String network = example("lecture").replaceFirst("\\{", "{\"batch\": 8, \"dtype\": \"float16\", ");

        JsonNode totals = api.analyse(network).json().get("totals");

        assertThat(totals.get("multiplies").asLong()).isEqualTo(8 * 12_443_648L);
        assertThat(totals.get("weightBytes").asLong()).isEqualTo(63_680 / 2);
        assertThat(totals.get("peakActivationBytes").asLong()).isEqualTo(8 * 652_288L / 2);
    }

    @Test
    void totalsLeaveTheLayersOut() throws IOException {
        JsonNode answer =
                api.post("/v1/analyses?detail=totals", example("lecture")).json();

        assertThat(answer.has("layers")).isFalse();
        assertThat(answer.at("/totals/multiplies").asLong()).isEqualTo(12_443_648);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "format"})
    void theTableComesByHeaderOrParameter(String way) throws IOException {
        Api.Answer answer = way.equals("format")
                ? api.post("/v1/analyses?format=text", example("lecture"))
                : api.analyse(example("lecture"), "Accept", "text/plain");

        assertThat(answer.type()).isEqualTo("text/plain;charset=UTF-8");
        assertThat(answer.text()).contains("* ", "conv2d+relu", "12,443,648");
    }

    @Test
    void csvHasALineALayer() throws IOException {
        Api.Answer answer = api.analyse(example("lecture"), "Accept", "text/csv");

        assertThat(answer.type()).isEqualTo("text/csv;charset=UTF-8");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.getFirst()).startsWith("name,type,from,input,output,multiplies,");
        assertThat(lines.get(1)).startsWith("reduce,conv2d,input,28x28x192,28x28x16,2408448,");
        assertThat(lines).hasSize(4);
    }

    @Test
    void aReadyNetworkIsAnalysedByItsNameAndParameters() {
        JsonNode answer = api.analyse("{\"ready\": \"lecture-bottleneck\", \"parameters\": {\"reduce\": 32}}")
                .json();

        assertThat(answer.at("/totals/multiplies").asLong()).isEqualTo(2 * 12_443_648L);
    }

    @Test
    void aLongAnswerIsCompressedForWhoAsks() {
        Api.Answer answer = api.analyse("{\"ready\": \"googlenet\"}", "Accept-Encoding", "gzip");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    }

    private long multiplies(String json) {
        return api.analyse(json).json().at("/totals/multiplies").asLong();
    }

    static String example(String name) throws IOException {
        return Files.readString(Path.of("api", "examples", name + ".json"));
    }
}
