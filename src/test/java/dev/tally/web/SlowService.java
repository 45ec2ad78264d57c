package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.engine.SlowEngines;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** A service whose measurements last as long as they are asked to, and its jobs as a client sees them. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"tally.jobs.queue=4", "tally.measurement.longest=100s"})
@Import(SlowEngines.class)
abstract class SlowService {
    static final String ASYNC = "respond-async";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @AfterEach
    void leaveNothingBehind() {
        jobs("?limit=500").forEach(job -> cancel(job.get("id").asString()));
        await().atMost(PATIENCE)
                .until(() -> jobs("?state=queued").isEmpty()
                        && jobs("?state=running").isEmpty());
    }

    Api.Answer cancel(String id) {
        return api.send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody());
    }

    List<JsonNode> jobs(String query) {
        List<JsonNode> jobs = new ArrayList<>();
        api.get("/v1/jobs" + query).json().get("jobs").forEach(jobs::add);
        return jobs;
    }

    /** {@return the job of a measurement that takes this long} */
    String submit(int budgetMillis, String... headers) {
        Api.Answer answer = submission(budgetMillis, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.header("Location"))
                .isEqualTo("/v1/jobs/" + answer.json().get("id").asString());
        return answer.json().get("id").asString();
    }

    Api.Answer submission(int budgetMillis, String... headers) {
        return api.analyse(
                MeasureApiTest.small("{'threads': 1, 'budgetMillis': " + budgetMillis + "}"),
                Api.with(headers, "Prefer", ASYNC));
    }

    JsonNode job(String id) {
        return api.get("/v1/jobs/" + id).json();
    }

    JsonNode awaited(String id, Predicate<JsonNode> wanted) {
        return await().atMost(PATIENCE).until(() -> job(id), wanted);
    }

    static Predicate<JsonNode> state(String state) {
        return job -> job.get("state").asString().equals(state);
    }
}
