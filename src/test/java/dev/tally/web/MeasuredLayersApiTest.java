package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.job.Installation;
import dev.tally.job.Jobs;
import dev.tally.job.LayersKind;
import dev.tally.job.MeasureReader;
import dev.tally.job.Submissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A job that measures layers by themselves, as a client reads it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class MeasuredLayersApiTest {
    private static final String REQUEST = """
            {"network": {"input": [8, 8, 4], "parameters": {"width": 1}, "layers": [
               {"name": "wide", "type": "conv2d", "filters": "$width", "kernel": 1, "activation": "relu"},
               {"name": "pool", "type": "max_pool2d", "kernel": 2}]},
             "points": [{"parameters": {"width": 8}, "layers": ["wide", "pool"]},
                        {"parameters": {"width": 16}, "layers": ["wide"]}],
             "measure": {"engines": ["java"], "threads": 1, "budgetMillis": 20}}
            """;

    @LocalServerPort
    private int port;

    @Autowired
    private Installation installation;

    @Autowired
    private Submissions submissions;

    @Autowired
    private Jobs jobs;

    @Test
    void eachLayerHasItsTimeUnderTheKeyOfTheLatencyTableInEveryForm() {
        Api api = new Api(port);
        JsonNode request = JsonMapper.shared().readTree(REQUEST);
        String path = "/v1/jobs/"
                + jobs.submit(submissions.of(
                        LayersKind.ID, request, new LayersKind().read(request, new MeasureReader(installation)), null));

        JsonNode job = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get(path).json(),
                        one -> one.get("state").asString().equals("done"));

        assertThat(job.get("kind").asString()).isEqualTo("layers");
        JsonNode layers = job.at("/result/layers");
        assertThat(layers.valueStream().map(layer -> layer.get("name").asString()))
                .containsExactly("wide", "pool", "wide");
        // 8·8·16 × 4.
        assertThat(layers.at("/2/multiplies").asLong()).isEqualTo(4_096);
        for (JsonNode layer : layers) {
            assertThat(layer.at("/measured/0/medianMillis").asDouble()).isPositive();
        }
        String key = "conv k1x1 s1x1 d1x1 p0+0,0+0 f16 g1 bias + relu | 8x8x4 | n1 float32 channels_last";
        assertThat(layers.at("/2/key").asString()).isEqualTo(key);
        assertThat(api.get("/v1/latencies?engine=java&keyPrefix=conv%20k1x1").text())
                .contains(key);
        assertThat(job.at("/result/correlations/0/n").asInt()).isEqualTo(3);
        assertThat(api.get(path + "?format=text").text()).contains("java ms").contains("4,096");
        List<String> lines = api.get(path + "?format=csv").text().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .startsWith("key,name,multiplies,bytesMoved,parameters,")
                .contains("java:medianMillis");
    }
}
