package dev.tally.engine;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is, and whether it is available here.
 *
 * @param description what it is, in a line
 * @param version its version, or that of the library it is; null where that is not known
 * @param unavailable why it is not available, and what to do about it; null where it is
 * @param properties what else is worth knowing, by name: device, driver, build, …
 */
public record EngineStatus(
        String description,
        @Nullable String version,
        @Nullable String unavailable,
        Map<String, String> properties) {
    public EngineStatus {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /**
     * {@return the device that it computes on and its driver, by the properties of these names; null where it has none}
     */
    public @Nullable String device() {
        String device = properties.get("device");
        String driver = properties.get("driver");
        return device == null || driver == null ? device : device + ", driver " + driver;
    }

    /** {@return whether networks can be run} */
    public boolean available() {
        return unavailable == null;
    }
}
