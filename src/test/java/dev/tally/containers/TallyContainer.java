package dev.tally.containers;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import dev.tally.web.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Tally by its own image. It counts as started when it says that it is ready.
 *
 * <pre>{@code
 * try (TallyContainer tally = TallyContainer.with(Map.of("TALLY_BODY_LIMIT", "2MB"))) {
 *     tally.start();
 *     tally.api().get("/v1/networks");
 * }
 * }</pre>
 */
public final class TallyContainer extends GenericContainer<TallyContainer> {
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Network> further = new ArrayList<>();

    private TallyContainer() {
        super(TallyImage.NAME);
    }

    /** {@return one with variables beside the image's; on H2 unless they say otherwise} */
    public static TallyContainer with(Map<String, String> environment) {
        return new TallyContainer()
                .withEnv(environment)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp(Api.READY).forPort(PORT).withStartupTimeout(PATIENCE));
    }

    /** {@return one on a PostgreSQL that has this alias in a network that both are in} */
    public static TallyContainer on(PostgreSQLContainer database, String alias, Map<String, String> environment) {
        return with(environment)
                .withNetwork(database.getNetwork())
                .withEnv("SPRING_DATASOURCE_URL", "jdbc:postgresql://" + alias + "/" + database.getDatabaseName())
                .withEnv("SPRING_DATASOURCE_USERNAME", database.getUsername())
                .withEnv("SPRING_DATASOURCE_PASSWORD", database.getPassword());
    }

    /** {@return this, from before it starts in another network too} Its port is published by the first. */
    public TallyContainer alsoIn(Network network) {
        further.add(network);
        return this;
    }

    @Override
    protected void containerIsCreated(String id) {
        further.forEach(network -> getDockerClient()
                .connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(id)
                .exec());
    }

    /** {@return its HTTP side; another one after each start, since the port changes} */
    public Api api() {
        Ports.Binding[] bindings = Objects.requireNonNull(getCurrentContainerInfo()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(ExposedPort.tcp(PORT)));
        return new Api(getHost(), Integer.parseInt(bindings[0].getHostPortSpec()));
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        end("KILL");
    }

    /** Asks it to end, as {@code docker stop} does, and waits until it has. */
    public void terminate() {
        end("TERM");
    }

    private void end(String signal) {
        getDockerClient().killContainerCmd(getContainerId()).withSignal(signal).exec();
        getDockerClient()
                .waitContainerCmd(getContainerId())
                .start()
                .awaitStatusCode(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts the same container again, with what it has on its disk, and waits until it is ready. */
    public void startAgain() {
        getDockerClient().startContainerCmd(getContainerId()).exec();
        await().atMost(PATIENCE).until(() -> api().isReady());
    }
}
