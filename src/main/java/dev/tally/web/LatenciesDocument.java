package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /v1/latencies}. */
@Schema(name = "Latencies", description = "A page of the latency table.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LatenciesDocument(
        @Schema(
                description = "In the order in which their conditions were first measured under, then of their keys.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        List<LatencyDocument> latencies,

        @Schema(
                description = "The path of the next page, with the same filters; absent on the last one.",
                example = "/v1/latencies?engine=java&cursor=MSAxIGNvbnY")
        @Nullable
        String next) {}
