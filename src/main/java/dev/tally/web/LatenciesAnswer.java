package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.latency.Latency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the latency table on its way out: JSON or CSV, as the request asks.
 *
 * @param next the path of the next page; null on the last one
 */
record LatenciesAnswer(List<Latency> latencies, @Nullable String next) {
    @JsonValue
    LatenciesDocument document() {
        return new LatenciesDocument(latencies.stream().map(LatencyDocument::of).toList(), next);
    }
}
