package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.TimedDesigns;
import java.util.List;

/**
 * Alternatives on their way out: JSON, tables or CSV, as the request asks.
 *
 * @param designs the designs of each layer of the plan, with what is known of their times
 * @param networks whether JSON has the rewritten networks
 * @param version the service's version
 */
record AlternativesAnswer(AlternativesPlan plan, List<TimedDesigns> designs, boolean networks, String version)
        implements JobAnswer {
    @Override
    @JsonValue
    public AlternativesDocument document() {
        return AlternativesDocument.of(this);
    }
}
