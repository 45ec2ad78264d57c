package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What a batch may not do for long, with a server that waits for less long than by default. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.tomcat.connection-timeout=1s")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class BatchTimeoutTest {
    private static final String GOOGLENET = "{\"ready\": \"googlenet\"}\n";

    @LocalServerPort
    private int port;

    @Autowired
    private Batches batches;

    @AfterEach
    void nothingIsLogged(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("\tat ", "ERROR");
    }

    @Test
    void whoDoesNotReadIsEnded() throws Exception {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
            client.send(GOOGLENET.repeat(2000));
            client.head(); // it has begun
            batches.awaitNone();
            assertThatThrownBy(client::lines)
                    .as("the answer ends without a summary")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoSendsAndDoesNotReadIsHeldBack() throws Exception {
        String megabyte = GOOGLENET.repeat((1 << 20) / GOOGLENET.length());
        Iterator<String> halfAGigabyte =
                Stream.generate(() -> megabyte).limit(512).iterator();
        try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
            assertThatThrownBy(() -> client.sendAll(halfAGigabyte)).isInstanceOf(UncheckedIOException.class);

            assertThat(client.sent()).isLessThan(64);
        }
        batches.awaitNone();
    }

    @Test
    void whoSendsNothingForTooLongIsToldSo() throws Exception {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
            client.send(GOOGLENET + "{");
            client.head();
            List<JsonNode> lines = client.lines();

            assertThat(lines).hasSize(2);
            assertThat(lines.getLast().at("/summary/complete").asBoolean()).isFalse();
            assertThat(lines.getLast().at("/summary/reason").asString()).contains("nothing came");
        }
        batches.awaitNone();
    }
}
