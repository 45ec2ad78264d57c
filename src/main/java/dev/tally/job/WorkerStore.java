package dev.tally.job;

import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The workers' announcements in the database. The database's clock says how old one is. */
@Component
final class WorkerStore {
    /** One that was not heard of for longer is none that a job is accepted for. */
    private static final String KNOWN = "interval '60' second";

    private static final String FORGOTTEN = "interval '600' second";

    private final JdbcClient jdbc;

    WorkerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void announce(Announcement announcement) {
        String json = Json.write(announcement);
        int updated = jdbc.sql("update worker set announcement = :json, seen_at = current_timestamp where id = :id")
                .param("json", json)
                .param("id", announcement.id())
                .update();
        if (updated == 0) {
            try {
                jdbc.sql("insert into worker (id, announcement, seen_at) values (:id, :json, current_timestamp)")
                        .param("id", announcement.id())
                        .param("json", json)
                        .update();
            } catch (DuplicateKeyException e) {
                // A worker has one thread that announces it, so it can only have been itself.
            }
            jdbc.sql("delete from worker where seen_at < current_timestamp - " + FORGOTTEN)
                    .update();
        }
    }

    void leave(String id) {
        jdbc.sql("delete from worker where id = :id").param("id", id).update();
    }

    /** {@return the workers that were heard of within a minute, in an order that stays} */
    List<Announcement> known() {
        return jdbc.sql("select announcement from worker where seen_at > current_timestamp - " + KNOWN + " order by id")
                .query((row, _) -> Json.MAPPER.readValue(row.getString("announcement"), Announcement.class))
                .list();
    }
}
