package dev.tally.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The jobs in the database. SQL that H2 and PostgreSQL both take. */
@Component
final class JobStore {
    /** All but what may be long. */
    private static final String HEAD =
            "id, kind, state, attempt, progress, failure, worker, created_at, started_at, ended_at";

    private static final String ALL = HEAD + ", request, result";

    /** At once, so that a purge locks nobody out for long. */
    private static final int PURGED_AT_ONCE = 500;

    private final JdbcClient jdbc;

    JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores a new job.
     *
     * @throws org.springframework.dao.DuplicateKeyException if there is one with this idempotency key
     */
    void insert(String id, Submission submission, String requestHash, String request, Instant now) {
        jdbc.sql("insert into job (id, kind, request, state, attempt, begun, task, created_at, idempotency_key,"
                        + " request_hash) values (:id, :kind, :request, 'queued', 0, 0, :task, :now, :key, :hash)")
                .param("id", id)
                .param("kind", submission.kind())
                .param("request", request)
                .param("task", submission.route().taskName())
                .param("now", time(now))
                .param("key", submission.idempotencyKey())
                .param("hash", requestHash)
                .update();
    }

    /** {@return the id of the job with this idempotency key, and the hash of its request} */
    Optional<Known> withKey(String key) {
        return jdbc.sql("select id, request_hash from job where idempotency_key = :key")
                .param("key", key)
                .query((row, _) -> new Known(row.getString("id"), row.getString("request_hash")))
                .optional();
    }

    /** A job that is there already. */
    record Known(String id, String requestHash) {}

    Optional<Job> find(String id) {
        return jdbc.sql("select " + ALL + " from job where id = :id")
                .param("id", id)
                .query((row, _) -> job(row, true))
                .optional();
    }

    /** {@return those of these ids that there are, without requests and results} */
    List<Job> heads(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("select " + HEAD + " from job where id in (:ids)")
                        .param("ids", ids)
                        .query((row, _) -> job(row, false))
                        .list();
    }

    /**
     * {@return the newest jobs, without requests and results}
     *
     * @param state those in this state alone; null for all
     * @param before those that come after this one; null from the newest on
     */
    List<Job> newest(@Nullable JobState state, @Nullable Place before, int limit) {
        String sql = "select " + HEAD + " from job where 1 = 1"
                + (state == null ? "" : " and state = :state")
                + (before == null ? "" : " and (created_at < :time or (created_at = :time and id < :id))")
                + " order by created_at desc, id desc limit :limit";
        JdbcClient.StatementSpec query = jdbc.sql(sql).param("limit", limit);
        if (state != null) {
            query = query.param("state", state.id());
        }
        if (before != null) {
            query = query.param("time", time(before.createdAt())).param("id", before.id());
        }
        return query.query((row, _) -> job(row, false)).list();
    }

    int queued() {
        return jdbc.sql("select count(*) from job where state = 'queued'")
                .query(Integer.class)
                .single();
    }

    /** {@return how many jobs wait that came before this one} */
    int ahead(Job job) {
        return jdbc.sql("select count(*) from job where state = 'queued' and created_at < :time")
                .param("time", time(job.createdAt()))
                .query(Integer.class)
                .single();
    }

    /**
     * Begins a run of a job: from now on whoever ran it before may not write to it.
     *
     * @return how often it was begun, this time included; empty if it is finished, or gone
     */
    Optional<Claim> claim(String id, String worker, Instant now) {
        int claimed = jdbc.sql("update job set state = 'running', attempt = attempt + 1, begun = begun + 1,"
                        + " worker = :worker, started_at = :now, progress = null, result = null"
                        + " where id = :id and state in ('queued', 'running')")
                .param("worker", worker)
                .param("now", time(now))
                .param("id", id)
                .update();
        return claimed == 0
                ? Optional.empty()
                : jdbc.sql("select attempt, begun from job where id = :id and worker = :worker")
                        .param("id", id)
                        .param("worker", worker)
                        .query((row, _) -> new Claim(id, row.getInt("attempt"), row.getInt("begun")))
                        .optional();
    }

    /**
     * The right to write to a job, until somebody else claims it or it is cancelled.
     *
     * @param begun how often it was begun and not handed back
     */
    record Claim(String id, int attempt, int begun) {}

    /** {@return whether the claim holds still} */
    boolean holds(Claim claim) {
        return jdbc.sql("select count(*) from job where id = :id and attempt = :attempt and state = 'running'")
                        .param("id", claim.id())
                        .param("attempt", claim.attempt())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /**
     * Stores how far a run is.
     *
     * @param result what was found so far; null leaves what was stored before
     * @return whether the claim holds still
     */
    boolean progress(Claim claim, Progress progress, @Nullable String result) {
        JdbcClient.StatementSpec update = jdbc.sql("update job set progress = :progress"
                        + (result == null ? "" : ", result = :result")
                        + " where id = :id and attempt = :attempt and state = 'running'")
                .param("progress", Json.write(progress));
        return written(result == null ? update : update.param("result", result), claim);
    }

    boolean finish(Claim claim, String result, Instant now) {
        return written(
                jdbc.sql("update job set state = 'done', progress = null, result = :result, ended_at = :now"
                                + " where id = :id and attempt = :attempt and state = 'running'")
                        .param("result", result)
                        .param("now", time(now)),
                claim);
    }

    boolean fail(Claim claim, Failure failure, Instant now) {
        return written(
                jdbc.sql("update job set state = 'failed', progress = null, result = null, failure = :failure,"
                                + " ended_at = :now where id = :id and attempt = :attempt and state = 'running'")
                        .param("failure", Json.write(failure))
                        .param("now", time(now)),
                claim);
    }

    /** Puts a job back into the queue, as if the run had not been begun. */
    boolean handBack(Claim claim) {
        return written(
                jdbc.sql("update job set state = 'queued', begun = begun - 1, progress = null, result = null,"
                        + " worker = null, started_at = null"
                        + " where id = :id and attempt = :attempt and state = 'running'"),
                claim);
    }

    private static boolean written(JdbcClient.StatementSpec update, Claim claim) {
        return update.param("id", claim.id()).param("attempt", claim.attempt()).update() == 1;
    }

    /** {@return whether it was not finished yet, and is cancelled now} */
    boolean cancel(String id, Instant now) {
        return jdbc.sql("update job set state = 'cancelled', progress = null, ended_at = :now"
                                + " where id = :id and state in ('queued', 'running')")
                        .param("id", id)
                        .param("now", time(now))
                        .update()
                == 1;
    }

    /** {@return how many finished jobs are deleted that ended before then} */
    int purge(Instant before) {
        int all = 0;
        int deleted;
        do {
            deleted = jdbc.sql("delete from job where id in"
                            + " (select id from job where ended_at < :before order by ended_at limit :most)")
                    .param("before", time(before))
                    .param("most", PURGED_AT_ONCE)
                    .update();
            all += deleted;
        } while (deleted == PURGED_AT_ONCE);
        return all;
    }

    private static Job job(ResultSet row, boolean whole) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                whole ? row.getString("request") : "",
                JobState.of(row.getString("state")),
                row.getInt("attempt"),
                json(row.getString("progress"), Progress.class),
                whole ? row.getString("result") : null,
                json(row.getString("failure"), Failure.class),
                row.getString("worker"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    private static <T> @Nullable T json(@Nullable String text, Class<T> type) {
        return text == null ? null : Json.MAPPER.readValue(text, type);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
