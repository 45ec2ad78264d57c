package dev.tally.latency;

import dev.tally.measurement.Figures;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.measurement.Measurements;
import dev.tally.measurement.NetworkMeasurements;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes what was measured into the latency table. */
@Component
public final class LatencyTable {
    /** Each time that somebody else has added one of the same rows, fewer are left to be added. */
    private static final int ATTEMPTS = 20;

    private static final String INSERT_CONDITIONS = """
            insert into latency_conditions (engine, algorithm, precision, threads, host, device)
            values (:engine, :algorithm, :precision, :threads, :host, :device)
            """;

    private static final String SELECT_CONDITIONS = """
            select id from latency_conditions
            where engine = :engine and algorithm = :algorithm and precision = :precision and threads = :threads
                and host = :host and device = :device
            """;

    /** Where a row of the key was added since this began to look for one, it is violated, and all is tried again. */
    private static final String INSERT = typed("""
            insert into latency (conditions_id, layer_key, measurements, mean_nanos, squares, min_nanos, recent,
                disturbance, measured_at, kernel)
            select cast(:conditions as integer), cast(:key as varchar(400)), 1, :nanos, 0, :minNanos, :recent,
                :disturbance, cast(:measuredAt as timestamp with time zone), cast(:kernel as varchar(200))
            where not exists (select 1 from latency where conditions_id = :conditions and layer_key = :key)
            """);

    /**
     * One more sample, by B. P. Welford's recurrences. The first of a quiet host takes the place of all that came from
     * disturbed ones; one of a disturbed host changes nothing that came from quiet ones.
     */
    private static final String UPDATE =
            typed("""
            update latency set
                measurements = case when REPLACED then 1 else measurements + 1 end,
                mean_nanos = case when REPLACED then :nanos
                    else mean_nanos + (:nanos - mean_nanos) / (measurements + 1) end,
                squares = case when REPLACED then 0
                    else squares + (:nanos - mean_nanos) * (:nanos - mean_nanos) * measurements / (measurements + 1) end,
                min_nanos = case when REPLACED then :minNanos else least(min_nanos, :minNanos) end,
                recent = case when REPLACED then :recent
                    else substring(recent || :recent from greatest(1, octet_length(recent) + 9 - BYTES)) end,
                disturbance = :disturbance,
                measured_at = greatest(measured_at, :measuredAt),
                kernel = :kernel
            where conditions_id = :conditions and layer_key = :key and (disturbance > QUIET or :disturbance <= QUIET)
            """.replace("REPLACED", "disturbance > QUIET and :disturbance <= QUIET"));

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final TransactionTemplate nested;

    LatencyTable(JdbcClient jdbc, NamedParameterJdbcOperations batches, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Adds what was measured of one network, as {@link #record(List, String, Instant)}. */
    public void record(Network network, String host, Measurements measurements, Instant at) {
        record(List.of(new NetworkMeasurements(network, measurements)), host, at);
    }

    /**
     * Adds what was measured of networks, end to end and of each of their steps, to what is known of them. Steps of one
     * network that do the same work were measured once, and count once; what was measured in several networks counts
     * for each. Figures without runs, or with numbers that are none, are left out.
     *
     * <p>Part of the caller's transaction, if it has one; that has to read what others have committed meanwhile
     * ({@code READ COMMITTED}, the default of both databases), and holds the rows until it ends: nothing that takes
     * long should follow in it, nor a second call. All add new rows before they change others, both in the order of
     * conditions and keys, so that no two wait for each other.
     *
     * @param host the fingerprint of the host that they were measured on
     * @param at when
     */
    public void record(List<NetworkMeasurements> networks, String host, Instant at) {
        SortedMap<Conditions, SortedMap<LatencyKey, List<Sample>>> samples = new TreeMap<>();
        networks.forEach(measured -> samples(measured, host)
                .forEach((conditions, byKey) ->
                        byKey.forEach((key, sample) -> samples.computeIfAbsent(conditions, _ -> new TreeMap<>())
                                .computeIfAbsent(key, _ -> new ArrayList<>())
                                .add(sample))));
        if (samples.isEmpty()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                // Back to here where somebody else was first to add a row: what is locked in between is let go.
                nested.executeWithoutResult(_ -> add(samples, at));
                return;
            } catch (DuplicateKeyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Map<Conditions, Map<LatencyKey, Sample>> samples(NetworkMeasurements measured, String host) {
        Network network = measured.network();
        List<Step> steps = Subnetworks.of(network);
        Map<Conditions, Map<LatencyKey, Sample>> samples = new HashMap<>();
        for (Measurement measurement : measured.measurements().engines()) {
            Map<LatencyKey, Sample> byKey = new HashMap<>();
            put(byKey, LatencyKey.of(network), measurement.figures());
            if (steps.size() == 1) {
                put(byKey, LatencyKey.of(steps.getFirst()), measurement.figures());
            }
            for (StepFigures step : measurement.steps()) {
                put(byKey, LatencyKey.of(step.step()), step.figures());
            }
            if (!byKey.isEmpty()) {
                samples.putIfAbsent(Conditions.of(measurement.conditions(), host), byKey);
            }
        }
        return samples;
    }

    private static void put(Map<LatencyKey, Sample> samples, LatencyKey key, Figures figures) {
        Sample sample = Sample.of(figures);
        if (sample != null) {
            samples.putIfAbsent(key, sample);
        }
    }

    private void add(SortedMap<Conditions, SortedMap<LatencyKey, List<Sample>>> samples, Instant at) {
        SortedMap<Integer, SortedMap<LatencyKey, List<Sample>>> byId = new TreeMap<>();
        samples.forEach((conditions, byKey) -> byId.put(id(conditions), byKey));
        List<List<SqlParameterSource>> rows = new ArrayList<>();
        byId.forEach((id, byKey) -> byKey.forEach((key, ofKey) ->
                rows.add(ofKey.stream().map(sample -> row(id, key, sample, at)).toList())));
        // In this order nobody who adds rows holds any that somebody who changes rows waits for.
        int[] inserted =
                batches.batchUpdate(INSERT, rows.stream().map(List::getFirst).toArray(SqlParameterSource[]::new));
        List<SqlParameterSource> known = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            known.addAll(
                    rows.get(i).subList(inserted[i] == 0 ? 0 : 1, rows.get(i).size()));
        }
        if (!known.isEmpty()) {
            batches.batchUpdate(UPDATE, known.toArray(SqlParameterSource[]::new));
        }
    }

    /** With the constants put in, and with types where databases would guess them. */
    private static String typed(String sql) {
        return sql.replace("QUIET", String.valueOf(Sample.DISTURBED))
                .replace("BYTES", String.valueOf(RecentSamples.MOST * Double.BYTES))
                .replace(":recent", "cast(:recent as bytea)")
                .replaceAll("(:nanos|:minNanos|:disturbance)", "cast($1 as double precision)");
    }

    private int id(Conditions conditions) {
        return findId(conditions).orElseGet(() -> {
            jdbc.sql(INSERT_CONDITIONS).paramSource(conditions).update();
            return findId(conditions).orElseThrow();
        });
    }

    private Optional<Integer> findId(Conditions conditions) {
        return jdbc.sql(SELECT_CONDITIONS)
                .paramSource(conditions)
                .query(Integer.class)
                .optional();
    }

    private static SqlParameterSource row(int conditions, LatencyKey key, Sample sample, Instant at) {
        return new MapSqlParameterSource()
                .addValue("conditions", conditions)
                .addValue("key", key.text())
                .addValue("nanos", sample.nanos())
                .addValue("minNanos", sample.minNanos())
                .addValue("recent", RecentSamples.of(sample.nanos()))
                .addValue("disturbance", sample.disturbance())
                .addValue("measuredAt", at.atOffset(ZoneOffset.UTC))
                .addValue("kernel", sample.kernel());
    }
}
