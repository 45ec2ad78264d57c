package dev.tally.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings.
 *
 * @param bodyLimit the longest request body that is read, 1 byte to below 2 GB
 */
@ConfigurationProperties("tally")
record TallyProperties(@DefaultValue("1MB") DataSize bodyLimit) {
    TallyProperties {
        if (bodyLimit.toBytes() < 1 || bodyLimit.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("tally.body-limit: expected 1B to below 2GB, got " + bodyLimit);
        }
    }
}
