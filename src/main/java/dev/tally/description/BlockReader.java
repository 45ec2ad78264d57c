package dev.tally.description;

import dev.tally.description.Template.Block;
import dev.tally.description.Template.Body;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the definitions of blocks. */
final class BlockReader {
    private static final String PARAMETERS = "parameters";
    private static final String LAYERS = "layers";
    private static final String OUTPUT = "output";
    private static final List<String> PROPERTIES = List.of(PARAMETERS, LAYERS, OUTPUT);
    private static final Set<String> OUTER_NAMES = Set.of(TemplateReader.INPUT);

    private final Errors errors;
    private final TemplateReader templates;
    private final Set<String> networkParameters;

    /** @param networkParameters the names of the network's parameters, which every block sees */
    BlockReader(Errors errors, TemplateReader templates, Set<String> networkParameters) {
        this.errors = errors;
        this.templates = templates;
        this.networkParameters = networkParameters;
    }

    /** {@return by the names of blocks, the parameters that they declare} */
    static Map<String, Set<String>> declared(JsonNode json) {
        Map<String, Set<String>> declared = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> block : json.properties()) {
            declared.put(block.getKey(), Parameters.declared(block.getValue().path(PARAMETERS)));
        }
        return declared;
    }

    /** {@return the blocks by name, without those that are none} */
    Map<String, Block> read(JsonNode json, Pointer pointer) {
        Map<String, Block> blocks = new LinkedHashMap<>();
        if (Properties.isGiven(json) && !json.isObject()) {
            errors.add(pointer, "", "expected an object of blocks by name, got " + Quoted.of(json));
        }
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            Pointer at = pointer.at(entry.getKey());
            errors.orElse("", "", () -> Values.name(entry.getKey(), at));
            Block block = block(entry.getValue(), at);
            if (block != null) {
                blocks.put(entry.getKey(), block);
            }
        }
        return blocks;
    }

    private @Nullable Block block(JsonNode json, Pointer pointer) {
        if (!json.isObject()) {
            errors.add(pointer, "", "expected a block, an object with \"layers\", got " + Quoted.of(json));
            return null;
        }
        Properties.check(json, pointer, "", "a block", PROPERTIES, Map.of(), errors);
        JsonNode parameters = json.path(PARAMETERS);
        Set<String> known = new HashSet<>(networkParameters);
        known.addAll(Parameters.declared(parameters));
        Body body = templates.body(json.path(LAYERS), pointer.at(LAYERS), known, OUTER_NAMES);
        if (body == null) {
            return null;
        }
        return new Block(
                pointer,
                new Parameters(errors).ofBlock(parameters, pointer.at(PARAMETERS), networkParameters),
                body,
                output(json.path(OUTPUT), pointer.at(OUTPUT), body));
    }

    private String output(JsonNode json, Pointer pointer, Body body) {
        if (Properties.isGiven(json)) {
            if (json.isString() && body.names().contains(json.asString())) {
                return json.asString();
            }
            String help = json.isString() ? NearestName.help(json.asString(), body.names()) : "";
            errors.add(pointer, "", "expected the name of a layer of this block, got " + Quoted.of(json) + help);
        }
        return body.last();
    }
}
