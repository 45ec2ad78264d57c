package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.tally.web.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.postgresql.PostgreSQLContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tally's own image, as the Dockerfile makes it. */
@RequiresDocker
class ImageIT {
    private static final long MOST_BYTES = 450_000_000;

    /** On H2, for what leaves it as it is. */
    private static TallyContainer shared;

    @BeforeAll
    static void start() {
        shared = TallyContainer.with(Map.of());
        shared.start();
    }

    @AfterAll
    static void stop() {
        shared.stop();
    }

    @Test
    void answersTheLecturesNetwork() throws IOException {
        countsTheLecture(shared);
        assertThat(errors(shared)).isEmpty();
    }

    @Test
    void measuresWithAllEnginesButThatForGpus() {
        for (JsonNode engine : shared.api().get("/v1/engines").json().get("engines")) {
            boolean gpu = engine.get("id").asString().equals("onnxruntime-cuda");
            assertThat(engine.get("available").asBoolean())
                    .as(engine.toString())
                    .isEqualTo(!gpu);
        }
        assertThat(measure(shared).json().get("measured").size()).isEqualTo(2);
    }

    @Test
    void isAUserOfItsOwnThatMayNotChangeTheService() throws Exception {
        assertThat(shell("stat --format=%u /proc/1")).isEqualTo("10001");
        assertThat(shell("find /opt -writable")).isEmpty();
    }

    /** By the check that the image brings, which takes no tool but bash. */
    @Test
    void saysToTheEngineWhetherItIsReady() throws Exception {
        assertThat(shell("/opt/tally/ready && echo ready")).isEqualTo("ready");
        assertThat(shell("SERVER_PORT=9 /opt/tally/ready || echo not")).isEqualTo("not");
        await().atMost(Duration.ofSeconds(60)).until(shared::isHealthy);
    }

    @Test
    void endsInGoodOrder() {
        try (TallyContainer tally = TallyContainer.with(Map.of())) {
            tally.start();

            tally.terminate();

            assertThat(tally.getLogs()).contains("Graceful shutdown complete");
            assertThat(errors(tally)).isEmpty();
        }
    }

    @Test
    void handsBackWhatItMeasuresWhenItIsAskedToEnd() {
        try (TallyContainer tally = TallyContainer.with(Map.of())) {
            tally.start();
            String job = tally.api().analyse("""
                            {"ready": "googlenet",
                             "measure": {"engines": ["onnxruntime-cpu"], "threads": 1, "budgetMillis": 2000}}
                            """, "Prefer", "respond-async").header("Location");
            await().atMost(Duration.ofSeconds(60)).until(() -> state(tally, job).equals("running"));

            tally.terminate();
            tally.startAgain();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !state(tally, job).matches("queued|running"));
            assertThat(state(tally, job)).as(tally.getLogs()).isEqualTo("done");
            assertThat(errors(tally)).isEmpty();
        }
    }

    private static String state(TallyContainer tally, String job) {
        return tally.api().get(job).json().get("state").asString();
    }

    @Test
    void answersOnAPostgresqlAsWell() throws IOException {
        try (Network network = Network.newNetwork();
                PostgreSQLContainer database = new PostgreSQLContainer(Images.postgres())
                        .withNetwork(network)
                        .withNetworkAliases("database");
                TallyContainer tally = TallyContainer.on(database, "database", Map.of())) {
            database.start();
            tally.start();

            countsTheLecture(tally);
            assertThat(tally.api().get("/actuator/health").status()).isEqualTo(200);
            assertThat(tally.getLogs()).contains("Database: jdbc:postgresql://database/");
            assertThat(errors(tally)).isEmpty();
        }
    }

    @Test
    void keepsItsResultsOverAKill() {
        try (TallyContainer tally = TallyContainer.with(Map.of())) {
            tally.start();
            String job = measure(tally).header("Content-Location");
            String result = tally.api().get(job).text();

            tally.kill();
            assertThat(tally.isRunning()).isFalse();
            tally.startAgain();

            assertThat(tally.api().get(job).text()).isEqualTo(result).contains("\"state\":\"done\"");
            assertThat(errors(tally)).isEmpty();
        }
    }

    @Test
    void leavesItsResultsToTheNextContainerOnTheSameVolume() {
        String volume = "tally-test-" + UUID.randomUUID();
        try {
            String job;
            String result;
            try (TallyContainer first = onVolume(volume)) {
                first.start();
                job = measure(first).header("Content-Location");
                result = first.api().get(job).text();
                first.kill();
            }
            try (TallyContainer second = onVolume(volume)) {
                second.start();

                assertThat(second.api().get(job).text()).isEqualTo(result).contains("\"state\":\"done\"");
                assertThat(errors(second)).isEmpty();
            }
        } finally {
            DockerClientFactory.instance().client().removeVolumeCmd(volume).exec();
        }
    }

    private static TallyContainer onVolume(String volume) {
        Bind data = new Bind(volume, new Volume("/var/lib/tally"));
        return TallyContainer.with(Map.of())
                .withCreateContainerCmdModifier(
                        command -> command.getHostConfig().withBinds(data));
    }

    @Test
    void startsFromTheCacheOfItsClasses() throws IOException {
        try (TallyContainer tally = TallyContainer.with(Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"))) {
            tally.start();

            countsTheLecture(tally);
        }
    }

    /** Which is a gain, never a condition. It was made for other pointers than these. */
    @Test
    void startsWithoutThatCacheWhereItDoesNotFit() throws IOException {
        String arguments = "-XX:+UseZGC -XX:+UseCompactObjectHeaders -Xmx200m";
        try (TallyContainer tally = TallyContainer.with(Map.of("JDK_JAVA_OPTIONS", arguments))) {
            tally.start();

            countsTheLecture(tally);
        }
    }

    @Test
    void logsJsonWithTheRequestsIdWhereItIsAskedTo() {
        Map<String, String> environment =
                Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs", "LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_WEB", "DEBUG");
        try (TallyContainer tally = TallyContainer.with(environment)) {
            tally.start();

            tally.api().get("/v1/networks", "X-Request-Id", "from-the-test");

            List<JsonNode> records = tally.getLogs()
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(records).anySatisfy(record -> {
                assertThat(record.path("requestId").asString("")).isEqualTo("from-the-test");
                assertThat(record.path("message").asString("")).contains("/v1/networks");
            });
        }
    }

    @Test
    void isSmall() {
        Long bytes = DockerClientFactory.instance()
                .client()
                .inspectImageCmd(TallyImage.NAME.asCanonicalNameString())
                .exec()
                .getSize();

        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private static void countsTheLecture(TallyContainer tally) throws IOException {
        Api.Answer answer =
                tally.api().post("/v1/analyses?format=text", Files.readString(Path.of("api/examples/lecture.json")));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("12,443,648");
    }

    private static Api.Answer measure(TallyContainer tally) {
        String request = """
                {"ready": "lecture-bottleneck",
                 "measure": {"engines": ["java", "onnxruntime-cpu"], "threads": 1, "budgetMillis": 100}}
                """;
        Api.Answer measured = tally.api().analyse(request, "Prefer", "wait=60");
        assertThat(measured.status()).as(measured.text()).isEqualTo(200);
        return measured;
    }

    private static String shell(String command) throws Exception {
        return shared.execInContainer("bash", "-c", command).getStdout().strip();
    }

    private static List<String> errors(TallyContainer tally) {
        return tally.getLogs()
                .lines()
                .filter(line -> line.contains(" ERROR ") || line.startsWith("\tat "))
                .toList();
    }
}
