package dev.tally.latency;

import dev.tally.storage.Storage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Answers what is in the latency table.
 *
 * <p>The conditions are few: those that a filter lets through are read first. By each of them the table's index has the
 * keys in their order, so a page is some ranges of that index, whatever is filtered by, and the page after a cursor
 * begins where the last one ended.
 */
@Component
public final class Latencies {
    /**
     * PostgreSQL goes from one of the conditions to the next in the index, and stops at the limit. H2 2.4 must not: by
     * a list alone, a statement that it keeps goes on where its limit stopped it the time before. So it is given a
     * range too, which it prefers, and passes over what is not in the list.
     */
    private static final String RANGES = """
            select * from latency
            where conditions_id >= :first and conditions_id <= :last and conditions_id = any (:ids)""";

    private final JdbcClient jdbc;
    private final Storage storage;

    Latencies(JdbcClient jdbc, Storage storage) {
        this.jdbc = jdbc;
        this.storage = storage;
    }

    /**
     * A part of what is asked for.
     *
     * @param latencies in the order in which their conditions came first, then of their keys; that order never changes
     * @param next where to go on; null after the last of them
     */
    public record Page(List<Latency> latencies, @Nullable Cursor next) {
        public Page {
            latencies = List.copyOf(latencies);
        }
    }

    /**
     * {@return a page of what a filter lets through} Whoever follows the cursors to the end sees each row that was
     * there at the start exactly once, whatever is added meanwhile.
     *
     * @param after where the page before ended; null for the first page
     * @param limit the most latencies in it, at least 1
     * @throws dev.tally.storage.StorageUnavailableException if the tables are not made yet
     */
    public Page page(LatencyFilter filter, @Nullable Cursor after, int limit) {
        storage.requireReady();
        SortedMap<Integer, Conditions> conditions = conditions(filter);
        List<Row> rows = new ArrayList<>();
        if (after != null) {
            SortedMap<Integer, Conditions> begun = conditions.subMap(after.conditions(), after.conditions() + 1);
            rows.addAll(rows(begun, filter, after.key(), limit + 1));
            conditions = conditions.tailMap(after.conditions() + 1);
        }
        if (rows.size() <= limit) {
            rows.addAll(rows(conditions, filter, null, limit + 1 - rows.size()));
        }
        Cursor next = null;
        if (rows.size() > limit) {
            rows.removeLast();
            Row last = rows.getLast();
            next = new Cursor(last.conditions(), last.latency().key());
        }
        return new Page(rows.stream().map(Row::latency).toList(), next);
    }

    private record Row(int conditions, Latency latency) {}

    /** {@return what is known of these keys under some conditions, by key} */
    Map<String, Latency> find(int id, Conditions conditions, Collection<LatencyKey> keys) {
        Map<String, Latency> found = new HashMap<>();
        Object[] texts = keys.stream().map(LatencyKey::text).toArray();
        jdbc.sql("select * from latency where conditions_id = :id and layer_key = any (:keys)")
                .param("id", id)
                .param("keys", new SqlArrayValue("varchar", texts))
                .query((row, _) -> latency(row, conditions))
                .list()
                .forEach(latency -> found.put(latency.key(), latency));
        return found;
    }

    /** {@return the conditions that a filter lets through, by their numbers} */
    SortedMap<Integer, Conditions> conditions(LatencyFilter filter) {
        Map<String, Object> wanted = new HashMap<>();
        put(wanted, "engine", filter.engine());
        put(wanted, "algorithm", filter.algorithm());
        put(wanted, "precision", filter.precision());
        put(wanted, "threads", filter.threads());
        put(wanted, "host", filter.host());
        StringBuilder sql = new StringBuilder("select * from latency_conditions where true");
        wanted.keySet()
                .forEach(column ->
                        sql.append(" and ").append(column).append(" = :").append(column));
        SortedMap<Integer, Conditions> conditions = new TreeMap<>();
        jdbc.sql(sql.toString()).params(wanted).query(row -> {
            conditions.put(row.getInt("id"), conditions(row));
        });
        return conditions;
    }

    private static void put(Map<String, Object> wanted, String column, @Nullable Object value) {
        if (value != null) {
            wanted.put(column, value);
        }
    }

    private List<Row> rows(
            SortedMap<Integer, Conditions> conditions, LatencyFilter filter, @Nullable String after, int limit) {
        if (conditions.isEmpty()) {
            return List.of();
        }
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("ids", new SqlArrayValue("integer", conditions.keySet().toArray()));
        wanted.put("first", conditions.firstKey());
        wanted.put("last", conditions.lastKey());
        wanted.put("limit", limit);
        StringBuilder sql = new StringBuilder(RANGES);
        String prefix = filter.keyPrefix();
        if (filter.key() != null) {
            and(sql, wanted, "layer_key = :key", "key", filter.key());
        }
        if (prefix != null && !prefix.isEmpty()) {
            and(sql, wanted, "layer_key >= :from", "from", prefix);
            and(sql, wanted, "layer_key < :to", "to", next(prefix));
        }
        if (after != null) {
            and(sql, wanted, "layer_key > :after", "after", after);
        }
        sql.append(" order by conditions_id, layer_key limit :limit");
        return jdbc.sql(sql.toString())
                .params(wanted)
                .query((row, _) -> {
                    int id = row.getInt("conditions_id");
                    return new Row(id, latency(row, Objects.requireNonNull(conditions.get(id))));
                })
                .list();
    }

    private static void and(
            StringBuilder sql, Map<String, Object> wanted, String condition, String name, String value) {
        sql.append(" and ").append(condition);
        wanted.put(name, value);
    }

    /** {@return the first text after all that begin with a prefix} */
    private static String next(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    private static Conditions conditions(ResultSet row) throws SQLException {
        return new Conditions(
                row.getString("engine"),
                row.getString("algorithm"),
                row.getString("precision"),
                row.getInt("threads"),
                row.getString("host"),
                row.getString("device"));
    }

    private static Latency latency(ResultSet row, Conditions conditions) throws SQLException {
        int count = row.getInt("measurements");
        return new Latency(
                row.getString("layer_key"),
                conditions,
                count,
                row.getDouble("mean_nanos"),
                count > 1 ? OptionalDouble.of(row.getDouble("squares") / (count - 1)) : OptionalDouble.empty(),
                RecentSamples.median(row.getBytes("recent")),
                row.getDouble("min_nanos"),
                row.getObject("measured_at", OffsetDateTime.class).toInstant(),
                row.getString("kernel"),
                row.getDouble("disturbance"));
    }
}
