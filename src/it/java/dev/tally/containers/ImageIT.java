package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.tally.web.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tally's own image, as the Dockerfile makes it. */
@RequiresDocker
class ImageIT {
    private static final long LIMIT = 450_000_000;
    private static final String DATA = "/var/lib/tally";

    @Test
    void answersTheLecturesNetworkAndMeasuresItAsAUserOfItsOwn() throws Exception {
        try (TallyContainer tally = TallyContainer.with(Map.of())) {
            tally.start();

            countsTheLecture(tally);
            Api.Answer measured = tally.api().analyse("""
                            {"ready": "lecture-bottleneck",
                             "measure": {"engines": ["java", "onnxruntime-cpu"], "threads": 1, "budgetMillis": 100}}
                            """, "Prefer", "wait=60");
            assertThat(measured.status()).as(measured.text()).isEqualTo(200);
            assertThat(measured.json().get("measured").size()).isEqualTo(2);
            assertThat(shell(tally, "id -u")).isEqualTo("10001");
            assertThat(shell(tally, "test -w /opt/tally || echo not writable")).isEqualTo("not writable");
            assertThat(errors(tally)).isEmpty();
            tally.terminate();
            assertThat(tally.getLogs()).contains("Graceful shutdown complete");
        }
    }

    @Test
    void hasAllEnginesButThatForGpus() {
        try (TallyContainer tally = TallyContainer.with(Map.of())) {
            tally.start();

            JsonNode engines = tally.api().get("/v1/engines").json().get("engines");

            for (JsonNode engine : engines) {
                boolean gpu = engine.get("id").asString().equals("onnxruntime-cuda");
                assertThat(engine.get("available").asBoolean())
                        .as(engine.toString())
                        .isEqualTo(!gpu);
            }
        }
    }

    @Test
    void answersOnAPostgresqlAsWell() {
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
    void keepsItsDataOverAKill() {
        try (TallyContainer tally = TallyContainer.with(Map.of())) {
            tally.start();
            assertThat(tally.getLogs()).contains("Successfully applied");

            tally.kill();
            assertThat(tally.isRunning()).isFalse();
            tally.startAgain();

            countsTheLecture(tally);
            assertThat(tally.getLogs()).contains("is up to date. No migration necessary.");
            assertThat(errors(tally)).isEmpty();
        }
    }

    @Test
    void leavesItsDataToTheNextContainerOnTheSameVolume() {
        String volume = "tally-test-" + UUID.randomUUID();
        try {
            try (TallyContainer first = onVolume(volume)) {
                first.start();
                first.kill();
            }
            try (TallyContainer second = onVolume(volume)) {
                second.start();

                countsTheLecture(second);
                assertThat(second.getLogs()).contains("is up to date. No migration necessary.");
            }
        } finally {
            DockerClientFactory.instance().client().removeVolumeCmd(volume).exec();
        }
    }

    private static TallyContainer onVolume(String volume) {
        return TallyContainer.with(Map.of())
                .withCreateContainerCmdModifier(
                        command -> command.getHostConfig().withBinds(new Bind(volume, new Volume(DATA))));
    }

    /** By the check that the image brings, which takes no tool but bash. */
    @Test
    void saysToTheEngineThatItIsHealthy() throws Exception {
        try (TallyContainer tally = TallyContainer.with(Map.of())
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofSeconds(60)))) {
            tally.start();

            assertThat(tally.execInContainer("/opt/tally/ready").getExitCode()).isZero();
            assertThat(tally.execInContainer("env", "SERVER_PORT=9", "/opt/tally/ready")
                            .getExitCode())
                    .isNotZero();
        }
    }

    /**
     * The cache of classes is a gain, never a condition: this collector and these pointers are none that it was made
     * for.
     */
    @Test
    void startsWhereItsCacheDoesNotFit() {
        try (TallyContainer tally = TallyContainer.with(
                Map.of("JDK_JAVA_OPTIONS", "-XX:+UseZGC -XX:-UseCompressedClassPointers -Xmx200m"))) {
            tally.start();

            countsTheLecture(tally);
        }
    }

    @Test
    void startsWithItsCache() {
        try (TallyContainer tally = TallyContainer.with(Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"))) {
            tally.start();

            countsTheLecture(tally);
        }
    }

    /** One line a record, with the id that the request was sent with. */
    @Test
    void logsJsonWhereItIsAskedTo() {
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
            assertThat(records)
                    .anySatisfy(entry ->
                            assertThat(entry.path("requestId").asString("")).isEqualTo("from-the-test"));
        }
    }

    @Test
    void isSmall() {
        long bytes = DockerClientFactory.instance()
                .client()
                .inspectImageCmd(TallyImage.NAME.asCanonicalNameString())
                .exec()
                .getSize();

        assertThat(bytes).isLessThan(LIMIT);
    }

    private static void countsTheLecture(TallyContainer tally) {
        Api.Answer answer = tally.api().post("/v1/analyses?format=text", lecture());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("12,443,648");
    }

    private static String lecture() {
        try {
            return Files.readString(Path.of("api", "examples", "lecture.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shell(TallyContainer tally, String command) throws Exception {
        return tally.execInContainer("bash", "-c", command).getStdout().strip();
    }

    private static List<String> errors(TallyContainer tally) {
        return Arrays.stream(tally.getLogs().split("\n"))
                .filter(line -> line.contains(" ERROR ") || line.startsWith("\tat "))
                .toList();
    }
}
