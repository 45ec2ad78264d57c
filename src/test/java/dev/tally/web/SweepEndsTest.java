package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How a sweep ends before its end, with a server that answers one at once and waits for less long than by default. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "tally.sweeps.at-once=1",
            "tally.sweeps.candidates=1000000000",
            "server.tomcat.connection-timeout=1s"
        })
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class SweepEndsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Hours of counting. */
    private static final String LONG = """
            {"network": {"input": [8, 8, 3], "layers": [{"type": "conv2d", "filters": "$f", "kernel": 1}]},
             "parameters": {"f": {"from": 1, "to": 1000000000}}%s}""";

    private static final String SHORT = LONG.replace("1000000000", "2").formatted("");

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

    private BatchClient begin(String keep) throws Exception {
        BatchClient client = BatchClient.open(port, "/v1/sweeps", "application/json");
        client.send(LONG.formatted(keep));
        client.end();
        client.head();
        assertThat(client.line().at("/sweep/candidates").asLong()).isEqualTo(1_000_000_000);
        return client;
    }

    /** Its place is another's again. */
    private void awaitEnd() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(api.post("/v1/sweeps", SHORT).status()).isEqualTo(200));
        assertThat(api.get("/actuator/prometheus").text()).contains("tally_sweeps 0.0");
    }

    @Test
    void oneMoreThanAtOnceIsToldToComeAgain() throws Exception {
        try (BatchClient client = begin("")) {
            client.line();

            Api.Answer second = api.post("/v1/sweeps", SHORT);

            second.problem(503, "too-many-sweeps");
            assertThat(second.header("Retry-After")).isEqualTo("1");
            assertThat(api.get("/actuator/prometheus").text()).contains("tally_sweeps 1.0");
            assertThat(api.analyse("{\"ready\": \"lecture-direct\"}").status()).isEqualTo(200);
        }
        awaitEnd();
    }

    @Test
    void whoClosesTheConnectionEndsIt() throws Exception {
        try (BatchClient client = begin("")) {
            assertThat(client.line().get("candidate").asInt()).isEqualTo(1);
        }
        awaitEnd();
    }

    @Test
    void whoClosesTheConnectionEndsItWhereOnlyTheBestAreKept() throws Exception {
        try (BatchClient client = begin(", \"keep\": {\"best\": 3}")) {
            assertThat(client.line().at("/progress/of").asLong()).isEqualTo(1_000_000_000);
        }
        awaitEnd();
    }

    @Test
    void whoDoesNotReadEndsIt() throws Exception {
        try (BatchClient client = begin("")) {
            awaitEnd();
            assertThat(client.line().get("candidate").asInt())
                    .as("what was sent before")
                    .isEqualTo(1);
        }
    }
}
