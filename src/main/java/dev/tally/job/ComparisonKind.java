package dev.tally.job;

import dev.tally.description.Described;
import dev.tally.description.Errors;
import dev.tally.planning.comparison.ComparisonReader;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Networks that are compared: what {@code POST /v1/comparisons} with {@code "measure"} becomes. The first is measured
 * by itself, each of the others in turns with it.
 */
@Component
public final class ComparisonKind implements JobKind {
    /** The name of the kind. */
    public static final String ID = "comparison";

    /** What may stand beside the networks in a request. */
    public static final List<String> BESIDE = List.of(MeasureReader.MEASURE, AnalysisKind.ESTIMATE);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public MeasuredNetworks read(JsonNode request, MeasureReader reader) {
        Errors errors = new Errors();
        MeasureRequest asked = reader.read(request, MeasureDefaults.SEVERAL, errors);
        List<Described> networks = ComparisonReader.read(request, BESIDE, errors);
        errors.throwIfAny();
        return MeasuredNetworks.besideFirst(
                Objects.requireNonNull(asked, "only what measures becomes a job"),
                IntStream.range(0, networks.size())
                        .mapToObj(i -> CountedNetwork.of(networks.get(i), ComparisonReader.at(i)))
                        .toList());
    }
}
