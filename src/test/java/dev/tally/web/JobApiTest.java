package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.SlowEngines;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** Measurements as jobs: accepted, followed, cancelled, found again. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"tally.jobs.queue=4", "tally.measurement.longest=100s"})
@Import(SlowEngines.class)
class JobApiTest {
    private static final String ASYNC = "respond-async";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @AfterEach
    void leaveNothingBehind() {
        jobs("?limit=500")
                .forEach(job -> api.send("DELETE", "/v1/jobs/" + job.get("id").asString(), BodyPublishers.noBody()));
        await(() -> jobs("?state=queued").isEmpty() && jobs("?state=running").isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited for too long").isBefore(end);
            pause(50);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> jobs(String query) {
        List<JsonNode> jobs = new ArrayList<>();
        api.get("/v1/jobs" + query).json().get("jobs").forEach(jobs::add);
        return jobs;
    }

    /** {@return the job of a measurement that takes this long} */
    private String submit(int budgetMillis, String... headers) {
        Api.Answer answer = submission(budgetMillis, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.header("Location"))
                .isEqualTo("/v1/jobs/" + answer.json().get("id").asString());
        return answer.json().get("id").asString();
    }

    private Api.Answer submission(int budgetMillis, String... headers) {
        return api.analyse(
                MeasureApiTest.small("{'threads': 1, 'budgetMillis': " + budgetMillis + "}"),
                Api.with(headers, "Prefer", ASYNC));
    }

    private JsonNode job(String id) {
        return api.get("/v1/jobs/" + id).json();
    }

    private JsonNode awaited(String id, Predicate<JsonNode> wanted) {
        Instant end = Instant.now().plusSeconds(20);
        while (true) {
            JsonNode job = job(id);
            if (wanted.test(job)) {
                return job;
            }
            assertThat(Instant.now()).as(job.toString()).isBefore(end);
            pause(20);
        }
    }

    private static Predicate<JsonNode> state(String state) {
        return job -> job.get("state").asString().equals(state);
    }

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

        Api.Answer cancelled = api.send("DELETE", "/v1/jobs/" + running, BodyPublishers.noBody());
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
            Api.Answer answer = api.send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody());
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
        await(() -> !jobs("?state=running").isEmpty());
        String id = jobs("?state=running").getFirst().get("id").asString();

        api.send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody());

        waiting.join().problem(409, "job-cancelled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "0e8400a1-29b1-41d4-a716-446655440000",
                "%00",
                "..%2f..",
                "%F0%9F%92%A9",
                "0E8400A1-29B1-41D4-A716-446655440000'--"
            })
    void anUnknownJobIsNotFoundWhateverItsId(String id) {
        for (String path : List.of("/v1/jobs/" + id, "/v1/jobs/" + id + "/events")) {
            assertThat(api.get(path).status()).as(path).isIn(400, 404);
        }
        assertThat(api.send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody()).status())
                .isIn(400, 404);
    }

    @Test
    void aForeignIdAndOneOfNoShapeAreAnsweredAlike() {
        String foreign = api.get("/v1/jobs/0e8400a1-29b1-41d4-a716-446655440000")
                .problem(404, "not-found")
                .get("detail")
                .asString();

        assertThat(api.get("/v1/jobs/nothing")
                        .problem(404, "not-found")
                        .get("detail")
                        .asString())
                .isEqualTo(foreign.replace("0e8400a1-29b1-41d4-a716-446655440000", "nothing"));
    }

    @Test
    void theSameRequestWithTheSameKeyIsTheSameJob() {
        String first = submit(50, "Idempotency-Key", "one");

        assertThat(submission(50, "Idempotency-Key", "one").json().get("id").asString())
                .isEqualTo(first);
        assertThat(submit(50, "Idempotency-Key", "another")).isNotEqualTo(first);
        awaited(first, state("done"));
        Api.Answer again = submission(50, "Idempotency-Key", "one");
        assertThat(again.status()).as("done by now").isEqualTo(200);
        assertThat(again.header("Content-Location")).endsWith(first);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        submit(50, "Idempotency-Key", "taken");

        JsonNode problem = submission(60, "Idempotency-Key", "taken").problem(422, "idempotency-key-reused");
        assertThat(problem.get("detail").asString()).contains("\"taken\"");
    }

    @Test
    void manyAtOnceWithOneKeyAreOneJob() {
        List<CompletableFuture<String>> answers = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> submission(400, "Idempotency-Key", "race")
                                .json()
                                .get("id")
                                .asString(),
                        task -> Thread.ofVirtual().start(task)))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a key"})
    void aKeyThatCannotBeKeptIsRefused(String key) {
        assertThat(submission(50, "Idempotency-Key", key)
                        .problem(400, "bad-request")
                        .get("detail")
                        .asString())
                .contains("expected 1 to 255 printable ASCII characters");
    }

    @Test
    void absurdPreferencesArePassedOver() {
        for (String prefer : List.of("wait=-1", "wait=1e9", ",,,", "wait=;", "respond-asynchronously")) {
            Api.Answer answer =
                    api.analyse(MeasureApiTest.small("{'threads': 1, 'budgetMillis': 20}"), "Prefer", prefer);
            assertThat(answer.status()).as(prefer).isEqualTo(200);
            assertThat(answer.header("Preference-Applied")).isEmpty();
        }
    }

    @Test
    void aFullQueueTakesNoMoreAndLosesNothing() {
        Set<String> accepted = new HashSet<>();
        Api.Answer last;
        do {
            last = submission(300);
            if (last.status() == 202) {
                accepted.add(last.json().get("id").asString());
            }
        } while (last.status() == 202 && accepted.size() < 20);

        last.problem(429, "too-many-jobs");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        assertThat(accepted).as("four wait, and those that began meanwhile").hasSizeBetween(4, 12);
        accepted.forEach(id -> awaited(id, state("done")));
    }

    @Test
    void pagesLeadThroughAllJobsTheNewestFirst() {
        List<String> submitted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            submitted.addFirst(submit(20));
        }
        List<String> seen = new ArrayList<>();
        String path = "/v1/jobs?limit=3";
        while (!path.isEmpty()) {
            Api.Answer page = api.get(path);
            page.json().get("jobs").forEach(job -> seen.add(job.get("id").asString()));
            Matcher next = NEXT.matcher(page.header("Link"));
            path = next.matches() ? next.group(1) : "";
        }

        assertThat(seen).doesNotHaveDuplicates().startsWith(submitted.toArray(String[]::new));
        submitted.forEach(id -> awaited(id, state("done")));
        assertThat(jobs("?state=done&limit=500").stream()
                        .map(job -> job.get("id").asString()))
                .containsAll(submitted);
        assertThat(jobs("?state=failed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?state=lost", "?limit=0", "?limit=x", "?cursor=nonsense", "?cursor=", "?status=done"})
    void aWrongParameterOfTheListIsSaid(String query) {
        api.get("/v1/jobs" + query).problem(400, "invalid-parameter");
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

    @Test
    void whatWillNotBeMeasuredIsNeverAccepted() {
        Api.Answer answer = api.analyse("{\"ready\": \"vgg-16\", \"measure\": {\"engines\": [\"reference\"]}}");

        answer.problem(422, "measurement-too-long");
        assertThat(jobs("?state=failed")).isEmpty();
    }
}
