package dev.tally.storage;

import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Makes the tables when the service starts. A server that is away then is no reason not to start: what needs no
 * database is answered, and the tables are made once it is there. A file that cannot be opened is one: nobody will mend
 * it.
 */
final class Migration implements FlywayMigrationStrategy {
    private static final Logger LOGGER = LoggerFactory.getLogger(Migration.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Storage storage;

    Migration(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void migrate(Flyway flyway) {
        try {
            flyway.migrate();
            storage.becomeReady();
        } catch (RuntimeException e) {
            if (!storage.postgresql() || !StorageFailures.isUnavailable(e)) {
                throw e;
            }
            LOGGER.warn("the database does not answer; measuring is refused until it does: {}", e.getMessage());
            Thread.ofVirtual().name("making-tables").start(() -> migrateLater(flyway));
        }
    }

    private void migrateLater(Flyway flyway) {
        while (!storage.ready()) {
            try {
                Thread.sleep(BETWEEN_TRIES);
                flyway.migrate();
                storage.becomeReady();
                LOGGER.info("the database answers");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!StorageFailures.isUnavailable(e)) {
                    LOGGER.error("the tables cannot be made; measuring is refused", e);
                    return;
                }
            }
        }
    }
}
