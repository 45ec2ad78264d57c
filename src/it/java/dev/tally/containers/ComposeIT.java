package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tally.web.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code docker compose up --build} starts, with its second replica. */
@RequiresDocker
class ComposeIT {
    private static final String LOG = "compose.log";
    private static final int MOST_MINUTES = 15;
    private static final int PORT = freePort();
    private static final int REPLICA_PORT = freePort();

    private static Command compose;

    @BeforeAll
    static void up() {
        List<String> words = new ArrayList<>();
        if (new Command("docker", "compose", "version").works()) {
            words.addAll(List.of("docker", "compose"));
        } else {
            boolean installed = new Command("docker-compose", "version").works();
            assumeTrue(installed || DockerCondition.isRequired(), "no Compose is installed");
            words.add("docker-compose");
        }
        words.addAll(List.of("--project-name", "tally-test-" + UUID.randomUUID(), "--profile", "replica"));
        compose = new Command(
                words, Map.of("TALLY_PORT", String.valueOf(PORT), "TALLY_REPLICA_PORT", String.valueOf(REPLICA_PORT)));
        compose.and("up", "--build", "--detach").run(LOG, MOST_MINUTES);
    }

    @AfterAll
    static void down() {
        if (compose != null) {
            compose.and("down", "--volumes").run(LOG, MOST_MINUTES);
        }
    }

    @Test
    void answersTheLecturesNetworkOnBothReplicas() throws IOException {
        String lecture = Files.readString(Path.of("api/examples/lecture.json"));
        for (int port : new int[] {PORT, REPLICA_PORT}) {
            Api api = new Api("127.0.0.1", port);
            await().atMost(Duration.ofSeconds(60)).until(api::isReady);

            assertThat(api.post("/v1/analyses?format=text", lecture).text()).contains("12,443,648");
            assertThat(api.get("/actuator/health").status()).isEqualTo(200);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
