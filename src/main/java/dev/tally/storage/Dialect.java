package dev.tally.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DatabaseDriver;

/** What the databases have different words for, as placeholders of the SQL that makes the tables. */
final class Dialect {
    private Dialect() {}

    /** {@return whether a URL is one of PostgreSQL, and not of the embedded H2} */
    static boolean isPostgresql(@Nullable String url) {
        return DatabaseDriver.fromJdbcUrl(url) == DatabaseDriver.POSTGRESQL;
    }

    /**
     * {@return the placeholders for the database of a URL} {@code ${bytewise}} stands behind the type of a text that is
     * sorted as its bytes are, so that an index finds what begins alike: H2 has no other order, PostgreSQL that of a
     * language unless it is told.
     */
    static Map<String, String> placeholders(@Nullable String url) {
        return Map.of("bytewise", isPostgresql(url) ? "collate \"C\"" : "");
    }
}
