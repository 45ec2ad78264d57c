package dev.tally.web;

import dev.tally.description.Errors;
import dev.tally.description.NearestName;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.host.Host;
import dev.tally.job.AnalysisKind;
import dev.tally.job.Installation;
import dev.tally.job.MeasureReader;
import dev.tally.latency.LatencyFilter;
import dev.tally.measurement.Engines;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads from whose times that of the network is to be estimated which this stands beside. */
@Component
final class EstimateReader {
    /** The property under which it stands. */
    static final String ESTIMATE = AnalysisKind.ESTIMATE;

    /** What times are taken from: the only one that there is. */
    static final String LATENCIES = "latencies";

    /** More than any machine has cores; how many another host has is not known here. */
    static final int MOST_THREADS = 1 << 20;

    private static final List<String> PROPERTIES = List.of("from", "engine", "host", "threads", "precision");
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("engines", "engine"),
            Map.entry("provider", "engine"),
            Map.entry("source", "from"),
            Map.entry("table", "from"),
            Map.entry("fingerprint", "host"),
            Map.entry("machine", "host"),
            Map.entry("cores", "threads"),
            Map.entry("dtype", "precision"));

    private final Installation installation;
    private final Engines engines;
    private final Host own;

    EstimateReader(Installation installation, Host host) {
        this.installation = installation;
        this.engines = installation.engines();
        this.own = host;
    }

    /**
     * {@return from whose times a document asks for an estimate; null where it asks for none, or is at fault}
     *
     * @param errors gets what is at fault
     */
    @Nullable
    EstimateRequest read(JsonNode document, Errors errors) {
        JsonNode json = document.path(ESTIMATE);
        Pointer at = Pointer.ROOT.at(ESTIMATE);
        if (!Properties.isGiven(json)) {
            return null;
        }
        if (!json.isObject()) {
            errors.add(
                    at,
                    "",
                    "expected from whose times to estimate, an object such as {\"from\": \"latencies\", \"engine\": \""
                            + installation.preferred(engines).id() + "\"}, or {} for the defaults, got "
                            + Quoted.of(json));
            return null;
        }
        Properties.check(json, at, "", "\"" + ESTIMATE + "\"", PROPERTIES, ALIASES, errors);
        JsonNode from = json.path("from");
        if (Properties.isGiven(from) && !(from.isString() && from.asString().equals(LATENCIES))) {
            errors.add(at.at("from"), "", "expected \"" + LATENCIES + "\", got " + Quoted.of(from));
        }
        return new EstimateRequest(
                engine(json.path("engine"), at.at("engine"), errors),
                MeasureReader.integer(json.path("threads"), at.at("threads"), cores(), 1, MOST_THREADS, "", errors),
                MeasureReader.precision(json.path("precision"), at.at("precision"), errors),
                host(json.path("host"), at.at("host"), errors));
    }

    /**
     * {@return the host whose times are taken where none is named: this one if it measures, else the first that does}
     */
    private String host() {
        List<String> hosts = installation.hosts();
        return hosts.isEmpty() || hosts.contains(own.fingerprint()) ? own.fingerprint() : hosts.getFirst();
    }

    /** {@return how many threads are meant where that is not said: as many as a measurement would take} */
    private int cores() {
        int most = installation.mostCores();
        return most == 0 ? own.description().cores() : most;
    }

    /** {@return the engine that is named, available here or not; where none is, the one that measures by default} */
    private String engine(JsonNode json, Pointer at, Errors errors) {
        if (!Properties.isGiven(json)) {
            return installation.preferred(engines).id();
        }
        String engine = json.isString() ? json.asString() : "";
        if (engines.find(engine).isEmpty()) {
            String help = json.isString() ? NearestName.help(engine, engines.ids()) : "";
            errors.add(
                    at,
                    "",
                    "expected the name of an engine, got " + Quoted.of(json) + help + "; there are: "
                            + String.join(", ", engines.ids()));
        }
        return engine;
    }

    private String host(JsonNode json, Pointer at, Errors errors) {
        if (!Properties.isGiven(json)) {
            return host();
        }
        String given = json.isString() ? json.asString() : "";
        if (given.isBlank() || !LatencyFilter.isSound(given)) {
            errors.add(
                    at, "", "expected the fingerprint of a host, such as \"" + host() + "\", got " + Quoted.of(json));
        }
        return given;
    }
}
