package dev.tally.planning.sweep;

import dev.tally.description.Errors;
import dev.tally.description.NearestName;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.planning.sweep.ParameterSpace.Points;
import dev.tally.planning.sweep.ParameterSpace.Product;
import dev.tally.planning.sweep.ParameterValues.Listed;
import dev.tally.planning.sweep.ParameterValues.Stepped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads which values the parameters of a sweep take: {@code "parameters"} or {@code "points"}. */
public final class SpaceReader {
    /** The property under which parameters stand with the values of each. */
    public static final String PARAMETERS = "parameters";

    /** The property under which points stand, each with a value of every parameter. */
    public static final String POINTS = "points";

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String STEP = "step";
    private static final String FACTOR = "factor";
    private static final List<String> PROPERTIES_OF_A_RANGE = List.of(FROM, TO, STEP, FACTOR);
    private static final Map<String, String> ALIASES_OF_A_RANGE = Map.ofEntries(
            Map.entry("start", FROM),
            Map.entry("first", FROM),
            Map.entry("min", FROM),
            Map.entry("end", TO),
            Map.entry("stop", TO),
            Map.entry("last", TO),
            Map.entry("max", TO),
            Map.entry("by", STEP),
            Map.entry("increment", STEP),
            Map.entry("times", FACTOR),
            Map.entry("ratio", FACTOR));

    private final Errors errors;

    private SpaceReader(Errors errors) {
        this.errors = errors;
    }

    /**
     * {@return the space of a document; null where it is at fault}
     *
     * @param errors gets what is at fault
     */
    public static @Nullable ParameterSpace read(JsonNode document, Errors errors) {
        JsonNode parameters = document.path(PARAMETERS);
        JsonNode points = document.path(POINTS);
        if (Properties.isGiven(parameters) == Properties.isGiven(points)) {
            errors.add(
                    Properties.isGiven(points) ? Pointer.ROOT.at(POINTS) : Pointer.ROOT,
                    "",
                    "expected \"parameters\", such as {\"width\": [8, 16, 32]}, of which every value is taken with every"
                            + " other's, or \"points\", such as [{\"width\": 8}], got "
                            + (Properties.isGiven(points) ? "both" : "neither"));
            return null;
        }
        SpaceReader reader = new SpaceReader(errors);
        return Properties.isGiven(points)
                ? reader.points(points, Pointer.ROOT.at(POINTS))
                : reader.product(parameters, Pointer.ROOT.at(PARAMETERS));
    }

    private @Nullable ParameterSpace product(JsonNode json, Pointer at) {
        if (!json.isObject() || json.isEmpty()) {
            errors.add(
                    at,
                    "",
                    "expected an object of at least one parameter and its values, got "
                            + (json.isObject() ? "an empty one" : Quoted.of(json)));
            return null;
        }
        LinkedHashMap<String, ParameterValues> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> parameter : json.properties()) {
            ParameterValues of = values(parameter.getValue(), at.at(parameter.getKey()));
            if (of != null) {
                values.put(parameter.getKey(), of);
            }
        }
        return values.size() == json.size() ? new Product(values) : null;
    }

    private @Nullable ParameterValues values(JsonNode json, Pointer at) {
        if (json.isObject()) {
            return range(json, at);
        }
        if (!json.isArray() || json.isEmpty()) {
            errors.add(
                    at,
                    "",
                    "expected the parameter's values, a list of at least one integer or a range such as"
                            + " {\"from\": 8, \"to\": 64, \"step\": 8}, got "
                            + (json.isArray() ? "an empty list" : Quoted.of(json)));
            return null;
        }
        List<Long> values = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            Integer value = integer(json.get(i), at.at(i), "an integer from -2^31 to 2^31-1");
            if (value != null) {
                values.add((long) value);
            }
        }
        return values.size() == json.size() ? new Listed(values) : null;
    }

    private @Nullable ParameterValues range(JsonNode json, Pointer at) {
        Properties.check(json, at, "", "a range", PROPERTIES_OF_A_RANGE, ALIASES_OF_A_RANGE, errors);
        Integer from = integer(json.path(FROM), json.has(FROM) ? at.at(FROM) : at, "\"from\", the first value");
        Integer to = integer(json.path(TO), json.has(TO) ? at.at(TO) : at, "\"to\", the last value");
        JsonNode step = json.path(STEP);
        JsonNode factor = json.path(FACTOR);
        if (Properties.isGiven(step) && Properties.isGiven(factor)) {
            errors.add(at, "", "expected \"step\", what is added, or \"factor\", what is multiplied by, got both");
            return null;
        }
        if (Properties.isGiven(factor)) {
            Integer by = integer(factor, at.at(FACTOR), "an integer of at least 2");
            return from == null || to == null || by == null ? null : geometric(from, to, by, at);
        }
        Integer by =
                Properties.isGiven(step) ? integer(step, at.at(STEP), "an integer other than 0") : Integer.valueOf(1);
        return from == null || to == null || by == null ? null : arithmetic(from, to, by, at);
    }

    private @Nullable ParameterValues arithmetic(int from, int to, int step, Pointer at) {
        if (step == 0) {
            errors.add(at.at(STEP), "", "expected an integer other than 0, got 0");
            return null;
        }
        if (step > 0 ? from > to : from < to) {
            empty(from, to, "in steps of " + step, at);
            return null;
        }
        return new Stepped(from, step, ((long) to - from) / step + 1);
    }

    private @Nullable ParameterValues geometric(int from, int to, int factor, Pointer at) {
        if (factor < 2) {
            errors.add(at.at(FACTOR), "", "expected an integer of at least 2, got " + factor);
            return null;
        }
        if (from < 1) {
            errors.add(at.at(FROM), "", "expected at least 1 where there is a factor, got " + from);
            return null;
        }
        if (from > to) {
            empty(from, to, "by factors of " + factor, at);
            return null;
        }
        List<Long> values = new ArrayList<>();
        for (long value = from; value <= to; value *= factor) {
            values.add(value);
        }
        return new Listed(values);
    }

    private void empty(int from, int to, String how, Pointer at) {
        errors.add(
                at,
                "",
                "expected a range with at least one value, got an empty one: from " + from + " to " + to + " " + how);
    }

    private @Nullable ParameterSpace points(JsonNode json, Pointer at) {
        if (!json.isArray() || json.isEmpty()) {
            errors.add(
                    at,
                    "",
                    "expected a list of at least one point, such as {\"width\": 8}, got "
                            + (json.isArray() ? "an empty one" : Quoted.of(json)));
            return null;
        }
        List<Map<String, Long>> points = new ArrayList<>(json.size());
        Set<String> names = Set.copyOf(json.get(0).propertyNames());
        for (int i = 0; i < json.size(); i++) {
            Map<String, Long> point = point(json.get(i), names, at.at(i));
            if (point != null) {
                points.add(point);
            }
        }
        return points.size() == json.size() ? new Points(points) : null;
    }

    private @Nullable Map<String, Long> point(JsonNode json, Set<String> names, Pointer at) {
        if (!json.isObject() || json.isEmpty()) {
            errors.add(
                    at,
                    "",
                    "expected a point, an object of parameters and a value of each, got "
                            + (json.isObject() ? "an empty one" : Quoted.of(json)));
            return null;
        }
        Map<String, Long> point = LinkedHashMap.newLinkedHashMap(json.size());
        for (Map.Entry<String, JsonNode> parameter : json.properties()) {
            Pointer here = at.at(parameter.getKey());
            if (!names.contains(parameter.getKey())) {
                errors.add(
                        here,
                        "",
                        "expected the same parameters at every point: the first has no " + Quoted.of(parameter.getKey())
                                + NearestName.help(parameter.getKey(), names));
                continue;
            }
            Integer value = integer(parameter.getValue(), here, "an integer from -2^31 to 2^31-1");
            if (value != null) {
                point.put(parameter.getKey(), (long) value);
            }
        }
        for (String name : names) {
            if (!json.has(name)) {
                errors.add(at, "", "expected a value of " + Quoted.of(name) + ", as the first point has it, got none");
            }
        }
        return point.size() == names.size() ? point : null;
    }

    private @Nullable Integer integer(JsonNode json, Pointer at, String expected) {
        if (json.isIntegralNumber() && json.canConvertToInt()) {
            return json.asInt();
        }
        errors.add(at, "", "expected " + expected + ", got " + Quoted.of(json));
        return null;
    }
}
