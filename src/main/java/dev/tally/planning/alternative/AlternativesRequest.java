package dev.tally.planning.alternative;

import dev.tally.analysis.Analysis;
import dev.tally.description.Described;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.NearestName;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.network.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A network, and of which of its layers which alternatives are asked for.
 *
 * @param described the network
 * @param layer the name of the layer; null where it is the costliest
 * @param costliest how many of the costliest layers; nothing beside {@code layer}
 * @param wish which alternatives of each
 * @param named whether the kinds were named, and have to apply
 */
public record AlternativesRequest(
        Described described, @Nullable String layer, int costliest, Wish wish, boolean named) {
    /** The property under which the network stands. */
    public static final String NETWORK = "network";

    /** The most layers of which alternatives are answered at once. */
    public static final int MOST_LAYERS = 20;

    /** The most widths that may be asked for. */
    public static final int MOST_WIDTHS = 32;

    private static final String LAYER = "layer";
    private static final String COSTLIEST = "costliest";
    private static final String KINDS = "kinds";
    private static final String WIDTHS = "widths";
    private static final List<String> PROPERTIES = List.of(NETWORK, LAYER, COSTLIEST, KINDS, WIDTHS);
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("ready", NETWORK),
            Map.entry("input", NETWORK),
            Map.entry("model", NETWORK),
            Map.entry("description", NETWORK),
            Map.entry("layers", LAYER),
            Map.entry("target", LAYER),
            Map.entry("top", COSTLIEST),
            Map.entry("count", COSTLIEST),
            Map.entry("kind", KINDS),
            Map.entry("rewrites", KINDS),
            Map.entry("width", WIDTHS),
            Map.entry("bottlenecks", WIDTHS),
            Map.entry("reduce", WIDTHS));

    /**
     * {@return what a document asks for}
     *
     * @param beside the properties that may stand beside; whoever allows them reads them
     * @param errors gets what is at fault; what was found before is thrown too
     * @throws InvalidDescriptionException with the errors of the network and of all that is asked of it
     */
    public static AlternativesRequest of(JsonNode json, Collection<String> beside, Errors errors) {
        if (!json.isObject()) {
            errors.add(
                    Pointer.ROOT,
                    "",
                    "expected an object such as {\"network\": {\"ready\": \"googlenet\"}, \"costliest\": 3}, got "
                            + Quoted.of(json));
            errors.throwIfAny();
        }
        List<String> known = Stream.concat(PROPERTIES.stream(), beside.stream()).toList();
        Properties.check(json, Pointer.ROOT, "", "a request for alternatives", known, ALIASES, errors);
        Described described = errors.orNull(Pointer.ROOT.at(NETWORK), () -> DescriptionReader.read(json.path(NETWORK)));
        String layer = layer(json, errors);
        int costliest = json.hasNonNull(COSTLIEST)
                ? integer(json.path(COSTLIEST), Pointer.ROOT.at(COSTLIEST), MOST_LAYERS, errors)
                : 1;
        List<Kind> kinds = kinds(json.path(KINDS), errors);
        Wish wish = new Wish(kinds.isEmpty() ? Wish.ALL.kinds() : kinds, widths(json.path(WIDTHS), errors));
        if (!wish.widths().isEmpty() && wish.kinds().stream().noneMatch(Kind::isBottleneck)) {
            errors.add(
                    Pointer.ROOT.at(WIDTHS),
                    "",
                    "none of the kinds goes by widths: expected them beside \"" + Kind.BOTTLENECK.id() + "\" or \""
                            + Kind.STRIDED_BOTTLENECK.id() + "\"");
        }
        errors.throwIfAny();
        if (described == null) {
            throw new IllegalStateException("reported above");
        }
        return new AlternativesRequest(described, layer, costliest, wish, !kinds.isEmpty());
    }

    private static @Nullable String layer(JsonNode json, Errors errors) {
        JsonNode layer = json.path(LAYER);
        if (!json.hasNonNull(LAYER)) {
            return null;
        }
        if (json.hasNonNull(COSTLIEST)) {
            errors.add(Pointer.ROOT.at(COSTLIEST), "", "expected either \"layer\" or \"costliest\", got both");
        }
        if (!layer.isString()) {
            errors.add(Pointer.ROOT.at(LAYER), "", "expected the name of a layer, got " + Quoted.of(layer));
        }
        return layer.asString("");
    }

    private static List<Kind> kinds(JsonNode json, Errors errors) {
        List<Kind> kinds = new ArrayList<>();
        Pointer at = Pointer.ROOT.at(KINDS);
        for (JsonNode element : list(json, at, "kinds of alternatives", Kind.values().length, errors)) {
            Kind kind = element.isString() ? Kind.find(element.asString()) : null;
            Pointer here = at.at(kinds.size());
            if (kind == null) {
                String help = element.isString() ? NearestName.help(element.asString(), Kind.ids()) : "";
                errors.add(
                        here,
                        "",
                        "expected one of " + String.join(", ", Kind.ids()) + ", got " + Quoted.of(element) + help);
                return kinds;
            }
            if (kinds.contains(kind)) {
                errors.add(here, "", "\"" + kind.id() + "\" is named twice");
            }
            kinds.add(kind);
        }
        return kinds;
    }

    private static List<Integer> widths(JsonNode json, Errors errors) {
        List<Integer> widths = new ArrayList<>();
        Pointer at = Pointer.ROOT.at(WIDTHS);
        for (JsonNode element : list(json, at, "widths of bottlenecks", MOST_WIDTHS, errors)) {
            Pointer here = at.at(widths.size());
            int width = integer(element, here, Integer.MAX_VALUE, errors);
            if (width > 0 && widths.contains(width)) {
                errors.add(here, "", "the width " + width + " is given twice");
            }
            widths.add(width);
        }
        return widths;
    }

    private static List<JsonNode> list(JsonNode json, Pointer at, String of, int most, Errors errors) {
        if (!Properties.isGiven(json)) {
            return List.of();
        }
        if (!json.isArray() || json.isEmpty() || json.size() > most) {
            errors.add(
                    at,
                    "",
                    "expected a list of 1 to " + most + " " + of + ", got "
                            + (json.isArray() ? json.size() + " of them" : Quoted.of(json)));
            return List.of();
        }
        return json.valueStream().toList();
    }

    /** {@return the integer; 0 where it is none of those from 1 to the most, which is reported} */
    private static int integer(JsonNode json, Pointer at, int most, Errors errors) {
        if (json.isIntegralNumber() && json.canConvertToInt() && json.asInt() >= 1 && json.asInt() <= most) {
            return json.asInt();
        }
        errors.add(
                at,
                "",
                "expected an integer from 1 to " + (most == Integer.MAX_VALUE ? "2^31-1" : "" + most) + ", got "
                        + Quoted.of(json));
        return 0;
    }

    /**
     * {@return the alternatives that are asked for}
     *
     * @param analysis the network, counted
     * @throws InvalidDescriptionException if there is no such layer, it has none, or a kind that was named cannot apply
     */
    public AlternativesPlan plan(Analysis analysis) {
        Errors errors = new Errors();
        Alternatives alternatives = new Alternatives(analysis);
        List<LayerAlternatives> planned = layer == null
                ? alternatives.ofCostliest(costliest, wish)
                : List.of(alternatives.of(find(layer, alternatives, errors), wish));
        if (layer != null && named) {
            reportRefusals(planned.getFirst(), errors);
        }
        if (planned.isEmpty()) {
            errors.add(
                    Pointer.ROOT.at(named ? KINDS : NETWORK),
                    "",
                    "no layer of the network has alternatives"
                            + (named ? " of these kinds; asked for by its \"layer\", one says why" : ""));
        }
        errors.throwIfAny();
        return new AlternativesPlan(analysis, planned);
    }

    private Node find(String name, Alternatives alternatives, Errors errors) {
        List<Node> nodes = described.network().nodes();
        for (Node node : nodes) {
            if (node.name().equals(name)) {
                String reason = alternatives.reasonAgainst(node);
                if (reason == null) {
                    return node;
                }
                errors.add(Pointer.ROOT.at(LAYER), name, reason);
                errors.throwIfAny();
            }
        }
        List<String> names = nodes.stream().map(Node::name).toList();
        errors.add(
                Pointer.ROOT.at(LAYER),
                "",
                "the network has no layer named " + Quoted.of(name) + NearestName.help(name, names));
        errors.throwIfAny();
        throw new IllegalStateException("reported above");
    }

    private void reportRefusals(LayerAlternatives planned, Errors errors) {
        planned.refusals().stream()
                .filter(refusal ->
                        planned.alternatives().stream().noneMatch(alternative -> alternative.kind() == refusal.kind()))
                .forEach(refusal -> errors.add(
                        Pointer.ROOT.at(KINDS).at(wish.kinds().indexOf(refusal.kind())),
                        planned.layer().name(),
                        refusal.reason()));
    }
}
