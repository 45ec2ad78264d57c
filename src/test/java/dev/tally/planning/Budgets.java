package dev.tally.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.Totals;
import dev.tally.description.DescriptionError;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractStringAssert;
import tools.jackson.databind.JsonNode;

/** Budgets as tests write them: JSON with single quotes for double ones. */
final class Budgets {
    private Budgets() {}

    static JsonNode json(String json) {
        return DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8));
    }

    static Budget budget(String budget) {
        return Objects.requireNonNull(BudgetReader.read(json("{'budget': " + budget + "}"), new Errors()));
    }

    static Totals totals(String ready) {
        return Analysis.of(DescriptionReader.read(json("{'ready': '" + ready + "'}"))
                        .network())
                .totals();
    }

    static List<DescriptionError> errors(String budget) {
        return catchThrowableOfType(InvalidDescriptionException.class, () -> budget(budget))
                .errors();
    }

    /** The detail of the only error, which stands at a place in the budget. */
    static AbstractStringAssert<?> assertError(String budget, String pointer) {
        List<DescriptionError> errors = errors(budget);
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().pointer()).isEqualTo("/budget" + pointer);
        return assertThat(errors.getFirst().detail());
    }
}
