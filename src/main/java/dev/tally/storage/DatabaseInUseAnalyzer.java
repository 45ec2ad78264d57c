package dev.tally.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where a second process opens the file of the first. */
final class DatabaseInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    private static final int IN_USE = 90020;

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, SQLException cause) {
        if (cause.getErrorCode() != IN_USE) {
            return null;
        }
        return new FailureAnalysis(
                "The file of the database is in use by another process, most likely another Tally: "
                        + cause.getMessage(),
                "Stop that one, give this one a folder of its own (TALLY_DATA=/some/folder), or let both share a"
                        + " PostgreSQL (SPRING_DATASOURCE_URL=jdbc:postgresql://host/tally, SPRING_DATASOURCE_USERNAME,"
                        + " SPRING_DATASOURCE_PASSWORD).",
                failure);
    }
}
