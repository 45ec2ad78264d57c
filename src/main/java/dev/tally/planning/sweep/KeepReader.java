package dev.tally.planning.sweep;

import dev.tally.description.Errors;
import dev.tally.description.NearestName;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.planning.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads which candidates of a sweep are wanted. */
public final class KeepReader {
    /** The property under which it stands. */
    public static final String KEEP = "keep";

    /** The most candidates that are kept. */
    public static final int MOST = 10_000;

    private static final String BEST = "best";
    private static final String BY = "by";
    private static final String FRONT = "front";
    private static final List<String> PROPERTIES = List.of(BEST, BY, FRONT);
    private static final Map<String, String> ALIASES =
            Map.of("top", BEST, "first", BEST, "sortby", BY, "orderby", BY, "pareto", FRONT, "paretofront", FRONT);
    private static final List<String> IDS =
            Criterion.ALL.stream().map(Criterion::id).toList();
    private static final List<Criterion> COSTS = List.of(
            new Criterion(Figure.MULTIPLIES),
            new Criterion(Figure.PARAMETERS),
            new Criterion(Figure.PEAK_ACTIVATION_BYTES));

    private final boolean times;
    private final Errors errors;

    private KeepReader(boolean times, Errors errors) {
        this.times = times;
        this.errors = errors;
    }

    /**
     * {@return which candidates a document asks for; null where it asks for all, or is at fault}
     *
     * @param times whether it asks for times
     * @param errors gets what is at fault
     */
    public static @Nullable Keep read(JsonNode document, boolean times, Errors errors) {
        JsonNode json = document.path(KEEP);
        return Properties.isGiven(json) ? new KeepReader(times, errors).read(json, Pointer.ROOT.at(KEEP)) : null;
    }

    private @Nullable Keep read(JsonNode json, Pointer at) {
        if (json.isString() && json.asString().equals(FRONT)) {
            return new Keep.OnFront(costs());
        }
        boolean best = Properties.isGiven(json.path(BEST));
        if (!json.isObject() || best == Properties.isGiven(json.path(FRONT))) {
            errors.add(
                    at,
                    "",
                    "expected {\"best\": 100, \"by\": \"multiplies\"}, \"front\", or {\"front\": [\"multiplies\","
                            + " \"parameters\"]}, got "
                            + (best ? "both" : Quoted.of(json)));
            return null;
        }
        Properties.check(json, at, "", "\"keep\"", PROPERTIES, ALIASES, errors);
        return best ? best(json, at) : front(json.path(FRONT), at.at(FRONT));
    }

    private List<Criterion> costs() {
        List<Criterion> costs = new ArrayList<>(COSTS);
        if (times) {
            costs.add(Criterion.TIME);
        }
        return costs;
    }

    private @Nullable Keep best(JsonNode json, Pointer at) {
        JsonNode count = json.path(BEST);
        boolean valid =
                count.isIntegralNumber() && count.canConvertToInt() && count.asInt() >= 1 && count.asInt() <= MOST;
        if (!valid) {
            errors.add(at.at(BEST), "", "expected an integer from 1 to " + MOST + ", got " + Quoted.of(count));
        }
        JsonNode by = json.path(BY);
        Criterion criterion = Properties.isGiven(by) ? criterion(by, at.at(BY)) : COSTS.getFirst();
        return valid && criterion != null ? new Keep.Best(count.asInt(), criterion) : null;
    }

    private @Nullable Keep front(JsonNode json, Pointer at) {
        if (!json.isArray() || json.size() < 2 || json.size() > IDS.size()) {
            errors.add(
                    at,
                    "",
                    "expected a list of at least two figures, such as [\"multiplies\", \"parameters\"], got "
                            + Quoted.of(json));
            return null;
        }
        List<Criterion> criteria = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            Criterion criterion = criterion(json.get(i), at.at(i));
            if (criterion != null && criteria.contains(criterion)) {
                errors.add(at.at(i), "", Quoted.of(criterion.id()) + " stands there already");
            } else if (criterion != null) {
                criteria.add(criterion);
            }
        }
        return criteria.size() == json.size() ? new Keep.OnFront(criteria) : null;
    }

    private @Nullable Criterion criterion(JsonNode json, Pointer at) {
        String id = json.isString() ? json.asString() : "";
        if (!IDS.contains(id)) {
            errors.add(
                    at,
                    "",
                    "expected one of " + Quoted.list(IDS) + ", got " + Quoted.of(json)
                            + (json.isString() ? NearestName.help(id, IDS) : ""));
            return null;
        }
        Criterion criterion = Criterion.ALL.get(IDS.indexOf(id));
        if (criterion.equals(Criterion.TIME) && !times) {
            errors.add(
                    at,
                    "",
                    "times are read from the latency table where the sweep has \"estimate\": {}, and it has none");
            return null;
        }
        return criterion;
    }
}
