package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.engine.Algorithm;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
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
        Map<String, String> properties,

        @Schema(
                description = "What a request may have its convolutions computed by, in the order in which it is tried"
                        + " where none is asked for; empty where the engine chooses by itself alone.")
        List<AlgorithmDocument> algorithms) {

    /** An algorithm. */
    @Schema(name = "Algorithm", description = "A way to compute convolutions that a request may ask for.")
    record AlgorithmDocument(
            @Schema(description = "Its name in requests.", requiredMode = Schema.RequiredMode.REQUIRED)
            String id,

            @Schema(description = "What it is, and which convolutions it applies to.")
            String description) {
        static AlgorithmDocument of(Algorithm algorithm) {
            return new AlgorithmDocument(algorithm.id(), algorithm.description());
        }
    }

    /**
     * {@return an engine's entry}
     *
     * @param unavailable why nobody has it who measures; null where somebody does
     */
    static EngineDocument of(Engine engine, @Nullable String unavailable) {
        EngineStatus status = engine.status();
        return new EngineDocument(
                engine.id(),
                status.description(),
                unavailable == null,
                unavailable,
                status.version(),
                status.properties(),
                engine.algorithms().stream().map(AlgorithmDocument::of).toList());
    }
}
