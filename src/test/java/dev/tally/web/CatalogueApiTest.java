package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What a person finds before the first request of their own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CatalogueApiTest {
    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void theContractIsCompressedForWhoAsks() {
        assertThat(api.get("/openapi", "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(api.get("/openapi.yaml", "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void everyReadyNetworkCanBePostedBack() {
        JsonNode networks = api.get("/v1/networks").json();

        assertThat(networks).isNotEmpty();
        for (JsonNode network : networks) {
            String description = api.get(network.get("href").asString()).text();
            assertThat(api.analyse(description).json().get("totals"))
                    .as(network.get("name").asString())
                    .isEqualTo(network.get("totals"));
        }
    }

    @Test
    void everyExampleOfALayerTypeIsAccepted() {
        JsonNode layers = api.get("/v1/layers").json();

        assertThat(layers).isNotEmpty();
        for (JsonNode layer : layers) {
            String type = layer.get("name").asString();
            String shape = type.contains("1d") ? "[9, 4]" : type.contains("3d") ? "[9, 9, 9, 4]" : "[9, 9, 4]";
            // A layer that takes nothing leaves the input to another.
            String taker =
                    layer.get("minimumInputs").asInt() == 0 ? ", {\"type\": \"identity\", \"from\": \"input\"}" : "";
            String network = "{\"input\": " + shape + ", \"layers\": [" + layer.get("example") + taker + "]}";
            Api.Answer answer = api.analyse(network);
            assertThat(answer.status()).as(type + ": " + answer.text()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/networks", "/v1/networks/googlenet", "/v1/layers", "/openapi.yaml"})
    void whatIsUnchangedIsNotSentAgain(String path) {
        String tag = api.get(path).header("ETag");

        assertThat(tag).isNotEmpty();
        assertThat(api.get(path, "If-None-Match", tag).status()).isEqualTo(304);
    }

    @Test
    void theHomePageLeadsOn() {
        Api.Answer page = api.get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        Api.Answer text = api.get("/");

        assertThat(page.type()).startsWith("text/html");
        assertThat(text.type()).startsWith("text/plain");
        for (String path :
                List.of("/swagger-ui.html", "/v1/networks", "/examples/lecture.json", "/openapi.yaml", "/problems")) {
            assertThat(page.text()).contains("href=\"" + path + "\"");
            assertThat(text.text()).contains(path);
            assertThat(api.get(path).status()).as(path).isIn(200, 302);
        }
    }

    /** Where those are posted that are no analyses. */
    private static final Map<String, String> PATHS = Map.of(
            "comparison.json", "/v1/comparisons",
            "alternatives.json", "/v1/alternatives",
            "sweep.json", "/v1/sweeps");

    @Test
    void everyExampleIsServedAndAccepted() throws IOException {
        try (Stream<Path> examples = Files.list(Path.of("api", "examples"))) {
            for (Path example : examples.toList()) {
                Api.Answer served = api.get("/examples/" + example.getFileName());
                assertThat(served.text()).isEqualTo(Files.readString(example));
                String path = PATHS.getOrDefault(example.getFileName().toString(), "/v1/analyses");
                assertThat(api.post(path, served.text()).status())
                        .as(example.toString())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void everyKindOfProblemHasAPage() {
        for (ProblemType type : ProblemType.values()) {
            assertThat(api.get(type.uri()).text()).as(type.uri()).contains(Page.escape(type.title()));
        }
    }

    @Test
    void metricsCountAnalysesAndProblems() {
        api.analyse("{\"ready\": \"lecture-direct\"}");
        api.analyse("{");

        String metrics = api.get("/actuator/prometheus").text();
        assertThat(metrics).containsPattern("tally_analysis_seconds_count [1-9]");
        assertThat(metrics).containsPattern("tally_problems_total\\{type=\"malformed-json\"\\} [1-9]");
        assertThat(api.get("/actuator/health").json().get("status").asString()).isEqualTo("UP");
    }
}
