package dev.tally.planning.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.description.DescriptionJson;
import dev.tally.description.Errors;
import dev.tally.description.ParametricDescription;
import dev.tally.planning.Budget;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sweeps as tests write them: JSON with single quotes for double ones. */
final class Sweeping {
    /** The lecture's bottleneck of any width. */
    static final String BOTTLENECK = """
            {'input': [28, 28, 192], 'layers': [
              {'name': 'reduce', 'type': 'conv2d', 'filters': '$width', 'kernel': 1},
              {'name': '5x5', 'type': 'conv2d', 'filters': 32, 'kernel': 5, 'padding': 'same'}]}""";

    private Sweeping() {}

    static JsonNode json(String json) {
        return DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8));
    }

    static ParameterSpace space(String document) {
        Errors errors = new Errors();
        ParameterSpace space = SpaceReader.read(json(document), errors);
        errors.throwIfAny();
        return Objects.requireNonNull(space);
    }

    static Sweep sweep(String network, String document, @Nullable Budget budget, @Nullable StepTimes times) {
        ParameterSpace space = space(document);
        return new Sweep(ParametricDescription.read(json(network), space.names()), space, budget, times);
    }

    static Candidate.Counted counted(Sweep sweep, long place) {
        return (Candidate.Counted) sweep.count(place, place + 1).getFirst();
    }
}
