package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Measurements as jobs: accepted, followed, cancelled. */
class JobApiTest extends SlowService {
    @Test
    void whoDoesNotWaitIsToldWhereTheJobIs() {
        Api.Answer answer = submission(50);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.header("Preference-Applied")).isEqualTo(ASYNC);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        assertThat(answer.json().get("state").asString())
                .as("it may be begun by then")
                .isIn("queued", "running");
        JsonNode done = awaited(answer.json().get("id").asString(), state("done"));
        assertThat(Instant.parse(done.get("createdAt").asString()))
                .isBeforeOrEqualTo(Instant.parse(done.get("startedAt").asString()));
        assertThat(Instant.parse(done.get("startedAt").asString()))
                .isBefore(Instant.parse(done.get("endedAt").asString()));
        assertThat(done.has("progress")).isFalse();
        assertThat(done.at("/result/measured/0/engine").asString()).isEqualTo("slow");
    }

    @Test
    void whoWaitsGetsTheDocumentThatTheJobHas() {
        Api.Answer answer = api.analyse(MeasureApiTest.small("{'threads': 1, 'budgetMillis': 50}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Location")).startsWith("/v1/jobs/");
        JsonNode job = api.get(answer.header("Content-Location")).json();
        assertThat(job.get("result")).isEqualTo(answer.json());
        assertThat(api.get(answer.header("Content-Location") + "?detail=totals")
                        .json()
                        .get("result")
                        .has("layers"))
                .isFalse();
    }

    @Test
    void whoWaitsTooShortGetsTheJobAndItGoesOn() {
        Api.Answer answer =
                api.analyse(MeasureApiTest.small("{'threads': 1, 'budgetMillis': 2500}"), "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        awaited(answer.json().get("id").asString(), state("done"));
    }

    @Test
    void aRunningJobTellsHowFarItIsAndWhatItFound() {
        String id = submit(3000);

        JsonNode running = awaited(id, job -> job.has("partial"));
        assertThat(running.get("state").asString()).isEqualTo("running");
        assertThat(running.at("/progress/of").asInt())
                .as("the network and its two layers")
                .isEqualTo(3);
        assertThat(running.at("/progress/done").asInt()).isBetween(1, 2);
        assertThat(running.at("/progress/secondsLeft").asDouble()).isBetween(0.0, 10.0);
        assertThat(running.at("/partial/measured/0/medianMillis").asDouble()).isPositive();
        assertThat(running.has("result")).isFalse();
    }

    @Test
    void theResultIsATableOnceThereIsOne() {
        String id = submit(300);

        JsonNode problem = api.get("/v1/jobs/" + id + "?format=text").problem(409, "job-not-done");
        assertThat(problem.get("detail").asString()).contains("has no result yet: it is ");
        awaited(id, state("done"));
        assertThat(api.get("/v1/jobs/" + id + "?format=text").text()).contains("slow", "median");
        assertThat(api.get("/v1/jobs/" + id, "Accept", "text/csv").text()).startsWith("name,type,");
    }

    @Test
    void aBudgetIsAnsweredBesideWhatWasMeasured() {
        String body = "{" + MeasureApiTest.SMALL.replace('\'', '"')
                + ", \"budget\": {\"parameters\": 3}, \"measure\": {\"budgetMillis\": 30}}";
        Api.Answer answer = api.post("/v1/analyses?gate=true", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Tally-Budget")).isEqualTo("failed");
        assertThat(api.get(answer.header("Content-Location"))
                        .json()
                        .at("/result/budget/passed")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void aRunningJobStopsWithinASecondOfBeingCancelled() {
        String running = submit(20_000);
        awaited(running, state("running"));
        String next = submit(50);

        Api.Answer cancelled = cancel(running);
        Instant then = Instant.now();

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().get("state").asString()).isEqualTo("cancelled");
        JsonNode after = awaited(next, job -> job.has("startedAt"));
        assertThat(Duration.between(then, Instant.parse(after.get("startedAt").asString())))
                .as("until the device is free")
                .isLessThan(Duration.ofMillis(1500));
        awaited(next, state("done"));
        assertThat(job(running).get("state").asString()).isEqualTo("cancelled");
        assertThat(job(running).has("result")).isFalse();
        api.get("/v1/jobs/" + running + "?format=text").problem(409, "job-cancelled");
    }

    @Test
    void cancellingTwiceOrTooLateChangesNothing() {
        String id = submit(50);
        JsonNode done = awaited(id, state("done"));

        for (int i = 0; i < 2; i++) {
            Api.Answer answer = cancel(id);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("state").asString()).isEqualTo("done");
        }
        assertThat(job(id)).isEqualTo(done);
    }

    @Test
    void whoWaitsForACancelledJobIsTold() {
        CompletableFuture<Api.Answer> waiting = CompletableFuture.supplyAsync(
                () -> api.analyse(MeasureApiTest.small("{'threads': 1, 'budgetMillis': 20000}")),
                task -> Thread.ofVirtual().start(task));
        await().until(() -> !jobs("?state=running").isEmpty());
        String id = jobs("?state=running").getFirst().get("id").asString();

        cancel(id);

        waiting.join().problem(409, "job-cancelled");
    }

    @Test
    void eventsTellOfEveryStateAndEnd() {
        String id = submit(800);

        Api.Answer events = api.get("/v1/jobs/" + id + "/events");

        assertThat(events.status()).isEqualTo(200);
        assertThat(events.type()).startsWith("text/event-stream");
        assertThat(events.header("X-Accel-Buffering")).isEqualTo("no");
        List<String> names = events.text()
                .lines()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring("event:".length()))
                .distinct()
                .toList();
        assertThat(names).endsWith("running", "done");
        assertThat(events.text()).contains("\"progress\":{\"done\":1,\"of\":3,");
    }
}
