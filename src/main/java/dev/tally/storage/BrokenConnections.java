package dev.tally.storage;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool which connections to give up. It knows by itself those whose server is away; after a write that
 * failed, of which a full disk is the usual cause, H2 closes its database for all connections, which go on saying that
 * they are valid, and opens it again for the first new one once the last of them is gone.
 */
public final class BrokenConnections implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return StorageFailures.isUnavailable(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
