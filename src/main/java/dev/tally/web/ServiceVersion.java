package dev.tally.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The version of the running service, as every answer carries it. */
@Component
final class ServiceVersion {
    private final String text;

    ServiceVersion(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        this.text = version == null ? "unknown" : version;
    }

    String text() {
        return text;
    }
}
