package dev.tally.description;

import dev.tally.description.Template.Block;
import dev.tally.description.Template.Body;
import dev.tally.network.Fault;
import dev.tally.network.InvalidNetworkException;
import dev.tally.network.LayerDraft;
import dev.tally.network.NetworkBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads a description of a network, in three steps: JSON to templates, templates to layers, layers to a network. A step
 * that finds errors finds all of its own and is the last.
 */
public final class DescriptionReader {
    private static final String BLOCKS = "blocks";
    private static final String LAYERS = "layers";
    private static final String OUTPUTS = "outputs";

    private static final List<String> PROPERTIES = List.of(
            Header.NAME,
            Header.DESCRIPTION,
            Header.INPUT,
            Header.INPUTS,
            OUTPUTS,
            Header.LAYOUT,
            Header.DTYPE,
            Header.BATCH,
            Header.PARAMETERS,
            BLOCKS,
            LAYERS);

    /** What other tools call a network's properties, normalised. */
    static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("inputshape", Header.INPUT),
            Map.entry("inputsize", Header.INPUT),
            Map.entry("shape", Header.INPUT),
            Map.entry("output", OUTPUTS),
            Map.entry("batchsize", Header.BATCH),
            Map.entry("dataformat", Header.LAYOUT),
            Map.entry("datatype", Header.DTYPE),
            Map.entry("precision", Header.DTYPE),
            Map.entry("modules", BLOCKS),
            Map.entry("variables", Header.PARAMETERS),
            Map.entry("nodes", LAYERS),
            Map.entry("network", LAYERS),
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
        return Values.isGiven(json.path(ReadyReader.READY))
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
        if (!json.isObject()) {
            errors.add(
                    Pointer.ROOT,
                    "",
                    "expected a network, an object with \"input\" and \"layers\", got " + Quoted.of(json));
        }
        errors.throwIfAny();
        Properties.check(json, Pointer.ROOT, "", "a network", with(beside, PROPERTIES), ALIASES, errors);
        Header header = Header.read(json, errors);
        Set<String> parameters = header.parameters().keySet();
        TemplateReader templates = new TemplateReader(errors, BlockReader.declared(json.path(BLOCKS)));
        Map<String, Block> blocks =
                new BlockReader(errors, templates, parameters).read(json.path(BLOCKS), Pointer.ROOT.at(BLOCKS));
        Set<String> outer = new HashSet<>(header.inputs().keySet());
        outer.add(Header.INPUT);
        Body body = templates.body(json.path(LAYERS), Pointer.ROOT.at(LAYERS), parameters, outer);
        errors.throwIfAny();
        if (body == null) {
            throw new IllegalStateException("reported above");
        }
        Expansion expansion = new Expansion(errors, blocks);
        expansion.expand(body, List.copyOf(header.inputs().keySet()), header.scope());
        List<String> outputs = outputs(expansion);
        errors.throwIfAny();
        List<LayerDraft> drafts = expansion.drafts();
        NetworkBuilder builder = header.builder().outputs(outputs);
        drafts.forEach(builder::layer);
        try {
            return new Described(
                    builder.build(),
                    node -> expansion.origin(node.position()).pointer().toString());
        } catch (InvalidNetworkException e) {
            e.faults().forEach(fault -> report(fault, drafts, expansion));
            errors.throwIfAny();
            throw e;
        }
    }

    private List<String> outputs(Expansion expansion) {
        JsonNode given = json.path(OUTPUTS);
        List<String> outputs = new ArrayList<>();
        if (given.isArray() && !given.isEmpty() && given.valueStream().allMatch(JsonNode::isString)) {
            given.forEach(output -> outputs.add(expansion.output(output.asString())));
        } else if (Values.isGiven(given)) {
            errors.add(Pointer.ROOT.at(OUTPUTS), "", "expected a list of layers' names, got " + Quoted.of(given));
        }
        return outputs;
    }

    private void report(Fault fault, List<LayerDraft> drafts, Expansion expansion) {
        if (fault.position() == Fault.NETWORK) {
            String property = fault.attribute().equals(Header.INPUTS) && Values.isGiven(json.path(Header.INPUT))
                    ? Header.INPUT
                    : fault.attribute();
            errors.add(json.has(property) ? Pointer.ROOT.at(property) : Pointer.ROOT, "", fault.message());
        } else {
            errors.add(
                    expansion.origin(fault.position()).pointer(fault.attribute()),
                    drafts.get(fault.position()).name(),
                    fault.message());
        }
    }
}
