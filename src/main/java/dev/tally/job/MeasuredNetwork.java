package dev.tally.job;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.Pointer;
import dev.tally.planning.BudgetReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A network that is to be measured, with its counts.
 *
 * @param described the network
 * @param analysis its counts
 * @param asked what is to be measured of it
 * @param baseline the counts of the baseline; null where there is none
 */
public record MeasuredNetwork(
        Described described,
        Analysis analysis,
        MeasureRequest asked,
        @Nullable Analysis baseline) {
    /** The property under which stands from whose times to estimate. */
    public static final String ESTIMATE = "estimate";

    /** What may stand beside the network in a request. */
    public static final List<String> BESIDE = List.of(BudgetReader.BUDGET, MeasureReader.MEASURE, ESTIMATE);

    /**
     * {@return what a stored request asks for}
     *
     * @throws InvalidDescriptionException if it was valid where it was accepted, and is not here
     * @throws CountOverflowException likewise
     */
    static MeasuredNetwork of(JsonNode request, MeasureReader reader) {
        Errors errors = new Errors();
        MeasureRequest asked = reader.read(request, errors);
        Described described = errors.orNull(Pointer.ROOT, () -> DescriptionReader.read(request, BESIDE));
        errors.throwIfAny();
        MeasureRequest measure = Objects.requireNonNull(asked, "only what measures becomes a job");
        Described network = Objects.requireNonNull(described, "an error was added where it is null");
        Described baseline = measure.baseline();
        return new MeasuredNetwork(
                network,
                Analysis.of(network.network()),
                measure,
                baseline == null ? null : Analysis.of(baseline.network()));
    }
}
