package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Which jobs are accepted, found again and listed, and what a client is told otherwise. */
class JobRequestsApiTest extends SlowService {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

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
        assertThat(cancel(id).status()).isIn(400, 404);
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
    void manyAtOnceWithOneKeyAreOneJobThatTakesTheLastPlace() {
        awaited(submit(30_000), state("running")); // so that what comes next waits
        for (int i = 0; i < 3; i++) {
            submit(50);
        }

        assertThat(atOnce(8, () -> submit(50, "Idempotency-Key", "race")).distinct())
                .hasSize(1);
        assertThat(jobs("?state=queued")).hasSize(4);
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
    void manyAtOnceAreAcceptedOnceAFullQueueIsEmpty() {
        awaited(submit(30_000), state("running"));
        for (int i = 0; i < 4; i++) {
            submit(50);
        }
        submission(50).problem(429, "too-many-jobs");
        leaveNothingBehind();

        assertThat(atOnce(4, () -> submit(30_000))).doesNotHaveDuplicates();
    }

    /** {@return what so many get that ask at the same time} */
    private static Stream<String> atOnce(int many, Supplier<String> ask) {
        return IntStream.range(0, many)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        ask, task -> Thread.ofVirtual().start(task)))
                .toList()
                .stream()
                .map(CompletableFuture::join);
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
            assertThat(page.json().path("next").asString("")).isEqualTo(path);
        }

        assertThat(seen).doesNotHaveDuplicates().startsWith(submitted.toArray(String[]::new));
        submitted.forEach(id -> awaited(id, state("done")));
        assertThat(jobs("?state=done&limit=500").stream()
                        .map(job -> job.get("id").asString()))
                .containsAll(submitted);
        assertThat(jobs("?state=failed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?state=lost",
                "?limit=0",
                "?limit=501",
                "?limit=x",
                "?cursor=nonsense",
                "?cursor=",
                "?status=done"
            })
    void aWrongParameterOfTheListIsSaid(String query) {
        api.get("/v1/jobs" + query).problem(400, "invalid-parameter");
    }

    @Test
    void whatWillNotBeMeasuredIsNeverAccepted() {
        api.get("/v1/engines"); // measures the peak, by which times are estimated; else the worker finds it first
        Api.Answer answer = api.analyse("{\"ready\": \"vgg-16\", \"measure\": {\"engines\": [\"reference\"]}}");

        answer.problem(422, "measurement-too-long");
        assertThat(jobs("?state=failed")).isEmpty();
    }
}
