package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tally.job.Announcement.EngineEntry;
import dev.tally.job.JobStore.Claim;
import dev.tally.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What the tables of jobs, workers and devices promise, on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class JobTablesTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    @Parameter
    private TestDatabase database = TestDatabase.H2;

    private HikariDataSource pool = new HikariDataSource();
    private JdbcClient jdbc = JdbcClient.create(pool);
    private JobStore store = new JobStore(jdbc);
    private Devices devices = new Devices(jdbc, new TransactionTemplate());

    @BeforeEach
    void open() {
        pool = database.open();
        jdbc = JdbcClient.create(pool);
        store = new JobStore(jdbc);
        devices = new Devices(jdbc, new TransactionTemplate(new DataSourceTransactionManager(pool)));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private String insert(Instant at, @Nullable String key) {
        String id = UUID.randomUUID().toString();
        Submission submission = new Submission(
                "analysis", JsonMapper.shared().createObjectNode(), new Route(List.of("java"), Route.ANY), key);
        store.insert(id, submission, "hash", "{\"name\":\"\\ud800 é\"}", at);
        return id;
    }

    private Job find(String id) {
        return store.find(id).orElseThrow();
    }

    private Claim claim(String id) {
        return store.claim(id, "worker", NOW).orElseThrow();
    }

    @Test
    void aJobIsReadAsItWasStored() {
        Job job = find(insert(NOW, null));

        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.createdAt()).isEqualTo(NOW);
        assertThat(job.request()).isEqualTo("{\"name\":\"\\ud800 é\"}");
        assertThat(job.startedAt()).isNull();
        assertThat(store.find(UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void aKeyIsOneJobs() {
        String id = insert(NOW, "key");

        assertThatThrownBy(() -> insert(NOW, "key")).isInstanceOf(DuplicateKeyException.class);
        assertThat(store.withKey("key")).contains(new JobStore.Known(id, "hash"));
        assertThat(store.withKey("KEY")).isEmpty();
        insert(NOW, null);
        insert(NOW, null);
    }

    @Test
    void aJobGoesThroughItsStates() {
        String id = insert(NOW, null);
        Claim claim = claim(id);

        assertThat(store.holds(claim)).isTrue();
        assertThat(store.progress(claim, new Progress(1, 3, 2.5), "{\"part\":1}"))
                .isTrue();
        Job running = find(id);
        assertThat(running.state()).isEqualTo(JobState.RUNNING);
        assertThat(running.progress()).isEqualTo(new Progress(1, 3, 2.5));
        assertThat(running.result()).isEqualTo("{\"part\":1}");
        assertThat(running.worker()).isEqualTo("worker");
        assertThat(store.progress(claim, new Progress(2, 3, 1), null)).isTrue();
        assertThat(find(id).result()).as("kept").isEqualTo("{\"part\":1}");

        assertThat(store.finish(claim, "{\"all\":1}", NOW.plusSeconds(1))).isTrue();
        Job done = find(id);
        assertThat(done.state()).isEqualTo(JobState.DONE);
        assertThat(done.result()).isEqualTo("{\"all\":1}");
        assertThat(done.progress()).isNull();
        assertThat(done.endedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(store.claim(id, "worker", NOW)).as("finished").isEmpty();
    }

    @Test
    void onlyTheLatestClaimMayWrite() {
        String id = insert(NOW, null);
        Claim first = claim(id);
        Claim second = store.claim(id, "another", NOW).orElseThrow();

        assertThat(second.attempt()).isEqualTo(first.attempt() + 1);
        assertThat(store.holds(first)).isFalse();
        assertThat(store.progress(first, new Progress(1, 1, 0), null)).isFalse();
        assertThat(store.finish(first, "{}", NOW)).isFalse();
        assertThat(store.fail(first, Failure.of(Failure.Kind.INTERNAL_ERROR, ""), NOW))
                .isFalse();
        assertThat(store.handBack(first)).isFalse();
        assertThat(store.finish(second, "{}", NOW)).isTrue();
        assertThat(store.finish(second, "{}", NOW)).as("once").isFalse();
    }

    @Test
    void whatIsHandedBackWasNotBegun() {
        String id = insert(NOW, null);
        for (int i = 1; i <= 5; i++) {
            Claim claim = claim(id);
            assertThat(claim.begun()).isEqualTo(1);
            assertThat(store.handBack(claim)).isTrue();
            assertThat(find(id).state()).isEqualTo(JobState.QUEUED);
        }
        claim(id);
        assertThat(claim(id).begun()).as("its worker died").isEqualTo(2);
    }

    @Test
    void aFailureIsKeptWithItsPlaces() {
        String id = insert(NOW, null);
        Failure failure = Failure.at(Failure.Kind.MEASUREMENT_TOO_LARGE, "too large \u0000 é", "/measure");

        assertThat(store.fail(claim(id), failure, NOW)).isTrue();
        assertThat(find(id).failure()).isEqualTo(failure);
    }

    @Test
    void aCancelledJobIsNobodysAnyMore() {
        String queued = insert(NOW, null);
        String running = insert(NOW, null);
        Claim claim = claim(running);

        assertThat(store.cancel(queued, NOW)).isTrue();
        assertThat(store.cancel(running, NOW)).isTrue();
        assertThat(store.cancel(running, NOW)).as("twice").isFalse();
        assertThat(store.finish(claim, "{}", NOW)).isFalse();
        assertThat(find(running).state()).isEqualTo(JobState.CANCELLED);
        assertThat(store.claim(queued, "worker", NOW)).isEmpty();
    }

    @Test
    void pagesAreTheNewestFirstAndJobsOfOneMomentAllAppear() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(insert(NOW.plus(i / 3, ChronoUnit.MICROS), null));
        }
        List<Job> seen = new ArrayList<>();
        List<Job> page = store.newest(null, null, 2);
        while (!page.isEmpty()) {
            seen.addAll(page);
            page = store.newest(
                    JobState.QUEUED,
                    new Place(page.getLast().createdAt(), page.getLast().id()),
                    2);
        }

        assertThat(seen).extracting(Job::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(seen).extracting(Job::createdAt).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(store.newest(JobState.DONE, null, 10)).isEmpty();
        assertThat(store.queued()).isEqualTo(7);
        assertThat(store.ahead(find(ids.get(3)))).isEqualTo(3);
        assertThat(store.heads(ids.subList(0, 2)))
                .extracting(Job::id)
                .containsExactlyInAnyOrder(ids.get(0), ids.get(1));
    }

    @Test
    void onlyWhatEndedLongAgoIsPurged() {
        String old = insert(NOW, null);
        store.finish(claim(old), "{}", NOW);
        String recent = insert(NOW, null);
        store.finish(claim(recent), "{}", NOW.plusSeconds(10));
        String waiting = insert(NOW, null);

        assertThat(store.purge(NOW.plusSeconds(5))).isEqualTo(1);
        assertThat(store.find(old)).isEmpty();
        assertThat(store.find(recent)).isPresent();
        assertThat(store.find(waiting)).isPresent();
    }

    @Test
    void aDeviceIsOneHoldersUntilItIsReleased() {
        assertThat(devices.hold(List.of("cpu"), "one")).isTrue();
        assertThat(devices.hold(List.of("cpu"), "one")).as("for longer").isTrue();
        assertThat(devices.hold(List.of("cpu"), "another")).isFalse();
        assertThat(devices.hold(List.of("gpu"), "another")).isTrue();

        devices.release("one");

        assertThat(devices.hold(List.of("cpu", "gpu"), "another")).isTrue();
        assertThat(devices.hold(List.of("cpu"), "one")).isFalse();
    }

    @Test
    void whoGetsNotAllDevicesGetsNone() {
        assertThat(devices.hold(List.of("gpu"), "one")).isTrue();

        assertThat(devices.hold(List.of("cpu", "gpu"), "another")).isFalse();
        assertThat(devices.hold(List.of("cpu"), "a third")).isTrue();
    }

    @Test
    void aDeviceWhoseHolderIsSilentIsFreeAgain() {
        assertThat(devices.hold(List.of("cpu"), "one")).isTrue();
        jdbc.sql("update device set held_until = held_until - interval '11' second")
                .update();

        assertThat(devices.hold(List.of("cpu"), "another")).isTrue();
        assertThat(devices.hold(List.of("cpu"), "one")).as("too late").isFalse();
    }

    @Test
    void whoWaitedLongestIsNextEvenIfTheLastHolderAsksAtOnce() {
        assertThat(devices.hold(List.of("cpu"), "one")).isTrue();
        assertThat(devices.hold(List.of("cpu"), "another")).isFalse();
        assertThat(devices.hold(List.of("cpu"), "a third")).isFalse();
        assertThat(devices.hold(List.of("cpu"), "one")).as("for longer").isTrue();

        devices.release("one");

        assertThat(devices.hold(List.of("cpu"), "one")).isFalse();
        assertThat(devices.hold(List.of("cpu"), "a third")).isFalse();
        assertThat(devices.hold(List.of("cpu"), "another")).isTrue();
        assertThat(devices.hold(List.of("cpu"), "a third")).isFalse();
        devices.release("another");
        assertThat(devices.hold(List.of("cpu"), "one")).isFalse();
        assertThat(devices.hold(List.of("cpu"), "a third")).isTrue();
    }

    @Test
    void whoIsNextAndDoesNotAskAgainIsPassedOver() {
        assertThat(devices.hold(List.of("cpu"), "one")).isTrue();
        assertThat(devices.hold(List.of("cpu"), "cancelled")).isFalse();
        devices.release("cancelled");
        assertThat(devices.hold(List.of("cpu"), "dead")).isFalse();
        devices.release("one");
        assertThat(devices.hold(List.of("cpu"), "one")).isFalse();

        jdbc.sql("update device set next_until = next_until - interval '3' second")
                .update();

        assertThat(devices.hold(List.of("cpu"), "one")).isTrue();
    }

    @Test
    void ofManyWhoAskAtOnceOneGetsIt() throws Exception {
        int asking = 6;
        try (ExecutorService threads = Executors.newFixedThreadPool(asking)) {
            for (int round = 0; round < 10; round++) {
                String device = "device-" + round;
                CyclicBarrier together = new CyclicBarrier(asking);
                List<Future<Boolean>> held = new ArrayList<>();
                for (int i = 0; i < asking; i++) {
                    String holder = "holder-" + i;
                    held.add(threads.submit(() -> {
                        together.await();
                        return devices.hold(List.of(device), holder);
                    }));
                }
                int holders = 0;
                for (Future<Boolean> one : held) {
                    holders += one.get() ? 1 : 0;
                }
                assertThat(holders).isEqualTo(1);
            }
        }
    }

    @Test
    void workersAreKnownWhileTheyAreHeardOf() {
        WorkerStore workers = new WorkerStore(jdbc);
        Announcement one = new Announcement(
                "one",
                "host",
                2,
                1L << 40,
                List.of(new EngineEntry("java", null), new EngineEntry("cuda", "no GPU")),
                List.of("processor/1"),
                Map.of(1, 1.5e11));
        Announcement other = new Announcement("other", "host", 4, 1, List.of(), List.of(), Map.of());
        workers.announce(one);
        workers.announce(other);
        workers.announce(one);

        assertThat(workers.known()).containsExactly(one, other);
        jdbc.sql("update worker set seen_at = seen_at - interval '61' second where id = 'one'")
                .update();
        assertThat(workers.known()).containsExactly(other);
        workers.announce(one);
        workers.leave("other");
        assertThat(workers.known()).containsExactly(one);
    }

    @Test
    void timesAreTheDatabasesOwn() {
        devices.hold(List.of("cpu"), "one");

        Instant until = jdbc.sql("select held_until from device")
                .query((row, _) ->
                        row.getObject(1, java.time.OffsetDateTime.class).toInstant())
                .single();
        assertThat(Duration.between(Instant.now(), until)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(11));
    }
}
