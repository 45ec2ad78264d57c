package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.web.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas, one of which dies, or their database, or what is between them, in the middle of a job. */
@RequiresDocker
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OutagesIT {
    /** What a worker does after it has started takes its turns between the jobs, whose times count here. */
    private static final Map<String, String> UNPREPARED = Map.of("TALLY_MEASUREMENT_PREPARE", "false");

    @RegisterExtension
    static final Replicas REPLICAS = Replicas.with(UNPREPARED, UNPREPARED);

    private static final int SOME_SECONDS = 5_000;

    /** In which a job whose worker is lost is done by another. */
    private static final Duration PROMISED = Duration.ofSeconds(30);

    /** In which nobody takes a worker for dead. */
    private static final Duration TAKEN_FOR_ALIVE = Duration.ofSeconds(8);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TallyContainer first = REPLICAS.first();
    private final TallyContainer second = REPLICAS.second();

    @Test
    void theOtherDoesTheJobOfAReplicaThatIsKilled() {
        String id = Replicas.submit(first, SOME_SECONDS);
        TallyContainer killed = REPLICAS.workerOf(Replicas.running(first, id));
        TallyContainer left = REPLICAS.otherThan(killed);
        List<String> queued = Stream.of(killed, left, killed, left)
                .map(replica -> Replicas.submit(replica, 100))
                .toList();

        killed.kill();
        Instant then = Instant.now();
        String meanwhile = Replicas.submit(left, 100);

        StoredJob done = Replicas.done(left, id);
        assertThat(REPLICAS.workerOf(done)).isSameAs(left);
        assertThat(done.endedAt()).isBefore(then.plus(PROMISED));
        assertThat(REPLICAS.attempts(id)).isEqualTo(2);
        queued.forEach(job -> Replicas.done(left, job));
        Replicas.done(left, meanwhile);

        killed.startAgain();
        assertThat(Replicas.job(killed, id)).isEqualTo(done);
        works(killed);
        nothingIsLostNorLeft();
    }

    /** Of all jobs that there are: each has its one result, and had the device to itself. */
    private void nothingIsLostNorLeft() {
        REPLICAS.requireEmptyQueue();
        assertThat(REPLICAS.query("select id, state from job where state <> 'done'"))
                .isEmpty();
        assertThat(REPLICAS.query("select count(*) from job where result is null"))
                .isEqualTo("0");
        StoredJob.requireOneAtATime(all(first));
    }

    private static List<StoredJob> all(TallyContainer replica) {
        List<StoredJob> jobs = new ArrayList<>();
        replica.api().get("/v1/jobs?limit=500").json().get("jobs").forEach(job -> jobs.add(new StoredJob(job)));
        return jobs;
    }

    /** A job is done by it, sooner or later. */
    private static void works(TallyContainer replica) {
        await().atMost(PATIENCE)
                .until(() ->
                        Replicas.done(replica, Replicas.submit(replica, 50)).isOf(Replicas.name(replica)));
    }

    @Test
    void aReplicaThatStopsHandsItsJobToTheOther() {
        String id = Replicas.submit(first, SOME_SECONDS);
        TallyContainer stopped = REPLICAS.workerOf(Replicas.running(first, id));
        TallyContainer left = REPLICAS.otherThan(stopped);
        CompletableFuture<Api.Answer> waiting =
                CompletableFuture.supplyAsync(() -> stopped.api().analyse(Replicas.request(120), "Prefer", "wait=60"));
        await().atMost(PATIENCE)
                .until(() -> all(left).stream().anyMatch(job -> job.state().equals("queued")));

        Instant then = Instant.now();
        stopped.terminate();

        assertThat(Duration.between(then, Instant.now()))
                .as("well within the 10 s that docker stop gives")
                .isLessThan(Duration.ofSeconds(10));
        assertThat(exitCode(stopped)).as("not killed").isEqualTo(143);
        StoredJob done = Replicas.done(left, id);
        assertThat(REPLICAS.workerOf(done)).isSameAs(left);
        assertThat(done.startedAt())
                .as("at once, not when the worker is taken for dead")
                .isBefore(then.plus(TAKEN_FOR_ALIVE));
        Api.Answer told = waiting.join();
        assertThat(told.status()).as(told.text()).isEqualTo(202);
        assertThat(told.header("Location"))
                .isEqualTo("/v1/jobs/" + told.json().get("id").asString());
        Replicas.done(left, told.json().get("id").asString());

        stopped.startAgain();
        works(stopped);
        nothingIsLostNorLeft();
    }

    private static Integer exitCode(TallyContainer container) {
        return container.getCurrentContainerInfo().getState().getExitCode();
    }

    @Test
    void aDatabaseThatStopsAndStartsHoldsUpNothingButMeasuring() {
        String id = Replicas.submit(first, SOME_SECONDS);
        Replicas.running(first, id);
        List<String> accepted = Stream.of(first, second)
                .map(replica -> Replicas.submit(replica, 100))
                .toList();

        REPLICAS.stopDatabase();

        for (TallyContainer replica : List.of(first, second)) {
            onlyMeasuringIsRefused(replica, id);
        }

        REPLICAS.startDatabase();

        for (TallyContainer replica : List.of(first, second)) {
            await().atMost(PATIENCE)
                    .until(() -> replica.api().get("/v1/jobs/" + id).status() == 200);
        }
        Replicas.done(first, id);
        accepted.forEach(job -> Replicas.done(second, job));
        works(first);
        works(second);
        nothingIsLostNorLeft();
    }

    private static void onlyMeasuringIsRefused(TallyContainer replica, String id) {
        assertThat(replica.api().analyse("{\"ready\": \"googlenet\"}").status()).isEqualTo(200);
        for (Api.Answer answer :
                List.of(Replicas.submission(replica, 100), replica.api().get("/v1/jobs/" + id))) {
            answer.problem(503, "storage-unavailable");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        }
        assertThat(replica.api().isReady()).as("it answers what it can").isTrue();
    }

    @Test
    void theOtherDoesTheJobOfAReplicaThatIsCutOffFromTheDatabase() {
        String id = Replicas.submit(first, SOME_SECONDS);
        TallyContainer cut = REPLICAS.workerOf(Replicas.running(first, id));
        TallyContainer left = REPLICAS.otherThan(cut);
        String queued = Replicas.submit(cut, 100);

        REPLICAS.cutOff(cut);
        Instant then = Instant.now();

        onlyMeasuringIsRefused(cut, id);
        StoredJob done = Replicas.done(left, id);
        assertThat(REPLICAS.workerOf(done)).isSameAs(left);
        assertThat(done.endedAt()).isBefore(then.plus(PROMISED));
        Replicas.done(left, queued);

        REPLICAS.reconnect(cut);

        await().atMost(PATIENCE).until(() -> cut.api().get("/v1/jobs/" + id).status() == 200);
        works(cut);
        assertThat(Replicas.job(cut, id)).as("the first run stores nothing").isEqualTo(done);
        assertThat(REPLICAS.attempts(id)).isEqualTo(2);
        nothingIsLostNorLeft();
    }

    @Test
    void aJobGetsOverACutThatIsShorterThanItTakesToBeTakenForDead() throws InterruptedException {
        String id = Replicas.submit(first, SOME_SECONDS);
        TallyContainer cut = REPLICAS.workerOf(Replicas.running(first, id));

        REPLICAS.cutOff(cut);
        // For how long is what matters here.
        Thread.sleep(3_000);
        REPLICAS.reconnect(cut);

        Replicas.done(REPLICAS.otherThan(cut), id);
        await().atMost(PATIENCE).until(() -> cut.api().get("/v1/jobs/" + id).status() == 200);
        works(cut);
        nothingIsLostNorLeft();
    }
}
