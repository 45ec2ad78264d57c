package dev.tally.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells a database that is away or full from a bug of ours. */
public final class StorageFailures {
    /**
     * Classes of SQLSTATE (ISO/IEC 9075, and PostgreSQL's): connection exception, insufficient resources, operator
     * intervention, system error.
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    /**
     * H2's own: object closed, out of memory and I/O errors, of which a full disk is one, database closed, closing, or
     * in use elsewhere.
     */
    private static final Set<Integer> OF_H2 =
            Set.of(90007, 90028, 90030, 90031, 90067, 90097, 90098, 90108, 90121, 90020);

    /** A chain of causes has no loop, but nobody promises that. */
    private static final int DEEPEST = 20;

    private StorageFailures() {}

    /** {@return whether something failed because the database is away or full, so that it may work later} */
    public static boolean isUnavailable(Throwable failure) {
        // The rollback fails as well where the connection is lost, and hides why there was one.
        Throwable cause =
                failure instanceof TransactionSystemException system ? system.getOriginalException() : failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof StorageUnavailableException
                    // What H2 calls a general error, if its file cannot be written.
                    || cause instanceof IOException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException
                    || (cause instanceof SQLException sql && isUnavailable(sql))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isUnavailable(SQLException failure) {
        String state = failure.getSQLState();
        return OF_H2.contains(failure.getErrorCode())
                || (state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
    }
}
