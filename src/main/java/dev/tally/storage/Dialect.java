package dev.tally.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the databases have different words for, as placeholders of the SQL that makes the tables. */
final class Dialect {
    private Dialect() {}

    /**
     * {@return the placeholders for the database of a URL} {@code ${bytewise}} stands behind the type of a text that is
     * sorted as its bytes are, so that an index finds what begins alike: H2 has no other order, PostgreSQL that of a
     * language unless it is told.
     */
    static Map<String, String> placeholders(@Nullable String url) {
        boolean postgresql = url != null && url.startsWith("jdbc:postgresql:");
        return Map.of("bytewise", postgresql ? "collate \"C\"" : "");
    }
}
