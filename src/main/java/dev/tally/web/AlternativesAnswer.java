package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.Part;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Alternatives on their way out: JSON, tables or CSV, as the request asks.
 *
 * @param nanos what is known of a design's time
 * @param networks whether JSON has the rewritten networks
 * @param version the service's version
 */
record AlternativesAnswer(
        AlternativesPlan plan, Function<Part, OptionalDouble> nanos, boolean networks, String version) {
    @JsonValue
    AlternativesDocument document() {
        return AlternativesDocument.of(plan, nanos, networks, version);
    }
}
