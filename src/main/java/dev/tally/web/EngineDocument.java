package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine. */
@Schema(name = "EngineEntry", description = "Something that runs networks, and whether it is available here.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record EngineDocument(
        @Schema(description = "Its name in requests.", requiredMode = Schema.RequiredMode.REQUIRED)
        String id,

        @Schema(description = "What it is.") String description,

        @Schema(description = "Whether it can be measured with here.", requiredMode = Schema.RequiredMode.REQUIRED)
        boolean available,

        @Schema(description = "Why it is not available, and what to do about it; absent where it is.") @Nullable
        String reason,

        @Schema(description = "Its version, where it has one.") @Nullable
        String version,

        @Schema(description = "What else is known of it: device, driver, build, …")
        Map<String, String> properties) {

    static EngineDocument of(Engine engine) {
        EngineStatus status = engine.status();
        return new EngineDocument(
                engine.id(),
                status.description(),
                status.available(),
                status.unavailable(),
                status.version(),
                status.properties());
    }
}
