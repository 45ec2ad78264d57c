package dev.tally.web;

import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.Pointer;
import dev.tally.job.AnalysisKind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is to be written as a model: a network, and nothing beside it. */
record ModelRequest(Described described) {
    /**
     * {@return what a document asks for}
     *
     * @throws InvalidDescriptionException with the errors of the network, and what stands beside it
     */
    static ModelRequest of(JsonNode json) {
        Errors errors = new Errors();
        List<String> beside = AnalysisKind.BESIDE.stream()
                .filter(property -> json.hasNonNull(property))
                .toList();
        for (String property : beside) {
            errors.add(
                    Pointer.ROOT.at(property),
                    "",
                    "a model is written, neither counted nor measured: expected the network alone, got \"" + property
                            + "\" beside it, which POST /v1/analyses takes");
        }
        Described described = errors.orNull(Pointer.ROOT, () -> DescriptionReader.read(json, beside));
        errors.throwIfAny();
        if (described == null) {
            throw new IllegalStateException("reported above");
        }
        return new ModelRequest(described);
    }
}
