package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Batches as streams: who sends how, who reads when, who leaves; and what that means to others. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(60)
class BatchStreamTest {
    private static final String LECTURE = "{\"ready\": \"lecture-bottleneck\"}";
    private static final int MEGABYTE = 1 << 20;

    @LocalServerPort
    private int port;

    @Autowired
    private Batches batches;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void aLineThatNeverEndsEndsTheBatch() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
            client.send(LECTURE + "\n");
            String piece = "x".repeat(MEGABYTE);
            for (int i = 0; i < 18; i++) {
                client.send(piece);
            }
            client.head();
            List<JsonNode> lines = client.lines();

            assertThat(lines).hasSize(3);
            assertThat(lines.get(1).get("line").asInt()).isEqualTo(2);
            assertThat(lines.get(1).at("/problem/type").asString()).isEqualTo("/problems/body-too-large");
            assertThat(lines.get(2).at("/summary/complete").asBoolean()).isFalse();
            assertThat(lines.get(2).at("/summary/reason").asString()).contains("line 2 did not end");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void eachAnswerComesBeforeTheNextLineIsSent() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            for (int i = 0; i < 20; i++) {
                client.send(network(i) + "\n");
                assertThat(client.line().at("/analysis/totals/multiplies").asInt())
                        .isEqualTo(192 * (i + 1));
            }
            client.end();
            assertThat(client.line().at("/summary/lines").asInt()).isEqualTo(20);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aLineMayComeInPieces() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            for (char c : (LECTURE + "\n" + LECTURE).toCharArray()) {
                client.send(String.valueOf(c));
            }
            client.end();
            client.head();

            assertThat(client.lines()).hasSize(3);
        }
    }

    @RepeatedTest(50) // the service may still be busy to begin
    void aBodyThatIsCutOffIsSaidToBe() throws IOException {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            client.send(LECTURE + "\n" + LECTURE + "\n" + "{\"ready\": ");
            client.cutOff();
            client.head();
            List<JsonNode> lines = client.lines();

            assertThat(lines).hasSize(3);
            assertThat(lines.getLast().at("/summary/lines").asInt()).isEqualTo(2);
            assertThat(lines.getLast().at("/summary/complete").asBoolean()).isFalse();
            assertThat(lines.getLast().at("/summary/reason").asString()).contains("could not be read to its end");
        }
    }

    @Test
    void aLongBatchIsAnsweredWhileItIsSent() throws Exception {
        int count = 20_000;
        try (BatchClient client = BatchClient.open(port, "/v1/analyses?detail=totals")) {
            Thread sender = Thread.startVirtualThread(() -> client.sendAll(IntStream.range(0, count)
                    .mapToObj(i -> network(i % 100) + "\n")
                    .iterator()));
            client.head();
            for (int i = 0; i < count; i++) {
                JsonNode line = client.line();
                assertThat(line.get("line").asInt()).isEqualTo(i + 1);
                assertThat(line.at("/analysis/totals/multiplies").asInt()).isEqualTo(192 * (i % 100 + 1));
            }
            sender.join();
            assertThat(client.line().at("/summary/analysed").asInt()).isEqualTo(count);
        }
    }

    @Test
    void whoDoesNotReadHoldsNobodyElseUp() throws Exception {
        List<BatchClient> stalled = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            BatchClient client = BatchClient.open(port, "/v1/analyses");
            client.send("{\"ready\": \"googlenet\"}\n".repeat(2000)); // an answer of 100 MB
            stalled.add(client);
        }

        assertThat(batch((LECTURE + "\n").repeat(1000)).text().lines()).hasSize(1001);
        assertThat(api.analyse(LECTURE).status()).isEqualTo(200);

        for (BatchClient client : stalled) {
            client.head();
            assertThat(client.line().at("/analysis/totals/macs").asLong()).isEqualTo(1_582_671_872);
            client.close(); // in the middle of its answer
        }
        batches.awaitNone();
    }

    @Test
    void whoLeavesLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
                client.send(LECTURE + "\n");
                client.head();
                client.line(); // the service now waits for the next
            }
        }
        batches.awaitNone();
    }

    @Test
    void oneBatchTooManyIsToldToComeBack() throws Exception {
        List<BatchClient> running = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            BatchClient client = BatchClient.open(port, "/v1/analyses");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            running.add(client);
        }

        Api.Answer refused = batch(LECTURE);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/too-many-batches");
        assertThat(api.analyse(LECTURE).status()).isEqualTo(200);
        for (BatchClient client : running) {
            client.end();
            assertThat(client.lines()).hasSize(1);
            client.close();
        }
        batches.awaitNone();
        assertThat(batch(LECTURE).status()).isEqualTo(200);
    }

    @Test
    void aServiceThatShutsDownAnswersWhatItHasRead() throws Exception {
        try (BatchClient client = BatchClient.open(port, "/v1/analyses")) {
            client.send(LECTURE + "\n");
            client.head();
            client.line();
            try {
                batches.stop();

                JsonNode summary = client.line().get("summary");
                assertThat(summary.get("analysed").asInt()).isEqualTo(1);
                assertThat(summary.get("complete").asBoolean()).isFalse();
                assertThat(summary.get("reason").asString()).contains("shuts down");
                assertThat(batch(LECTURE).status()).isEqualTo(503);
            } finally {
                batches.start();
            }
        }
        batches.awaitNone();
    }

    private Api.Answer batch(String body) {
        return api.send("POST", "/v1/analyses", BodyPublishers.ofString(body), "Content-Type", "application/x-ndjson");
    }

    /** A network of 192 multiplies for each filter, of which it has one more than this number. */
    private static String network(int i) {
        return "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": " + (i + 1)
                + ", \"kernel\": 1}]}";
    }
}
