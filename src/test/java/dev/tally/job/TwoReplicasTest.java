package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.TallyApplication;
import dev.tally.engine.Engine;
import dev.tally.engine.SlowEngines;
import dev.tally.engine.SlowReference;
import dev.tally.measurement.Engines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several services that share a database, in one process: they are on one machine, and so is their processor. */
class TwoReplicasTest {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();

    @BeforeEach
    void startOne() {
        start("api,worker");
    }

    @AfterEach
    void stopAll() {
        replicas.forEach(ConfigurableApplicationContext::close);
    }

    private ConfigurableApplicationContext start(String roles, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.datasource.url=" + url,
                "--server.port=0",
                "--tally.roles=" + roles,
                "--spring.main.banner-mode=off"));
        arguments.addAll(List.of(more));
        ConfigurableApplicationContext replica = new SpringApplicationBuilder(TallyApplication.class, SlowEngines.class)
                .web(WebApplicationType.SERVLET)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("noOtherTestsBeans", new OtherTestsBeans()))
                .run(arguments.toArray(String[]::new));
        replicas.add(replica);
        return replica;
    }

    /** What lies beside this test, and is scanned without the filter that SpringBootTest has. */
    private static final class OtherTestsBeans extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) {
            String enclosing = type.getClassMetadata().getEnclosingClassName();
            return type.getAnnotationMetadata().isAnnotated(TestConfiguration.class.getName())
                    || (enclosing != null && enclosing.endsWith("Test"));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OtherTestsBeans;
        }

        @Override
        public int hashCode() {
            return OtherTestsBeans.class.hashCode();
        }
    }

    private Jobs jobs() {
        return replicas.getFirst().getBean(Jobs.class);
    }

    private static JsonNode request(int budgetMillis) {
        return JsonMapper.shared()
                .readTree("{\"input\": [4, 4, 1], \"layers\": [{\"type\": \"relu\"}],"
                        + " \"measure\": {\"threads\": 1, \"budgetMillis\": " + budgetMillis + "}}");
    }

    private String submit(int budgetMillis) {
        return jobs().submit(
                        new Submission("analysis", request(budgetMillis), new Route(List.of("slow"), Route.ANY), null));
    }

    private Job awaited(String id, Predicate<Job> wanted) {
        return await().atMost(Duration.ofSeconds(40))
                .until(() -> jobs().find(id).orElseThrow(), wanted);
    }

    private Job done(String id) {
        return awaited(id, job -> job.state() == JobState.DONE);
    }

    @Test
    void theProcessorNeverRunsTwoJobsAtOnceAndAllAreDone() throws Exception {
        start("worker");
        List<String> ids = IntStream.range(0, 8).mapToObj(_ -> submit(150)).toList();

        List<Job> done = new ArrayList<>();
        for (String id : ids) {
            done.add(done(id));
        }

        done.sort(Comparator.comparing(Job::startedAt));
        Set<String> workers = new HashSet<>();
        for (int i = 0; i < done.size(); i++) {
            workers.add(String.valueOf(done.get(i).worker()));
            assertThat(done.get(i).attempt()).as("once").isEqualTo(1);
            if (i > 0) {
                assertThat(done.get(i).startedAt())
                        .isAfterOrEqualTo(done.get(i - 1).endedAt());
            }
        }
        assertThat(workers).as("both work").hasSize(2);
        assertThat(replicas.getFirst()
                        .getBean(JdbcClient.class)
                        .sql("select sum(measurements) from latency")
                        .query(Integer.class)
                        .single())
                .as("of the network and of its only layer, of each job once; disturbed ones may not count")
                .isBetween(2, 16);
    }

    @Test
    void aServiceThatShutsDownHandsItsJobBackAndAnotherDoesIt() throws Exception {
        String id = submit(3_000);
        Job running = awaited(id, job -> job.state() == JobState.RUNNING);

        ConfigurableApplicationContext first = replicas.removeFirst();
        start("api,worker");
        Instant then = Instant.now();
        first.close();
        assertThat(Duration.between(then, Instant.now()))
                .as("it does not wait for the job")
                .isLessThan(Duration.ofSeconds(5));

        Job done = done(id);
        assertThat(done.worker()).isNotEqualTo(running.worker());
        assertThat(done.attempt()).isEqualTo(2);
    }

    /** ONNX Runtime does: it has a shutdown hook of its own. */
    @Test
    void aJobWhoseEngineClosesWithItsServiceIsHandedBackAsWell() throws Exception {
        ConfigurableApplicationContext first = replicas.getFirst();
        Engine engine = first.getBean(Engines.class).find(SlowReference.ID).orElseThrow();
        ((SlowReference) engine).closeWhen(first.getBean(JobExecution.class)::isEnding);
        String id = submit(3_000);
        awaited(id, job -> job.state() == JobState.RUNNING && job.progress() != null);

        start("api,worker");
        replicas.removeFirst().close();

        assertThat(done(id).attempt()).isEqualTo(2);
    }

    @Test
    void aServiceThatIsStoppedAndStartedAgainWorksAgain() throws Exception {
        ConfigurableApplicationContext only = replicas.getFirst();
        done(submit(20));

        only.stop();
        only.start();

        done(submit(20));
    }

    @Test
    void aJobThatBringsItsWorkersDownIsGivenUp() throws Exception {
        JobStore store = replicas.getFirst().getBean(JobStore.class);
        // Its device is somebody else's for now, so that it is not begun here.
        Devices devices = replicas.getFirst().getBean(Devices.class);
        while (!devices.hold(List.of(DeviceIds.processor()), "a test")) {
            Thread.sleep(20);
        }
        String id = submit(50);
        for (int i = 0; i < 3; i++) {
            assertThat(store.claim(id, "a worker that dies", Instant.now())).isPresent();
        }
        devices.release("a test");

        Job failed = awaited(id, job -> job.state().finished());
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        Failure failure = Objects.requireNonNull(failed.failure());
        assertThat(failure.kind()).isEqualTo(Failure.Kind.GAVE_UP);
        assertThat(failure.detail()).contains("begun 3 times", "tally.jobs.attempts");
    }

    @Test
    void aJobForAnotherHostWaitsForIt() throws Exception {
        String elsewhere = jobs().submit(
                        new Submission("analysis", request(20), new Route(List.of("slow"), "another-host"), null));
        String here = submit(20);

        done(here);
        assertThat(jobs().find(elsewhere).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        assertThat(jobs().ahead(jobs().find(elsewhere).orElseThrow())).isZero();
    }

    @Test
    void aServiceThatOnlyAnswersKnowsWhoMeasures() throws Exception {
        ConfigurableApplicationContext api = start("api");
        Installation installation = api.getBean(Installation.class);
        await().until(installation::hasWorkers);

        assertThat(installation.mostCores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(installation.unavailable("slow")).isNull();
        String id = api.getBean(Jobs.class)
                .submit(new Submission("analysis", request(20), new Route(List.of("slow"), Route.ANY), null));
        assertThat(done(id).result()).contains("\"engine\":\"slow\"");
    }

    @Test
    void finishedJobsAreForgottenAfterAWhile() throws Exception {
        String id = submit(20);
        done(id);
        JobStore store = replicas.getFirst().getBean(JobStore.class);

        assertThat(store.purge(Instant.now().minus(Duration.ofDays(1)))).isZero();
        assertThat(store.purge(Instant.now())).isEqualTo(1);
        assertThat(jobs().find(id)).isEmpty();
    }
}
