package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionError;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.job.AlternativesKind;
import dev.tally.job.Failure;
import dev.tally.job.MeasureRequest;
import dev.tally.job.MeasuredNetworks;
import dev.tally.job.StoredResult;
import dev.tally.job.StoredResults;
import dev.tally.job.StoredResults.StoredNetwork;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.Contender;
import dev.tally.planning.alternative.DesignEstimates;
import dev.tally.planning.alternative.LayerAlternatives;
import dev.tally.planning.alternative.TimedDesigns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** From a layer to its alternatives and what is known of their times, for a single request and for a job alike. */
@Component
final class TimedAlternatives implements StoredAnswers {
    /** The most layers that the networks of an answer have, all together: some 150 MB. */
    private static final long MOST_LAYERS_OF_NETWORKS = 1_000_000;

    private final Analyses analyses;
    private final EstimateReader estimate;
    private final EstimatedDesigns estimated;
    private final ServiceVersion version;

    TimedAlternatives(Analyses analyses, EstimateReader estimate, EstimatedDesigns estimated, ServiceVersion version) {
        this.analyses = analyses;
        this.estimate = estimate;
        this.estimated = estimated;
        this.version = version;
    }

    /**
     * {@return the alternatives that are asked for}
     *
     * @throws UncountableException if a count does not fit 64 bits
     * @throws InvalidDescriptionException if there are none, or their networks would be too many
     */
    AlternativesPlan plan(TimedAlternativesRequest asked, Detail detail) {
        AlternativesPlan plan = plan(asked);
        if (detail == Detail.FULL && !fits(plan)) {
            throw tooMany(plan.layersOfNetworks());
        }
        return plan;
    }

    /** {@return the alternatives, with estimates if they are asked for} */
    AlternativesAnswer of(TimedAlternativesRequest asked, Detail detail) {
        return answer(asked, plan(asked, detail), Map.of(), detail);
    }

    /** {@return the designs that are to be measured, with their counts} */
    MeasuredNetworks toMeasure(TimedAlternativesRequest asked, MeasureRequest measure, Detail detail) {
        return AlternativesKind.toMeasure(
                plan(asked, detail), asked.alternatives().described(), measure);
    }

    @Override
    public String kind() {
        return AlternativesKind.ID;
    }

    /** Leaves out networks that are too many: whoever posted the request may have asked for none. */
    @Override
    public AlternativesAnswer of(JsonNode request, String result, Detail detail) {
        TimedAlternativesRequest asked = TimedAlternativesRequest.ofJob(request, estimate);
        AlternativesPlan plan = plan(asked);
        List<Contender> designs = plan.distinctDesigns();
        List<@Nullable StoredNetwork> stored = StoredResults.read(result)
                .of(designs.stream().map(design -> design.part().network()).toList());
        Map<String, StoredNetwork> found = new HashMap<>();
        for (int i = 0; i < designs.size(); i++) {
            StoredNetwork one = stored.get(i);
            if (one != null) {
                found.put(designs.get(i).key(), one);
            }
        }
        return answer(asked, plan, found, fits(plan) ? detail : Detail.TOTALS);
    }

    private AlternativesPlan plan(TimedAlternativesRequest asked) {
        Analysis analysis = analyses.count(asked.alternatives().described(), AlternativesKind.NETWORK)
                .analysis();
        return asked.alternatives().plan(analysis);
    }

    /** @param found what was found of designs, by their keys */
    private AlternativesAnswer answer(
            TimedAlternativesRequest asked, AlternativesPlan plan, Map<String, StoredNetwork> found, Detail detail) {
        List<DesignEstimates> estimates = asked.estimate() == null ? List.of() : estimated.of(plan, asked.estimate());
        List<TimedDesigns> timed = new ArrayList<>();
        for (int i = 0; i < plan.layers().size(); i++) {
            timed.add(timed(plan.layers().get(i), found, estimates.isEmpty() ? null : estimates.get(i)));
        }
        return new AlternativesAnswer(plan, timed, detail == Detail.FULL, version.text());
    }

    private static TimedDesigns timed(
            LayerAlternatives layer, Map<String, StoredNetwork> found, @Nullable DesignEstimates estimates) {
        List<@Nullable MeasuredAnalysis> measured = new ArrayList<>();
        List<@Nullable String> notMeasured = new ArrayList<>();
        Analysis original =
                found.isEmpty() ? null : Analysis.of(layer.original().network());
        for (Contender design : layer.designs()) {
            StoredNetwork one = found.get(design.key());
            StoredResult result = one == null ? null : one.result();
            Failure failure = one == null ? null : one.failure();
            measured.add(
                    result == null
                            ? null
                            : result.beside(
                                    Analysis.of(design.part().network()), design.original() == null ? null : original));
            notMeasured.add(failure == null ? null : failure.detail());
        }
        return new TimedDesigns(layer, measured, notMeasured, estimates);
    }

    private static boolean fits(AlternativesPlan plan) {
        return plan.layersOfNetworks() <= MOST_LAYERS_OF_NETWORKS;
    }

    private static InvalidDescriptionException tooMany(long layers) {
        String detail = String.format(
                Locale.ROOT,
                "expected at most %,d layers in the rewritten networks of an answer, all together, got %,d; ask for fewer"
                        + " alternatives, or with detail=totals for none of the networks",
                MOST_LAYERS_OF_NETWORKS,
                layers);
        return new InvalidDescriptionException(
                List.of(new DescriptionError(detail, AlternativesKind.NETWORK.toString(), "")));
    }
}
