package dev.tally.job;

import dev.tally.analysis.Analysis;
import dev.tally.description.Described;
import dev.tally.description.Errors;
import dev.tally.description.Pointer;
import dev.tally.job.MeasuredNetworks.MeasuredNetwork;
import dev.tally.network.Node;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.AlternativesRequest;
import dev.tally.planning.alternative.Contender;
import dev.tally.planning.alternative.Part;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Designs of layers: what {@code POST /v1/alternatives} with {@code "measure"} becomes. Each layer as it is is measured
 * by itself, each of its alternatives in turns with it; those that do the same once.
 */
@Component
public final class AlternativesKind implements JobKind {
    /** The name of the kind. */
    public static final String ID = "alternatives";

    /** What may stand beside the network and the layer in a request. */
    public static final List<String> BESIDE = List.of(MeasureReader.MEASURE, AnalysisKind.ESTIMATE);

    /** Where the network stands. */
    public static final Pointer NETWORK = Pointer.ROOT.at(AlternativesRequest.NETWORK);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public MeasuredNetworks read(JsonNode request, MeasureReader reader) {
        Errors errors = new Errors();
        MeasureRequest measure = reader.read(request, MeasureDefaults.MANY, errors);
        AlternativesRequest asked = AlternativesRequest.of(request, BESIDE, errors);
        AlternativesPlan plan = asked.plan(Analysis.of(asked.described().network()));
        return toMeasure(plan, asked.described(), Objects.requireNonNull(measure, "only what measures becomes a job"));
    }

    /**
     * {@return the designs that are to be measured, with their counts; what is wrong with one is said of its layer}
     *
     * @param described the network whose layers they are designs of
     */
    public static MeasuredNetworks toMeasure(AlternativesPlan plan, Described described, MeasureRequest measure) {
        return new MeasuredNetworks(
                measure,
                plan.distinctDesigns().stream()
                        .map(design -> measured(design, described))
                        .toList());
    }

    private static MeasuredNetwork measured(Contender design, Described described) {
        Part original = design.original();
        return new MeasuredNetwork(
                counted(design.part(), design.layer(), described),
                original == null ? null : counted(original, design.layer(), described));
    }

    private static CountedNetwork counted(Part part, Node layer, Described described) {
        String pointer = described.origins().pointer(layer);
        return CountedNetwork.of(new Described(part.network(), _ -> pointer), NETWORK);
    }
}
