package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.web.Api;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One that answers and one that measures. */
@RequiresDocker
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RolesIT {
    @RegisterExtension
    static final Replicas REPLICAS = Replicas.with(Map.of("TALLY_ROLES", "api"), Map.of("TALLY_ROLES", "worker"));

    private final TallyContainer api = REPLICAS.first();
    private final TallyContainer worker = REPLICAS.second();

    /** Who answers has to have heard of who measures. */
    @BeforeAll
    static void aWorkerIsKnown() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Replicas.submission(REPLICAS.first(), 20).status() == 202);
    }

    @Test
    void oneMeasuresWhatTheOtherIsAskedFor() {
        Api.Answer answer = api.api().analyse(Replicas.request(100), "Prefer", "wait=60");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        StoredJob job = StoredJob.of(api.api().get(answer.header("Content-Location")));
        assertThat(REPLICAS.workerOf(job)).isSameAs(worker);
        assertThat(answer.json().get("measured")).isEqualTo(job.json().at("/result/measured"));
    }

    @Test
    void whoOnlyMeasuresAnswersNothingButWhetherItIsWell() {
        Api.Answer health = worker.api().get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().get("status").asString()).isEqualTo("UP");

        worker.api().get("/v1/networks").problem(404, "not-found");
        worker.api().get("/v1/jobs").problem(404, "not-found");
        assertThat(Replicas.submission(worker, 20)
                        .problem(404, "not-found")
                        .get("detail")
                        .asString())
                .contains("tally.roles=worker");
    }

    @Test
    void theOnlyWorkerFinishesItsJobAfterItWasKilledAndStartedAgain() {
        String id = Replicas.submit(api, 5_000);
        Replicas.running(api, id);

        worker.kill();
        String meanwhile = Replicas.submit(api, 100);
        assertThat(Replicas.job(api, id).state()).isEqualTo("running");
        worker.startAgain();

        StoredJob done = Replicas.done(api, id);
        assertThat(REPLICAS.attempts(id)).isEqualTo(2);
        StoredJob.requireOneAtATime(List.of(done, Replicas.done(api, meanwhile)));
        REPLICAS.requireEmptyQueue();
    }
}
