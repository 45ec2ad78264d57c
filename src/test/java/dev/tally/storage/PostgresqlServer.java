package dev.tally.storage;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The one server of PostgreSQL of all tests: started when it is first asked for, stopped with the virtual machine. */
final class PostgresqlServer {
    private static final DockerImageName IMAGE = DockerImageName.parse(
                    Objects.requireNonNullElse(System.getenv("POSTGRES_IMAGE"), "postgres:17"))
            .asCompatibleSubstituteFor("postgres");

    private static @Nullable PostgreSQLContainer server;
    /** Why there is none; empty before it is known, and where there is one. */
    private static String missing = "";

    private PostgresqlServer() {}

    /** {@return the server; where there is none, ends the test that asks: skipped, or failed if they are required} */
    static synchronized PostgreSQLContainer running() {
        Optional<String> whyNot = whyNot();
        if (whyNot.isPresent()) {
            return Assumptions.abort(whyNot.get());
        }
        if (server == null) {
            throw new IllegalStateException("TALLY_CONTAINERS requires containers: " + missing);
        }
        return server;
    }

    /** {@return why tests that need it are skipped; empty where it runs, or they are to fail without} */
    static synchronized Optional<String> whyNot() {
        if (server == null && missing.isEmpty()) {
            start();
        }
        boolean required = "required".equals(System.getenv("TALLY_CONTAINERS"));
        return missing.isEmpty() || required ? Optional.empty() : Optional.of(missing);
    }

    private static void start() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                missing = "no Docker engine answers, in which PostgreSQL would run";
                return;
            }
            container.start();
        } catch (RuntimeException e) {
            missing = "no container of " + IMAGE + " can be started: " + e.getMessage();
            return;
        }
        // Nobody else removes it where Testcontainers' own watchdog is disabled.
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        server = container;
    }
}
