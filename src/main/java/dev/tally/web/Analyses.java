package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import dev.tally.description.Pointer;
import dev.tally.planning.Budget;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Verdict;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From a request to what its network costs: the same way for a single request and for a line of a batch. */
@Component
final class Analyses {
    private static final String BASELINE =
            Pointer.ROOT.at(MeasureReader.MEASURE).at("baseline").toString();

    private final ServiceVersion version;
    private final Measuring measuring;
    private final Timer timer;
    private final DistributionSummary sizes;

    Analyses(ServiceVersion version, Measuring measuring, MeterRegistry meters) {
        this.version = version;
        this.measuring = measuring;
        this.timer = Timer.builder("tally.analysis")
                .description("The time to count a network, without reading and writing it")
                .register(meters);
        this.sizes = DistributionSummary.builder("tally.analysis.layers")
                .description("The layers of the networks that were counted, blocks and repeats expanded")
                .register(meters);
    }

    /**
     * {@return what a network costs, and whether its budget is kept; measured too, if that is asked for}
     *
     * @param wait how long a measurement may take
     * @throws UncountableException if a count does not fit 64 bits
     * @throws RefusedException if it cannot be measured
     */
    AnalysisAnswer of(AnalysisRequest asked, Detail detail, Duration wait) {
        Analysis analysis = count(asked.described());
        Budget budget = asked.budget();
        Verdict verdict = budget == null ? null : budget.check(analysis.totals());
        return new AnalysisAnswer(
                analysis, detail == Detail.FULL, version.text(), verdict, measure(asked, analysis, wait));
    }

    /** {@return as {@link #of(AnalysisRequest, Detail, Duration)}, for what measures nothing} */
    AnalysisAnswer of(AnalysisRequest asked, Detail detail) {
        return of(asked, detail, Duration.ZERO);
    }

    private @Nullable MeasuredAnalysis measure(AnalysisRequest asked, Analysis analysis, Duration wait) {
        MeasureRequest measure = asked.measure();
        if (measure == null) {
            return null;
        }
        Described baseline = measure.baseline();
        return measuring.of(
                asked.described(), measure, analysis, baseline == null ? null : count(baseline, BASELINE), wait);
    }

    private Analysis count(Described described) {
        return count(described, "");
    }

    private Analysis count(Described described, String at) {
        try {
            sizes.record(described.network().nodes().size());
            return timer.record(() -> Analysis.of(described.network()));
        } catch (CountOverflowException e) {
            throw new UncountableException(new DescriptionError(
                    e.getMessage(),
                    at + described.origins().pointer(e.node()),
                    e.node().name()));
        }
    }
}
