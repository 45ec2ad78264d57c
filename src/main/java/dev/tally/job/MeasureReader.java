package dev.tally.job;

import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.NearestName;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.measurement.Engines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what is to be measured of the network, or networks, that it stands beside. */
public final class MeasureReader {
    /** The property under which it stands. */
    public static final String MEASURE = "measure";

    /** The limits of the budget. */
    public static final int LEAST_BUDGET_MILLIS = 10;

    public static final int MOST_BUDGET_MILLIS = 60_000;

    private static final String BASELINE = "baseline";
    private static final List<String> PROPERTIES =
            List.of("engines", "algorithm", "threads", "precision", "budgetMillis", "perLayer", "host");
    private static final List<String> PROPERTIES_WITH_BASELINE =
            Stream.concat(PROPERTIES.stream(), Stream.of(BASELINE)).toList();
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("engine", "engines"),
            Map.entry("provider", "engines"),
            Map.entry("providers", "engines"),
            Map.entry("algorithms", "algorithm"),
            Map.entry("algo", "algorithm"),
            Map.entry("kernel", "algorithm"),
            Map.entry("implementation", "algorithm"),
            Map.entry("cores", "threads"),
            Map.entry("budget", "budgetMillis"),
            Map.entry("budgetms", "budgetMillis"),
            Map.entry("millis", "budgetMillis"),
            Map.entry("timeout", "budgetMillis"),
            Map.entry("layers", "perLayer"),
            Map.entry("dtype", "precision"),
            Map.entry("machine", "host"),
            Map.entry("hosts", "host"));

    private final Installation installation;
    private final Engines engines;

    /** A reader that knows what can be measured with. */
    public MeasureReader(Installation installation) {
        this.installation = installation;
        this.engines = installation.engines();
    }

    /**
     * {@return what a document asks to be measured; null where it asks for nothing, or is at fault}
     *
     * @param defaults what is meant where it does not say
     * @param errors gets what is at fault
     */
    public @Nullable MeasureRequest read(JsonNode document, MeasureDefaults defaults, Errors errors) {
        JsonNode json = document.path(MEASURE);
        Pointer at = Pointer.ROOT.at(MEASURE);
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        if (!json.isObject()) {
            errors.add(
                    at,
                    "",
                    "expected what to measure, an object such as {\"engines\": [\""
                            + installation.preferred(engines).id()
                            + "\"], \"threads\": 1}, or {} for the defaults, got "
                            + Quoted.of(json));
            return null;
        }
        List<String> known = defaults.takesBaseline() ? PROPERTIES_WITH_BASELINE : PROPERTIES;
        Properties.check(json, at, "", "\"" + MEASURE + "\"", known, ALIASES, errors);
        String algorithm = algorithm(json.path("algorithm"), at.at("algorithm"), errors);
        List<Engine> chosen = engines(json.path("engines"), at.at("engines"), algorithm, errors);
        boolean allKnown = chosen.size() == Math.max(1, json.path("engines").size());
        if (algorithm != null && allKnown) {
            requireOneHaving(algorithm, new Engines(chosen), at.at("algorithm"), errors);
        }
        Integer threads = threads(json.path("threads"), at.at("threads"), errors);
        int millis = integer(
                json.path("budgetMillis"),
                at.at("budgetMillis"),
                defaults.budgetMillis(),
                LEAST_BUDGET_MILLIS,
                MOST_BUDGET_MILLIS,
                " milliseconds",
                errors);
        boolean perLayer = flag(json.path("perLayer"), at.at("perLayer"), defaults.perLayer(), errors);
        Precision precision = precision(json.path("precision"), at.at("precision"), errors);
        Described baseline = defaults.takesBaseline() ? baseline(json.path(BASELINE), at.at(BASELINE), errors) : null;
        String host = host(json.path("host"), at.at("host"), errors);
        return new MeasureRequest(
                chosen, threads, precision, Duration.ofMillis(millis), perLayer, baseline, algorithm, host);
    }

    private static @Nullable Described baseline(JsonNode json, Pointer at, Errors errors) {
        return Properties.isGiven(json) ? errors.orNull(at, () -> DescriptionReader.read(json)) : null;
    }

    /**
     * {@return a number of threads that some worker has the cores for; null where none is asked for, or it is at fault}
     */
    private @Nullable Integer threads(JsonNode json, Pointer at, Errors errors) {
        if (!Properties.isGiven(json)) {
            return null;
        }
        int most = Math.max(1, installation.mostCores());
        String unit = (most == 1 ? ": the only core" : ": the cores")
                + (installation.hosts().size() > 1 ? " of the largest machine that measures" : " of this machine");
        return integer(json, at, 1, 1, most, unit, errors);
    }

    /** {@return the host to measure on; any where none is asked for, or it is at fault} */
    private String host(JsonNode json, Pointer at, Errors errors) {
        if (!Properties.isGiven(json)) {
            return Route.ANY;
        }
        List<String> hosts = new ArrayList<>(installation.hosts());
        hosts.add(Route.ANY);
        if (json.isString() && hosts.contains(json.asString())) {
            return json.asString();
        }
        String help = json.isString() ? NearestName.help(json.asString(), hosts) : "";
        errors.add(
                at,
                "",
                "expected " + Quoted.list(hosts) + ": the fingerprint of a host that measures, or whatever host, got "
                        + Quoted.of(json) + help);
        return Route.ANY;
    }

    /** {@return an algorithm that some engine has; null where none is asked for, or it is at fault} */
    private @Nullable String algorithm(JsonNode json, Pointer at, Errors errors) {
        if (!Properties.isGiven(json)) {
            return null;
        }
        if (json.isString() && engines.algorithms().contains(json.asString())) {
            return json.asString();
        }
        String help = json.isString() ? NearestName.help(json.asString(), engines.algorithms()) : "";
        String known = engines.havingAlgorithms().listAlgorithms();
        errors.add(
                at,
                "",
                "expected the name of an algorithm, got " + Quoted.of(json) + help + "; "
                        + (known.isEmpty() ? "every engine here chooses its algorithms by itself" : known));
        return null;
    }

    private void requireOneHaving(String algorithm, Engines chosen, Pointer at, Errors errors) {
        if (chosen.having(algorithm).all().isEmpty()) {
            errors.add(
                    at,
                    "",
                    "expected an algorithm of an engine that is asked for, got " + Quoted.of(algorithm) + ": "
                            + chosen.listAlgorithms() + "; " + Quoted.of(algorithm) + " is an algorithm of "
                            + Quoted.list(engines.having(algorithm).ids()));
        }
    }

    /**
     * {@return the engines that are asked for; where none is named, the preferred one of those that have the algorithm,
     * if one is asked for}
     */
    private List<Engine> engines(JsonNode json, Pointer at, @Nullable String algorithm, Errors errors) {
        if (!Properties.isGiven(json)) {
            return List.of(installation.preferred(algorithm == null ? engines : engines.having(algorithm)));
        }
        List<Engine> chosen = new ArrayList<>();
        if (json.isString()) {
            add(json, at, chosen, errors);
        } else if (!json.isArray() || json.isEmpty()) {
            errors.add(
                    at,
                    "",
                    "expected a list of at least one engine, got " + Quoted.of(json) + "; "
                            + installation.listEngines());
        } else {
            for (int i = 0; i < json.size() && i <= engines.all().size(); i++) {
                add(json.get(i), at.at(i), chosen, errors);
            }
        }
        return chosen;
    }

    private void add(JsonNode json, Pointer at, List<Engine> chosen, Errors errors) {
        Engine engine = json.isString() ? engines.find(json.asString()).orElse(null) : null;
        if (engine == null) {
            String help = json.isString() ? NearestName.help(json.asString(), engines.ids()) : "";
            errors.add(
                    at,
                    "",
                    "expected the name of an engine, got " + Quoted.of(json) + help + "; "
                            + installation.listEngines());
        } else if (chosen.contains(engine)) {
            errors.add(at, "", "\"" + engine.id() + "\" stands there already");
        } else {
            chosen.add(engine);
        }
    }

    /** {@return an integer within a range; another one where none is given, or it is at fault} */
    public static int integer(
            JsonNode json, Pointer at, int otherwise, int least, int most, String unit, Errors errors) {
        if (!Properties.isGiven(json)) {
            return otherwise;
        }
        if (json.isIntegralNumber() && json.canConvertToInt() && json.asInt() >= least && json.asInt() <= most) {
            return json.asInt();
        }
        String range = least == most ? String.valueOf(least) : "an integer from " + least + " to " + most;
        errors.add(at, "", "expected " + range + unit + ", got " + Quoted.of(json));
        return otherwise;
    }

    private static boolean flag(JsonNode json, Pointer at, boolean otherwise, Errors errors) {
        if (Properties.isGiven(json) && !json.isBoolean()) {
            errors.add(at, "", "expected true or false, got " + Quoted.of(json));
        }
        return json.asBoolean(otherwise);
    }

    /** {@return a precision; null where none is given, or it is at fault} */
    public static @Nullable Precision precision(JsonNode json, Pointer at, Errors errors) {
        if (!Properties.isGiven(json)) {
            return null;
        }
        for (Precision precision : Precision.values()) {
            if (json.isString() && precision.id().equals(json.asString())) {
                return precision;
            }
        }
        Set<String> ids = new LinkedHashSet<>();
        Arrays.stream(Precision.values()).forEach(precision -> ids.add(precision.id()));
        errors.add(at, "", "expected one of " + Quoted.list(ids) + ", got " + Quoted.of(json));
        return null;
    }
}
