package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import dev.tally.planning.Budget;
import dev.tally.planning.Verdict;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/** From a request to what its network costs: the same way for a single request and for a line of a batch. */
@Component
final class Analyses {
    private final ServiceVersion version;
    private final Timer timer;
    private final DistributionSummary sizes;

    Analyses(ServiceVersion version, MeterRegistry meters) {
        this.version = version;
        this.timer = Timer.builder("tally.analysis")
                .description("The time to count a network, without reading and writing it")
                .register(meters);
        this.sizes = DistributionSummary.builder("tally.analysis.layers")
                .description("The layers of the networks that were counted, blocks and repeats expanded")
                .register(meters);
    }

    /**
     * {@return what a network costs, and whether its budget is kept}
     *
     * @throws UncountableException if a count does not fit 64 bits
     */
    AnalysisAnswer of(AnalysisRequest asked, Detail detail) {
        Analysis analysis = count(asked.described());
        Budget budget = asked.budget();
        Verdict verdict = budget == null ? null : budget.check(analysis.totals());
        return new AnalysisAnswer(analysis, detail == Detail.FULL, version.text(), verdict);
    }

    private Analysis count(Described described) {
        try {
            sizes.record(described.network().nodes().size());
            return timer.record(() -> Analysis.of(described.network()));
        } catch (CountOverflowException e) {
            throw new UncountableException(new DescriptionError(
                    e.getMessage(),
                    described.origins().pointer(e.node()),
                    e.node().name()));
        }
    }
}
