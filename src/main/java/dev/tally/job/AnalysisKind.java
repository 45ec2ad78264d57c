package dev.tally.job;

import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.Pointer;
import dev.tally.planning.BudgetReader;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** One network: what {@code POST /v1/analyses} with {@code "measure"} becomes. */
@Component
public final class AnalysisKind implements JobKind {
    /** The name of the kind. */
    public static final String ID = "analysis";

    /** The property under which stands from whose times to estimate. */
    public static final String ESTIMATE = "estimate";

    /** What may stand beside the network in a request. */
    public static final List<String> BESIDE = List.of(BudgetReader.BUDGET, MeasureReader.MEASURE, ESTIMATE);

    /** Where the baseline stands. */
    public static final Pointer BASELINE =
            Pointer.ROOT.at(MeasureReader.MEASURE).at("baseline");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public MeasuredNetworks read(JsonNode request, MeasureReader reader) {
        Errors errors = new Errors();
        MeasureRequest asked = reader.read(request, MeasureDefaults.ONE, errors);
        Described described = errors.orNull(Pointer.ROOT, () -> DescriptionReader.read(request, BESIDE));
        errors.throwIfAny();
        MeasureRequest measure = Objects.requireNonNull(asked, "only what measures becomes a job");
        Described network = Objects.requireNonNull(described, "an error was added where it is null");
        Described baseline = measure.baseline();
        return MeasuredNetworks.one(
                measure,
                CountedNetwork.of(network, Pointer.ROOT),
                baseline == null ? null : CountedNetwork.of(baseline, BASELINE));
    }

    /** As it was stored when there was no other kind. */
    @Override
    public String write(StoredResults results) {
        return Json.write(Objects.requireNonNull(
                results.networks().getFirst().result(), "a job fails with the only network that it measures"));
    }
}
