package dev.tally.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that the service keeps things in by default, by the URL of its own settings. */
class EmbeddedDatabaseTest {
    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void read() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = EmbeddedDatabaseTest.class.getResourceAsStream("/application.properties")) {
            settings.load(Objects.requireNonNull(file));
        }
        url = settings.getProperty("spring.datasource.url").replace("${tally.data}", folder.toString());
    }

    /** As whoever is cancelled, or works for a service that ends. H2 closes a plain file for everybody then. */
    @Test
    void outlivesAThreadThatIsInterruptedWhileItWrites() throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table line (number integer primary key)");

            FutureTask<Boolean> writing = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                try (Connection other = DriverManager.getConnection(url, "sa", "");
                        Statement insertion = other.createStatement()) {
                    insertion.executeUpdate("insert into line values (1)");
                }
                return Thread.interrupted();
            });
            Thread.ofPlatform().start(writing);

            assertThat(writing.get()).as("still interrupted").isTrue();
            assertThat(count(statement)).isEqualTo(1);
        }
        assertThat(folder).isDirectoryContaining("glob:**/tally.mv.db");
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select count(*) from line")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
