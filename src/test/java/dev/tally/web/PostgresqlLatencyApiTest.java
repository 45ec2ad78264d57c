package dev.tally.web;

import com.zaxxer.hikari.HikariDataSource;
import dev.tally.storage.NeedsPostgresql;
import dev.tally.storage.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on PostgreSQL, whose tables the service makes itself. */
@ExtendWith(NeedsPostgresql.class)
@DirtiesContext
class PostgresqlLatencyApiTest extends LatencyApiTest {
    private static @Nullable HikariDataSource database;

    @BeforeAll
    static void create() {
        database = TestDatabase.POSTGRESQL.empty();
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        HikariDataSource created = database;
        if (created != null) {
            registry.add("spring.datasource.url", created::getJdbcUrl);
            registry.add("spring.datasource.username", created::getUsername);
            registry.add("spring.datasource.password", created::getPassword);
        }
    }
}
