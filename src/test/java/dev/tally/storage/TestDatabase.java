package dev.tally.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The kinds of databases that Tally keeps things in. Tests that hold for both are of a {@code ParameterizedClass} or a
 * {@code ParameterizedTest} with an {@code EnumSource} of these.
 *
 * <p>PostgreSQL runs in a container, one for all tests, of the image that the environment variable
 * {@code POSTGRES_IMAGE} names. Where it cannot be started its tests are skipped, with the reason; where
 * {@code TALLY_CONTAINERS} is {@code required} they fail.
 */
public enum TestDatabase {
    /** In memory. */
    H2 {
        @Override
        public HikariDataSource empty() {
            return pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        }
    },
    /** In a container. */
    POSTGRESQL {
        @Override
        public HikariDataSource empty() {
            PostgreSQLContainer server = PostgresqlServer.running();
            String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
            try (Connection connection = server.createConnection("");
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException("no database for the test", e);
            }
            String url = "jdbc:postgresql://" + server.getHost() + ":"
                    + server.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + name;
            return pool(url, server.getUsername(), server.getPassword());
        }
    };

    /** {@return a new database with nothing in it; its test closes it} */
    public abstract HikariDataSource empty();

    /** {@return a new database that has all tables, with nothing in them; its test closes it} */
    public HikariDataSource open() {
        HikariDataSource pool = empty();
        Flyway.configure()
                .dataSource(pool)
                .placeholders(Dialect.placeholders(pool.getJdbcUrl()))
                .load()
                .migrate();
        return pool;
    }

    /** {@return what says so of such a database} */
    public Storage ready() {
        Storage storage = new Storage(this == POSTGRESQL);
        storage.becomeReady();
        return storage;
    }

    private static HikariDataSource pool(String url, String user, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMinimumIdle(0);
        return pool;
    }
}
