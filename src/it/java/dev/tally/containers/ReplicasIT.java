package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.web.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas that share a database, as clients see them: whichever is asked, it is one service. */
@RequiresDocker
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReplicasIT {
    /** What a worker does after it has started takes its turns between the jobs, whose times count here. */
    private static final Map<String, String> UNPREPARED = Map.of("TALLY_MEASUREMENT_PREPARE", "false");

    @RegisterExtension
    static final Replicas REPLICAS = Replicas.with(UNPREPARED, UNPREPARED);

    private final TallyContainer first = REPLICAS.first();
    private final TallyContainer second = REPLICAS.second();

    @Test
    void twentyJobsAreDoneOnceEachByBothAndNeverTwoAtOnce() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(Replicas.submit(i % 2 == 0 ? first : second, 150));
        }

        List<StoredJob> done = ids.stream().map(id -> Replicas.done(first, id)).toList();

        assertThat(ids).doesNotHaveDuplicates();
        StoredJob.requireOneAtATime(done);
        assertThat(StoredJob.workers(done)).as("both work").hasSize(2);
        assertThat(ids).allSatisfy(id -> assertThat(REPLICAS.attempts(id)).isEqualTo(1));
        assertThat(ids)
                .allSatisfy(id -> assertThat(Replicas.job(second, id))
                        .as("what the other replica knows of it")
                        .isEqualTo(Replicas.job(first, id)));
        REPLICAS.requireEmptyQueue();
    }

    @Test
    void aJobIsCancelledOnTheReplicaThatDoesNotRunIt() {
        String id = Replicas.submit(first, 60_000);
        TallyContainer worker = REPLICAS.workerOf(Replicas.running(first, id));
        TallyContainer other = REPLICAS.otherThan(worker);
        String next = Replicas.submit(other, 100);

        Api.Answer cancelled = other.api().send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody());
        Api.Answer again = worker.api().send("DELETE", "/v1/jobs/" + id, BodyPublishers.noBody());

        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        StoredJob end = StoredJob.of(cancelled);
        assertThat(end.state()).isEqualTo("cancelled");
        assertThat(again.status()).as("twice").isEqualTo(200);
        assertThat(again.text()).isEqualTo(cancelled.text());
        // A second for the run to end, and another for the next to be begun.
        assertThat(Replicas.done(first, next).startedAt())
                .isBetween(end.endedAt(), end.endedAt().plus(Duration.ofSeconds(2)));
        assertThat(Replicas.job(first, id).json().has("result")).isFalse();
        REPLICAS.requireEmptyQueue();
    }

    @Test
    void theReplicaThatDoesNotRunAJobTellsOfItsEnd() {
        String id = Replicas.submit(first, 1_500);
        TallyContainer worker = REPLICAS.workerOf(Replicas.running(first, id));

        Api.Answer events = REPLICAS.otherThan(worker).api().get("/v1/jobs/" + id + "/events");

        assertThat(events.status()).isEqualTo(200);
        assertThat(events.text()
                        .lines()
                        .filter(line -> line.startsWith("event:"))
                        .map(line -> line.substring("event:".length()))
                        .distinct())
                .containsExactly("running", "done");
        assertThat(events.text()).contains(worker(worker, id));
    }

    private static String worker(TallyContainer replica, String id) {
        return "\"worker\":\"" + Replicas.job(replica, id).worker() + "\"";
    }

    @Test
    void theSameKeyAtBothReplicasAtOnceIsOneJob() {
        for (int i = 0; i < 10; i++) {
            String key = "at-once-" + i;
            CyclicBarrier both = new CyclicBarrier(2);
            List<CompletableFuture<String>> places = Stream.of(first, second)
                    .map(replica -> CompletableFuture.supplyAsync(
                            () -> place(replica, key, both),
                            task -> Thread.ofVirtual().start(task)))
                    .toList();

            assertThat(places.getFirst().join()).isEqualTo(places.getLast().join());
            assertThat(REPLICAS.query("select count(*) from job where idempotency_key = '" + key + "'"))
                    .isEqualTo("1");
        }
    }

    /** Where the job is that a request with a key became, sent together with another. */
    private static String place(TallyContainer replica, String key, CyclicBarrier both) {
        try {
            both.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        // 202, or 200 if it is done by now.
        Api.Answer answer = Replicas.submission(replica, 20, "Idempotency-Key", key);
        String place = answer.header(answer.status() == 200 ? "Content-Location" : "Location");
        assertThat(place).as(answer.text()).startsWith("/v1/jobs/");
        return place;
    }
}
