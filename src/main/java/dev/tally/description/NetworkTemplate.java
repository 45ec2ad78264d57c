package dev.tally.description;

import dev.tally.description.Template.Block;
import dev.tally.description.Template.Body;
import dev.tally.network.Fault;
import dev.tally.network.InvalidNetworkException;
import dev.tally.network.LayerDraft;
import dev.tally.network.LayerWorks;
import dev.tally.network.NetworkBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A network's layers and blocks as they are written, before its parameters have values: the first of the steps of
 * {@link DescriptionReader}, which need not be done again for other values. Several threads may expand one at once.
 */
final class NetworkTemplate {
    static final String BLOCKS = "blocks";
    static final String LAYERS = "layers";
    static final String OUTPUTS = "outputs";

    private final JsonNode json;
    private final Map<String, Block> blocks;
    private final Body body;

    /** Of all its networks; null where there is one. */
    private final @Nullable LayerWorks works;

    private NetworkTemplate(JsonNode json, Map<String, Block> blocks, Body body, boolean again) {
        this.json = json;
        this.blocks = blocks;
        this.body = body;
        this.works = again ? new LayerWorks() : null;
    }

    /**
     * {@return the template of a description}
     *
     * @param parameters the names of the network's parameters
     * @param again whether it will be expanded again and again: then its networks share the works of their layers
     * @param errors those of the step so far; with those found here it ends
     * @throws InvalidDescriptionException if there are any
     */
    static NetworkTemplate read(JsonNode json, Set<String> parameters, boolean again, Errors errors) {
        TemplateReader templates = new TemplateReader(errors, BlockReader.declared(json.path(BLOCKS)), again);
        Map<String, Block> blocks =
                new BlockReader(errors, templates, parameters).read(json.path(BLOCKS), Pointer.ROOT.at(BLOCKS));
        Set<String> outer = new HashSet<>(json.path(Header.INPUTS).propertyNames());
        outer.add(Header.INPUT);
        Body body = templates.body(json.path(LAYERS), Pointer.ROOT.at(LAYERS), parameters, outer);
        errors.throwIfAny();
        if (body == null) {
            throw new IllegalStateException("reported above");
        }
        return new NetworkTemplate(json, blocks, body, again);
    }

    /**
     * {@return the network where its parameters have the values of its header}
     *
     * @throws InvalidDescriptionException with every error that the first failing step found
     */
    Described expand(Header header) {
        Errors errors = new Errors();
        Expansion expansion = new Expansion(errors, blocks);
        expansion.expand(body, List.copyOf(header.inputs().keySet()), header.scope());
        List<String> outputs = outputs(expansion, errors);
        errors.throwIfAny();
        List<LayerDraft> drafts = expansion.drafts();
        NetworkBuilder builder = header.builder().outputs(outputs);
        if (works != null) {
            builder.works(works);
        }
        drafts.forEach(builder::layer);
        try {
            return new Described(
                    builder.build(),
                    node -> expansion.origin(node.position()).pointer().toString());
        } catch (InvalidNetworkException e) {
            e.faults().forEach(fault -> report(fault, drafts, expansion, errors));
            errors.throwIfAny();
            throw e;
        }
    }

    private List<String> outputs(Expansion expansion, Errors errors) {
        JsonNode given = json.path(OUTPUTS);
        List<String> outputs = new ArrayList<>();
        if (given.isArray() && !given.isEmpty() && given.valueStream().allMatch(JsonNode::isString)) {
            given.forEach(output -> outputs.add(expansion.output(output.asString())));
        } else if (Properties.isGiven(given)) {
            errors.add(Pointer.ROOT.at(OUTPUTS), "", "expected a list of layers' names, got " + Quoted.of(given));
        }
        return outputs;
    }

    private void report(Fault fault, List<LayerDraft> drafts, Expansion expansion, Errors errors) {
        if (fault.position() == Fault.NETWORK) {
            String property = fault.attribute().equals(Header.INPUTS) && Properties.isGiven(json.path(Header.INPUT))
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
