package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.ContainerNetwork;
import dev.tally.web.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Containers of Tally that share a PostgreSQL, all started at once, on a database without tables. The database is in a
 * network of its own that leads nowhere else, so that a replica can be cut off from it and still be asked. If a test
 * fails, the ends of their logs are printed.
 */
final class Replicas implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, TestExecutionExceptionHandler {
    /** More than anything is promised to take. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String DATABASE = "database";
    private static final int LAST_LINES = 40;

    private final List<Map<String, String>> environments;
    private final List<AutoCloseable> made = new ArrayList<>();
    private final List<TallyContainer> replicas = new ArrayList<>();
    private Network storage;
    private PostgreSQLContainer database;

    private Replicas(List<Map<String, String>> environments) {
        this.environments = environments;
    }

    /** {@return as many as there are environments, each with that beside the image's} */
    @SafeVarargs
    static Replicas with(Map<String, String>... environments) {
        return new Replicas(List.of(environments));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Network outside = keep(Network.newNetwork());
        storage = keep(Network.builder()
                .createNetworkCmdModifier(command -> command.withInternal(true))
                .build());
        // In the other one as well, which publishes its port: Testcontainers will have one. Nobody knows it there by
        // name.
        database = keep(new PostgreSQLContainer(Images.postgres()).withNetwork(outside));
        database.start();
        connect(database, new ContainerNetwork().withAliases(DATABASE));
        for (Map<String, String> environment : environments) {
            replicas.add(keep(TallyContainer.on(database, DATABASE, environment)
                    .withNetwork(outside)
                    .alsoIn(storage)));
        }
        Startables.deepStart(replicas).join();
    }

    private <T extends AutoCloseable> T keep(T resource) {
        made.addFirst(resource);
        return resource;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Exception failure = null;
        for (AutoCloseable resource : made) {
            try {
                resource.close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** All of them are there and connected again, whatever a test did, and however far it came. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (!database.isRunning()) {
            startDatabase();
        }
        for (TallyContainer replica : replicas) {
            if (!isConnected(replica)) {
                reconnect(replica);
            }
            if (!replica.isRunning()) {
                replica.startAgain();
            }
            await().atMost(PATIENCE)
                    .until(() -> replica.api().get("/actuator/health").status() == 200);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        String test = context.getRequiredTestMethod().getName();
        print(test, DATABASE, database);
        for (TallyContainer replica : replicas) {
            print(test, name(replica), replica);
        }
        throw failure;
    }

    private static void print(String test, String name, GenericContainer<?> container) throws IOException {
        List<String> lines = container.getLogs().lines().toList();
        Path all = Files.createDirectories(Path.of("target", "container-logs")).resolve(test + "-" + name + ".log");
        Files.write(all, lines);
        System.out.println(test + " failed; the last lines of " + name + ", of which " + all + " has all:");
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).forEach(System.out::println);
    }

    TallyContainer first() {
        return replicas.getFirst();
    }

    TallyContainer second() {
        return replicas.getLast();
    }

    /** {@return the one of two that this is not} */
    TallyContainer otherThan(TallyContainer one) {
        return one == first() ? second() : first();
    }

    /** {@return what the names of its workers begin with: the host's name, which the engine gives it} */
    static String name(TallyContainer replica) {
        return replica.getContainerId().substring(0, 12);
    }

    /** {@return who runs a job, or ran it last} */
    TallyContainer workerOf(StoredJob job) {
        return replicas.stream()
                .filter(replica -> job.isOf(name(replica)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody's: " + job));
    }

    /** Cuts the network between a replica and the database, as if somebody had pulled the plug. */
    void cutOff(TallyContainer replica) {
        replica.getDockerClient()
                .disconnectFromNetworkCmd()
                .withNetworkId(storage.getId())
                .withContainerId(replica.getContainerId())
                .exec();
    }

    void reconnect(TallyContainer replica) {
        connect(replica, new ContainerNetwork());
    }

    private boolean isConnected(TallyContainer replica) {
        return replica.getCurrentContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .anyMatch(network -> storage.getId().equals(network.getNetworkID()));
    }

    private void connect(GenericContainer<?> container, ContainerNetwork names) {
        container
                .getDockerClient()
                .connectToNetworkCmd()
                .withNetworkId(storage.getId())
                .withContainerId(container.getContainerId())
                .withContainerNetwork(names)
                .exec();
    }

    /** As {@code docker stop} does. */
    void stopDatabase() {
        database.getDockerClient().stopContainerCmd(database.getContainerId()).exec();
    }

    void startDatabase() {
        database.getDockerClient().startContainerCmd(database.getContainerId()).exec();
    }

    /** {@return what the database itself answers, its rows as lines} */
    String query(String sql) {
        try {
            Container.ExecResult result = database.execInContainer(
                    "psql",
                    "--username=" + database.getUsername(),
                    "--dbname=" + database.getDatabaseName(),
                    "--tuples-only",
                    "--no-align",
                    "--command=" + sql);
            assertThat(result.getExitCode()).as(result.getStderr()).isZero();
            return result.getStdout().strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** {@return how often a job was begun} */
    int attempts(String id) {
        return Integer.parseInt(query("select attempt from job where id = '" + id + "'"));
    }

    /** Fails unless the queue is empty, in which a job that is finished has to have no place. */
    void requireEmptyQueue() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                query(
                                        "select task_instance, picked, picked_by from scheduled_tasks where task_name like 'measure/%'"))
                        .isEmpty());
    }

    /** {@return the answer to a request that measures for about this long and does not wait} */
    static Api.Answer submission(TallyContainer replica, int millis, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Prefer";
        all[1] = "respond-async";
        return replica.api().analyse(request(millis), all);
    }

    /** {@return what measures for about this long} */
    static String request(int millis) {
        return """
                {"input": [8, 8, 4], "layers": [{"type": "conv2d", "filters": 4, "kernel": 3}],
                 "measure": {"engines": ["java"], "threads": 1, "perLayer": false, "budgetMillis": %d}}
                """.formatted(millis);
    }

    /** {@return the id of the job that such a request became} */
    static String submit(TallyContainer replica, int millis, String... headers) {
        Api.Answer answer = submission(replica, millis, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().get("id").asString();
    }

    /** {@return a job as a replica knows it} */
    static StoredJob job(TallyContainer replica, String id) {
        Api.Answer answer = replica.api().get("/v1/jobs/" + id);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StoredJob.of(answer);
    }

    /** {@return a job once it is as wanted} */
    static StoredJob awaited(TallyContainer replica, String id, Predicate<StoredJob> wanted) {
        return await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> job(replica, id), wanted);
    }

    static StoredJob running(TallyContainer replica, String id) {
        return awaited(replica, id, job -> job.state().equals("running"));
    }

    static StoredJob done(TallyContainer replica, String id) {
        StoredJob finished = awaited(replica, id, StoredJob::isFinished);
        assertThat(finished.state()).as(finished.toString()).isEqualTo("done");
        assertThat(finished.json().at("/result/measured/0/medianMillis").asDouble())
                .as(finished.toString())
                .isPositive();
        return finished;
    }
}
