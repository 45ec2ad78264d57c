package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionReader;
import dev.tally.description.ReadyNetwork;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;

/** A ready network in the list of them. */
@Schema(name = "ReadyNetwork", description = "A network to start from.")
record ReadyNetworkDocument(
        @Schema(description = "The name by which it is asked for.", requiredMode = Schema.RequiredMode.REQUIRED)
        String name,

        @Schema(description = "What it is.") String description,
        @Schema(description = "Where its description is.") String href,

        @Schema(description = "Its parameters and their defaults.")
        Map<String, Integer> parameters,

        @Schema(
                description = "The input's shape; with several inputs, an object of shapes by name.",
                types = {})
        Object input,

        @Schema(description = "How many layers it has, blocks and repeats expanded.")
        int layers,

        TotalsDocument totals) {
    static ReadyNetworkDocument of(ReadyNetwork ready) {
        Analysis analysis = Analysis.of(DescriptionReader.read(ready.json()).network());
        Map<String, Integer> parameters = new TreeMap<>();
        ready.json()
                .path("parameters")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asInt()));
        return new ReadyNetworkDocument(
                ready.name(),
                ready.description(),
                "/v1/networks/" + ready.name(),
                parameters,
                AnalysisDocument.shapes(analysis.network().inputs()),
                analysis.layers().size(),
                TotalsDocument.of(analysis.totals()));
    }
}
