package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The last line of the answer to a batch. */
@Schema(
        name = "BatchSummary",
        description = "The last line of the answer to a batch. Where it is missing the answer is cut off.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchSummary(
        @Schema(
                description = "The lines that were answered, blank ones not among them.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        long lines,

        @Schema(description = "Those with an analysis.", requiredMode = Schema.RequiredMode.REQUIRED)
        long analysed,

        @Schema(description = "Those with a problem.", requiredMode = Schema.RequiredMode.REQUIRED)
        long problems,

        @Schema(description = "Whether the body was read to its end.", requiredMode = Schema.RequiredMode.REQUIRED)
        boolean complete,

        @Schema(
                description = "Why it was not: a line did not end, nothing came for too long, the body was cut off, the"
                        + " service shuts down. Absent where it is complete.")
        @Nullable
        String reason) {}
