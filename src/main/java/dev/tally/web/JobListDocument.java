package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /v1/jobs}. */
@Schema(name = "Jobs", description = "Jobs, the newest first, without what was found.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobListDocument(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<JobDocument> jobs,

        @Schema(
                description = "The path of the next page, with the same filter; absent on the last one.",
                example = "/v1/jobs?state=done&cursor=MjAyNi0x")
        @Nullable
        String next) {}
