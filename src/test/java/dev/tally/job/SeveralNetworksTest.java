package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tally.engine.SlowEngines;
import dev.tally.job.StoredResults.StoredNetwork;
import dev.tally.latency.Measured;
import dev.tally.network.Network;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs that measure several networks, from submission to what is stored. */
@SpringBootTest(properties = "tally.measurement.longest=20s")
@Import(SlowEngines.class)
class SeveralNetworksTest {
    /** One step, and two with one of the same work. */
    private static final String ONE = "{\"input\": [4, 4, 1], \"layers\": [{\"type\": \"relu\"}]}";

    private static final String TWO =
            "{\"input\": [4, 4, 1], \"layers\": [{\"type\": \"relu\"}, {\"type\": \"avg_pool2d\", \"kernel\": 2}]}";

    /** Of no type that the reference computes in the precision that the tests ask for. */
    private static final String INTEGERS = "{\"input\": [4], \"dtype\": \"int8\", \"layers\": [{\"type\": \"relu\"}]}";

    @Autowired
    private Installation installation;

    @Autowired
    private Submissions submissions;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JdbcClient jdbc;

    private String submit(JobKind kind, String json) {
        JsonNode request = JsonMapper.shared().readTree(json);
        return jobs.submit(
                submissions.of(kind.id(), request, kind.read(request, new MeasureReader(installation)), null));
    }

    private String compare(int budgetMillis, String... networks) {
        return submit(
                new ComparisonKind(),
                "{\"networks\": [" + String.join(", ", networks) + "], \"measure\": {\"threads\": 1, \"budgetMillis\": "
                        + budgetMillis + "}}");
    }

    private Job awaited(String id, Predicate<Job> wanted) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> jobs.find(id).orElseThrow(), wanted);
    }

    private List<StoredNetwork> done(String id, Network... networks) {
        Job job = awaited(id, found -> found.state().finished());
        assertThat(job.failure()).isNull();
        return StoredResults.read(Objects.requireNonNull(job.result())).of(List.of(networks)).stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    private static StoredResult.StoredMeasurement measured(StoredNetwork network) {
        return Objects.requireNonNull(network.result()).engines().getFirst();
    }

    @Test
    void theFirstIsMeasuredByItselfAndTheOthersInTurnsWithIt() {
        String id = compare(40, ONE, TWO);

        List<StoredNetwork> found = done(id, Measured.network(ONE), Measured.network(TWO));

        assertThat(measured(found.get(0)).baseline()).isNull();
        assertThat(measured(found.get(0)).steps()).extracting("layer").containsExactly("relu_1");
        assertThat(Objects.requireNonNull(measured(found.get(1)).baseline()).ratio())
                .isPositive();
        assertThat(measured(found.get(1)).steps()).extracting("layer").containsExactly("relu_1", "avg_pool2d_1");
        assertThat(measured(found.get(1)).conditions().engine()).isEqualTo("slow");
    }

    @Test
    void aNetworkThatStandsThereTwiceIsMeasuredTwice() {
        List<StoredNetwork> found = done(compare(20, ONE, ONE), Measured.network(ONE), Measured.network(ONE));

        assertThat(measured(found.get(0)).baseline()).isNull();
        assertThat(measured(found.get(1)).baseline()).isNotNull();
    }

    @Test
    void progressIsOverAllAndWhatIsDoneIsThereBeforeTheRest() {
        String id = compare(1_500, TWO, ONE, ONE);

        Job running = awaited(
                id,
                job -> job.result() != null
                        && job.progress() != null
                        && job.progress().done() > 3);

        assertThat(running.state()).isEqualTo(JobState.RUNNING);
        assertThat(Objects.requireNonNull(running.progress()).of())
                .as("a network and its two layers, and two networks that are their only layer")
                .isEqualTo(5);
        StoredResults partial = StoredResults.read(Objects.requireNonNull(running.result()));
        assertThat(partial.networks().getFirst().networkHash())
                .isEqualTo(Measured.network(TWO).hash());
        assertThat(measured(partial.networks().getFirst()).steps()).hasSize(2);
        jobs.cancel(id);
    }

    @Test
    void oneThatNoEngineRunsIsStoredWithItsReasonAndTheOthersAreMeasured() {
        List<StoredNetwork> found = done(
                compare(20, ONE, INTEGERS, TWO),
                Measured.network(ONE),
                Measured.network(INTEGERS),
                Measured.network(TWO));

        assertThat(found.get(1).result()).isNull();
        Failure failure = Objects.requireNonNull(found.get(1).failure());
        assertThat(failure.kind()).isEqualTo(Failure.Kind.ENGINE_CANNOT_RUN);
        assertThat(failure.errors().getFirst().pointer()).isEqualTo("/networks/1/dtype");
        assertThat(measured(found.get(2)).baseline()).isNotNull();
    }

    @Test
    void whereTheFirstCannotBeRunTheOthersAreMeasuredByThemselves() {
        List<StoredNetwork> found = done(compare(20, INTEGERS, ONE), Measured.network(INTEGERS), Measured.network(ONE));

        assertThat(found.get(0).failure()).isNotNull();
        assertThat(measured(found.get(1)).baseline()).isNull();
    }

    @Test
    void whereNoneCanBeRunTheFirstReasonIsTold() {
        FailedException failed = catchThrowableOfType(FailedException.class, () -> compare(20, INTEGERS, INTEGERS));

        assertThat(failed.failure().errors().getFirst().pointer()).isEqualTo("/networks/0/dtype");
    }

    @Test
    void theTimesOfAllTogetherAreWhatIsAllowed() {
        FailedException failed = catchThrowableOfType(FailedException.class, () -> compare(10_000, ONE, TWO));

        assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.MEASUREMENT_TOO_LONG);
        assertThat(failed.failure().detail())
                .contains("at most 20 s", "these 2 networks would take about", "leave engines or networks out");
    }

    @Test
    void layersThatWereMeasuredInSeveralNetworksCountInTheLatencyTableForEach() {
        String other = ONE.replace("4, 4, 1", "6, 4, 1");
        done(compare(20, other, other, other));

        assertThat(jdbc.sql("select max(measurements) from latency where layer_key like 'relu | 6x4x1 |%'")
                        .query(Integer.class)
                        .single())
                .as("disturbed ones may not count")
                .isBetween(1, 3);
        assertThat(jdbc.sql("select count(*) from latency where layer_key like 'relu | 6x4x1 |%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void layersOfASweepAreMeasuredByThemselves() {
        String request = "{\"network\": {\"input\": [4, 4, 2], \"parameters\": {\"width\": 1}, \"layers\": ["
                + "{\"name\": \"wide\", \"type\": \"conv2d\", \"filters\": \"$width\", \"kernel\": 1,"
                + " \"activation\": \"relu\"}, {\"name\": \"pool\", \"type\": \"max_pool2d\", \"kernel\": 2}]},"
                + " \"points\": [{\"parameters\": {\"width\": 3}, \"layers\": [\"wide\", \"pool\"]},"
                + " {\"parameters\": {\"width\": 5}, \"layers\": [\"wide\"]}],"
                + " \"measure\": {\"threads\": 1, \"budgetMillis\": 20}}";

        Job job = awaited(
                submit(new LayersKind(), request), found -> found.state().finished());

        List<StoredNetwork> found =
                StoredResults.read(Objects.requireNonNull(job.result())).networks();
        assertThat(found).hasSize(3);
        for (StoredNetwork layer : found) {
            assertThat(measured(layer).steps()).as("a layer is its own whole").isEmpty();
        }
        assertThat(jdbc.sql("select layer_key from latency where layer_key like '%| 4x4x2 |%'"
                                + " or layer_key like '%| 4x4x3 |%'")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "conv k1x1 s1x1 d1x1 p0+0,0+0 f3 g1 bias + relu | 4x4x2 | n1 float32 channels_last",
                        "conv k1x1 s1x1 d1x1 p0+0,0+0 f5 g1 bias + relu | 4x4x2 | n1 float32 channels_last",
                        "max_pool k2x2 s2x2 d1x1 p0+0,0+0 | 4x4x3 | n1 float32 channels_last");
    }
}
