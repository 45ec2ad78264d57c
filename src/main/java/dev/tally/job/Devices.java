package dev.tally.job;

import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who measures on what, over all processes that share the database: one at a time on a device, or they would disturb
 * one another. A device is held for {@value #SECONDS} seconds and has to be held anew before they are over, so that a
 * worker that dies holds nothing for long. The database's clock counts, not the workers'.
 */
@Component
final class Devices {
    /** For how long a device is held. */
    static final int SECONDS = 10;

    private static final String END = "current_timestamp + interval '" + SECONDS + "' second";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Devices(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Takes all of these devices, or holds them for longer.
     *
     * @param ids the devices, in an order that is everybody's
     * @param holder whose they are then
     * @return whether they are; if not, none was taken
     */
    boolean hold(List<String> ids, String holder) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                for (String id : ids) {
                    if (!hold(id, holder)) {
                        status.setRollbackOnly();
                        return false;
                    }
                }
                return true;
            }));
        } catch (DuplicateKeyException e) {
            // Somebody else used it for the first time at the same moment.
            return false;
        }
    }

    private boolean hold(String id, String holder) {
        int held = jdbc.sql("update device set holder = :holder, held_until = " + END
                        + " where id = :id and (holder is null or holder = :holder or held_until < current_timestamp)")
                .param("holder", holder)
                .param("id", id)
                .update();
        if (held == 1) {
            return true;
        }
        boolean known = jdbc.sql("select count(*) from device where id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single()
                == 1;
        return !known
                && jdbc.sql("insert into device (id, holder, held_until) values (:id, :holder, " + END + ")")
                                .param("id", id)
                                .param("holder", holder)
                                .update()
                        == 1;
    }

    /** Lets go of all that a holder has. */
    void release(String holder) {
        jdbc.sql("update device set holder = null where holder = :holder")
                .param("holder", holder)
                .update();
    }
}
