package dev.tally.containers;

import java.util.Objects;
import org.testcontainers.utility.DockerImageName;

/** The images that tests start: the official ones, unless the environment names others. */
public final class Images {
    private Images() {}

    /** {@return PostgreSQL: {@code POSTGRES_IMAGE}} */
    public static DockerImageName postgres() {
        return named("POSTGRES_IMAGE", "postgres:17").asCompatibleSubstituteFor("postgres");
    }

    private static DockerImageName named(String variable, String official) {
        return DockerImageName.parse(Objects.requireNonNullElse(System.getenv(variable), official));
    }
}
