package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.job.AnalysisKind;
import dev.tally.job.CountedNetwork;
import dev.tally.job.MeasureReader;
import dev.tally.job.MeasureRequest;
import dev.tally.job.MeasuredNetworks;
import dev.tally.job.StoredResult;
import dev.tally.latency.LatencyEstimate;
import dev.tally.latency.LatencyEstimates;
import dev.tally.network.Network;
import dev.tally.planning.Budget;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Verdict;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * From a request to what its network costs: the same way for a single request, for a line of a batch, and for a job.
 */
@Component
final class Analyses implements StoredAnswers {
    private final ServiceVersion version;
    private final LatencyEstimates estimates;
    private final EstimateReader estimate;
    private final Timer timer;
    private final DistributionSummary sizes;

    Analyses(ServiceVersion version, LatencyEstimates estimates, EstimateReader estimate, MeterRegistry meters) {
        this.version = version;
        this.estimates = estimates;
        this.estimate = estimate;
        this.timer = Timer.builder("tally.analysis")
                .description("The time to count a network, without reading and writing it")
                .register(meters);
        this.sizes = DistributionSummary.builder("tally.analysis.layers")
                .description("The layers of the networks that were counted, blocks and repeats expanded")
                .register(meters);
    }

    /**
     * {@return what a network costs, and whether its budget is kept; how long it takes by what was measured before, if
     * that is asked for}
     *
     * @throws UncountableException if a count does not fit 64 bits
     */
    AnalysisAnswer of(AnalysisRequest asked, Detail detail) {
        return answer(asked, count(asked.described()), detail, null);
    }

    /**
     * {@return a network that is to be measured, with its counts}
     *
     * @throws UncountableException if a count does not fit 64 bits
     */
    MeasuredNetworks toMeasure(AnalysisRequest asked, MeasureRequest measure) {
        Described baseline = measure.baseline();
        return MeasuredNetworks.one(
                measure,
                count(asked.described(), Pointer.ROOT),
                baseline == null ? null : count(baseline, AnalysisKind.BASELINE));
    }

    @Override
    public String kind() {
        return AnalysisKind.ID;
    }

    /**
     * {@return what was measured of a network, beside what it costs} An estimate that is asked for is made now, and
     * knows what was measured.
     */
    @Override
    public AnalysisAnswer of(JsonNode request, String result, Detail detail) {
        AnalysisRequest asked = AnalysisRequest.ofJob(request, estimate);
        JsonNode baseline = request.path(MeasureReader.MEASURE).path("baseline");
        Analysis analysis = count(asked.described());
        Analysis ofBaseline = Properties.isGiven(baseline)
                ? count(DescriptionReader.read(baseline), AnalysisKind.BASELINE).analysis()
                : null;
        return answer(asked, analysis, detail, StoredResult.read(result).beside(analysis, ofBaseline));
    }

    private AnalysisAnswer answer(
            AnalysisRequest asked, Analysis analysis, Detail detail, @Nullable MeasuredAnalysis measured) {
        Budget budget = asked.budget();
        Verdict verdict = budget == null ? null : budget.check(analysis.totals());
        LatencyEstimate known = asked.estimate() == null ? null : estimate(analysis.network(), asked.estimate());
        return new AnalysisAnswer(analysis, detail == Detail.FULL, version.text(), verdict, measured, known);
    }

    /** {@return what a network takes by what was measured before} */
    LatencyEstimate estimate(Network network, EstimateRequest estimate) {
        return estimates.of(
                network,
                estimate.engine(),
                estimate.precisionOf(network.dataType()),
                estimate.threads(),
                estimate.host());
    }

    private Analysis count(Described described) {
        return count(described, Pointer.ROOT).analysis();
    }

    /**
     * {@return a network with its counts}
     *
     * @param at where it stands in the request
     * @throws UncountableException if a count does not fit 64 bits
     */
    CountedNetwork count(Described described, Pointer at) {
        try {
            sizes.record(described.network().nodes().size());
            return new CountedNetwork(described, at, timer.record(() -> Analysis.of(described.network())));
        } catch (CountOverflowException e) {
            throw new UncountableException(new DescriptionError(
                    e.getMessage(),
                    at + described.origins().pointer(e.node()),
                    e.node().name()));
        }
    }
}
