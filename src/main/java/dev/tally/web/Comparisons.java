package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.job.ComparisonKind;
import dev.tally.job.CountedNetwork;
import dev.tally.job.Failure;
import dev.tally.job.MeasureRequest;
import dev.tally.job.MeasuredNetworks;
import dev.tally.job.StoredResult;
import dev.tally.job.StoredResults;
import dev.tally.job.StoredResults.StoredNetwork;
import dev.tally.latency.LatencyEstimate;
import dev.tally.network.Network;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.comparison.Comparison;
import dev.tally.planning.comparison.ComparisonReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** From networks that are to be compared to the comparison, for a single request and for a job alike. */
@Component
final class Comparisons implements StoredAnswers {
    private final Analyses analyses;
    private final EstimateReader estimate;
    private final ServiceVersion version;

    Comparisons(Analyses analyses, EstimateReader estimate, ServiceVersion version) {
        this.analyses = analyses;
        this.estimate = estimate;
        this.version = version;
    }

    /**
     * {@return the comparison, with estimates if they are asked for}
     *
     * @throws UncountableException if a count does not fit 64 bits
     */
    ComparisonAnswer of(ComparisonRequest asked, Detail detail) {
        List<@Nullable StoredNetwork> none =
                Collections.nCopies(asked.networks().size(), null);
        return answer(asked, none, detail);
    }

    /**
     * {@return the networks that are to be measured, with their counts}
     *
     * @throws UncountableException if a count does not fit 64 bits
     */
    MeasuredNetworks toMeasure(ComparisonRequest asked, MeasureRequest measure) {
        return MeasuredNetworks.besideFirst(measure, count(asked));
    }

    @Override
    public String kind() {
        return ComparisonKind.ID;
    }

    @Override
    public ComparisonAnswer of(JsonNode request, String result, Detail detail) {
        ComparisonRequest asked = ComparisonRequest.ofJob(request, estimate);
        List<Network> networks =
                asked.networks().stream().map(described -> described.network()).toList();
        return answer(asked, StoredResults.read(result).of(networks), detail);
    }

    private List<CountedNetwork> count(ComparisonRequest asked) {
        return IntStream.range(0, asked.networks().size())
                .mapToObj(i -> analyses.count(asked.networks().get(i), ComparisonReader.at(i)))
                .toList();
    }

    private ComparisonAnswer answer(ComparisonRequest asked, List<@Nullable StoredNetwork> found, Detail detail) {
        List<Analysis> counted =
                count(asked).stream().map(CountedNetwork::analysis).toList();
        List<@Nullable MeasuredAnalysis> measured = new ArrayList<>();
        List<@Nullable String> notMeasured = new ArrayList<>();
        List<@Nullable LatencyEstimate> estimates = new ArrayList<>();
        for (int i = 0; i < counted.size(); i++) {
            Analysis analysis = counted.get(i);
            StoredNetwork one = found.get(i);
            StoredResult result = one == null ? null : one.result();
            Failure failure = one == null ? null : one.failure();
            measured.add(result == null ? null : result.beside(analysis, i == 0 ? null : counted.getFirst()));
            notMeasured.add(failure == null ? null : failure.detail());
            estimates.add(asked.estimate() == null ? null : analyses.estimate(analysis.network(), asked.estimate()));
        }
        return new ComparisonAnswer(
                Comparison.of(counted), detail == Detail.FULL, version.text(), measured, notMeasured, estimates);
    }
}
