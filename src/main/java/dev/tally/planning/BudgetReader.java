package dev.tally.planning;

import dev.tally.description.Errors;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the budget that stands beside a network. */
public final class BudgetReader {
    /** The property under which a budget stands. */
    public static final String BUDGET = "budget";

    private static final String BASELINE = "baseline";
    private static final String AT_MOST = "atMost";
    private static final List<String> PROPERTIES =
            Stream.concat(Stream.of(BASELINE), Figure.ids().stream()).toList();
    private static final List<String> PROPERTIES_OF_A_LIMIT = List.of(BASELINE, AT_MOST);

    /** What else figures are called, normalised. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("mults", Figure.MULTIPLIES.id()),
            Map.entry("multiplications", Figure.MULTIPLIES.id()),
            Map.entry("adds", Figure.ADDITIONS.id()),
            Map.entry("madds", Figure.MACS.id()),
            Map.entry("multadds", Figure.MACS.id()),
            Map.entry("params", Figure.PARAMETERS.id()),
            Map.entry("weights", Figure.WEIGHT_BYTES.id()),
            Map.entry("activations", Figure.ACTIVATION_BYTES.id()),
            Map.entry("memory", Figure.PEAK_ACTIVATION_BYTES.id()),
            Map.entry("peakmemory", Figure.PEAK_ACTIVATION_BYTES.id()));

    private static final Map<String, String> ALIASES_OF_A_LIMIT =
            Map.of("max", AT_MOST, "maximum", AT_MOST, "limit", AT_MOST, "change", AT_MOST, "network", BASELINE);

    private final Part budget;
    private final Errors errors;
    private final Baselines baselines;

    /**
     * A part of the document and where it stands, or should: what is missing is looked for in what it is missing from.
     */
    private record Part(JsonNode json, Pointer at) {
        Part path(String property) {
            JsonNode part = json.path(property);
            return new Part(part, part.isMissingNode() ? at : at.at(property));
        }

        boolean given() {
            return Properties.isGiven(json);
        }
    }

    private BudgetReader(Part budget, Errors errors) {
        this.budget = budget;
        this.errors = errors;
        this.baselines = new Baselines(errors);
    }

    /**
     * {@return the budget of a document, its baselines counted; null where it has none}
     *
     * @param errors gets what is at fault with the budget
     * @throws dev.tally.description.InvalidDescriptionException if there are errors, those from before among them
     * @throws UncountableBaselineException if there are none, but a count of a baseline is over 2^63-1
     */
    public static @Nullable Budget read(JsonNode document, Errors errors) {
        Part budget = new Part(document, Pointer.ROOT).path(BUDGET);
        if (!budget.given()) {
            errors.throwIfAny();
            return null;
        }
        return new BudgetReader(budget, errors).read();
    }

    private Budget read() {
        List<Limit> limits = new ArrayList<>();
        if (!budget.json().isObject()) {
            report(budget, "a budget, an object of figures and their limits");
        } else {
            readLimits(limits);
        }
        errors.throwIfAny();
        baselines.throwIfUncountable();
        return new Budget(limits);
    }

    private void readLimits(List<Limit> limits) {
        Properties.check(budget.json(), budget.at(), "", "a budget", PROPERTIES, ALIASES, errors);
        boolean any = false;
        boolean sharing = false;
        for (String property : budget.json().propertyNames()) {
            Figure figure = Figure.find(property);
            Part limit = budget.path(property);
            if (property.equals(BASELINE) || (figure == null && !limit.given())) {
                continue;
            }
            any = true;
            sharing |= !limit.json().isIntegralNumber() && !limit.path(BASELINE).given();
            if (figure != null) {
                read(figure, limit, limits);
            }
        }
        if (!any) {
            errors.add(
                    budget.at(),
                    "",
                    "expected the limit of at least one figure, such as \"multiplies\": 20000000, got none");
        } else if (budget.path(BASELINE).given() && !sharing) {
            errors.add(budget.path(BASELINE).at(), "", "no limit goes by this baseline: expected one such as \"+2 %\"");
        }
    }

    private void read(Figure figure, Part limit, List<Limit> limits) {
        JsonNode json = limit.json();
        if (json.isIntegralNumber()) {
            if (json.canConvertToLong() && json.asLong() >= 0) {
                limits.add(Limit.absolute(figure, json.asLong()));
            } else {
                report(limit, "an integer from 0 to 2^63-1");
            }
        } else if (json.isString()) {
            readRelative(figure, limit, budget.path(BASELINE), limits);
        } else if (json.isObject()) {
            Properties.check(json, limit.at(), "", "a limit", PROPERTIES_OF_A_LIMIT, ALIASES_OF_A_LIMIT, errors);
            Part own = limit.path(BASELINE);
            readRelative(figure, limit.path(AT_MOST), own.given() ? own : budget.path(BASELINE), limits);
        } else {
            // Null too, else a build would go on without the limit that a script failed to fill in.
            report(
                    limit,
                    "an integer, a change such as \"+2 %\" from the budget's \"baseline\", or"
                            + " {\"baseline\": …, \"atMost\": \"+2 %\"}");
        }
    }

    private void readRelative(Figure figure, Part written, Part baseline, List<Limit> limits) {
        Change change = change(written);
        if (!baseline.given() && change == null) {
            return; // one error is enough for what is no change
        }
        if (!baseline.given()) {
            errors.add(
                    written.at(),
                    "",
                    "a change goes by a baseline, and there is none: expected \"baseline\" in the limit or in the"
                            + " budget, such as {\"ready\": \"googlenet\"}");
            return;
        }
        Long count = baselines.figures(baseline.json(), baseline.at()).get(figure);
        if (change != null && count != null) {
            limits.add(Limit.relative(figure, count, change));
        }
    }

    private @Nullable Change change(Part written) {
        String expected = "a change in percent such as \"+2 %\" or \"-12.5 %\"";
        try {
            if (written.json().isString()) {
                return Change.of(written.json().asString());
            }
        } catch (IllegalArgumentException e) {
            expected = String.valueOf(e.getMessage());
        }
        if (!written.at().toString().endsWith(AT_MOST) && !written.json().isMissingNode()) {
            expected = "an integer, or " + expected;
        }
        report(written, written.json().isMissingNode() ? "\"" + AT_MOST + "\", " + expected : expected);
        return null;
    }

    private void report(Part part, String expected) {
        errors.add(part.at(), "", "expected " + expected + ", got " + Quoted.of(part.json()));
    }
}
