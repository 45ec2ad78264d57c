package dev.tally.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who measures on what, over all processes that share the database: one at a time on a device, or they would disturb
 * one another. A device is held for {@value #SECONDS} seconds and has to be held anew before they are over, so that a
 * worker that dies holds nothing for long. The database's clock counts, not the workers'.
 *
 * <p>Whoever does not get a device has it next, if nobody asked before: else a worker that lets go of it and asks again
 * at once would mostly be the first, and a job that another worker holds ready would wait until all others are done.
 */
@Component
final class Devices {
    /** For how long a device is held. */
    static final int SECONDS = 10;

    private static final String END = "current_timestamp + interval '" + SECONDS + "' second";

    /** For so long who waits need not ask again. */
    private static final String NEXT_END = "current_timestamp + interval '2' second";

    private static final String NOBODY_IS_NEXT =
            "(next_holder is null or next_holder = :holder or next_until < current_timestamp)";

    private static final String UNLESS_ITS_OWN = "case when %1$s = :holder then null else %1$s end";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

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
     * @return whether they are; if not, none was taken, and who asks goes on asking, or {@link #release releases}
     */
    boolean hold(List<String> ids, String holder) {
        try {
            Optional<String> missing = Objects.requireNonNull(transaction.execute(status -> {
                for (String id : ids) {
                    if (!hold(id, holder)) {
                        status.setRollbackOnly();
                        return Optional.of(id);
                    }
                }
                return Optional.empty();
            }));
            missing.ifPresent(id -> beNext(id, holder));
            return missing.isEmpty();
        } catch (DuplicateKeyException e) {
            // Somebody else used it for the first time at the same moment.
            return false;
        }
    }

    /**
     * Takes all of these devices as soon as they can be had.
     *
     * @param wanted asked between two looks whether to go on waiting
     * @return whether they are the holder's; if not, it was not wanted any more, and has to {@link #release release}
     */
    boolean await(List<String> ids, String holder, BooleanSupplier wanted) throws InterruptedException {
        while (!hold(ids, holder)) {
            Thread.sleep(BETWEEN_LOOKS);
            if (!wanted.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    private boolean hold(String id, String holder) {
        int held = jdbc.sql("update device set holder = :holder, held_until = " + END + ", next_holder = "
                        + UNLESS_ITS_OWN.formatted("next_holder")
                        + " where id = :id and (holder = :holder or ((holder is null or held_until < current_timestamp)"
                        + " and " + NOBODY_IS_NEXT + "))")
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

    private void beNext(String id, String holder) {
        jdbc.sql("update device set next_holder = :holder, next_until = " + NEXT_END + " where id = :id and "
                        + NOBODY_IS_NEXT)
                .param("holder", holder)
                .param("id", id)
                .update();
    }

    /** Lets go of all that a holder has, and waits for. */
    void release(String holder) {
        jdbc.sql("update device set holder = " + UNLESS_ITS_OWN.formatted("holder") + ", next_holder = "
                        + UNLESS_ITS_OWN.formatted("next_holder")
                        + " where holder = :holder or next_holder = :holder")
                .param("holder", holder)
                .update();
    }
}
