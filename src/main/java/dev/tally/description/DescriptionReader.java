package dev.tally.description;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads a description of a network, in three steps: JSON to templates, templates to layers, layers to a network. A step
 * that finds errors finds all of its own and is the last.
 */
public final class DescriptionReader {
    private static final List<String> PROPERTIES = List.of(
            Header.NAME,
            Header.DESCRIPTION,
            Header.INPUT,
            Header.INPUTS,
            NetworkTemplate.OUTPUTS,
            Header.LAYOUT,
            Header.DTYPE,
            Header.BATCH,
            Header.PARAMETERS,
            NetworkTemplate.BLOCKS,
            NetworkTemplate.LAYERS);

    /** What other tools call a network's properties, normalised. */
    static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("inputshape", Header.INPUT),
            Map.entry("inputsize", Header.INPUT),
            Map.entry("shape", Header.INPUT),
            Map.entry("output", NetworkTemplate.OUTPUTS),
            Map.entry("batchsize", Header.BATCH),
            Map.entry("dataformat", Header.LAYOUT),
            Map.entry("datatype", Header.DTYPE),
            Map.entry("precision", Header.DTYPE),
            Map.entry("modules", NetworkTemplate.BLOCKS),
            Map.entry("variables", Header.PARAMETERS),
            Map.entry("nodes", NetworkTemplate.LAYERS),
            Map.entry("network", NetworkTemplate.LAYERS),
            Map.entry("model", ReadyReader.READY));

    private final JsonNode json;
    private final Collection<String> beside;
    private final Errors errors = new Errors();

    private DescriptionReader(JsonNode json, Collection<String> beside) {
        this.json = json;
        this.beside = beside;
    }

    /**
     * {@return the network that a document describes, inline or by the name of a ready one}
     *
     * @throws InvalidDescriptionException with every error that the first failing step found, about
     *     {@value Errors#MOST} at most
     */
    public static Described read(JsonNode json) {
        return read(json, List.of());
    }

    /**
     * {@return the network that a document describes, inline or by the name of a ready one}
     *
     * @param beside the properties that may stand beside the network; whoever allows them reads them
     * @throws InvalidDescriptionException with every error that the first failing step found, about
     *     {@value Errors#MOST} at most
     */
    public static Described read(JsonNode json, Collection<String> beside) {
        return Properties.isGiven(json.path(ReadyReader.READY))
                ? new ReadyReader(json, beside).read()
                : new DescriptionReader(json, beside).read();
    }

    static Described inline(JsonNode json) {
        return new DescriptionReader(json, List.of()).read();
    }

    /** {@return the properties with those that may stand beside them} */
    static List<String> with(Collection<String> beside, List<String> properties) {
        if (beside.isEmpty()) {
            return properties;
        }
        List<String> all = new ArrayList<>(properties);
        all.addAll(beside);
        return all;
    }

    private Described read() {
        requireObject(json, errors);
        checkProperties(json, beside, errors);
        Map<String, Long> parameters = new Parameters(errors).ofNetwork(json);
        Header header = Header.read(json, parameters, errors);
        NetworkTemplate template = NetworkTemplate.read(json, parameters.keySet(), false, errors);
        return template.expand(header);
    }

    static void requireObject(JsonNode json, Errors errors) {
        if (!json.isObject()) {
            errors.add(
                    Pointer.ROOT,
                    "",
                    "expected a network, an object with \"input\" and \"layers\", got " + Quoted.of(json));
        }
        errors.throwIfAny();
    }

    static void checkProperties(JsonNode json, Collection<String> beside, Errors errors) {
        Properties.check(json, Pointer.ROOT, "", "a network", with(beside, PROPERTIES), ALIASES, errors);
    }
}
