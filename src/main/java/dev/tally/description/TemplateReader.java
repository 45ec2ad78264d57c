package dev.tally.description;

import dev.tally.description.Form.IntegerForm;
import dev.tally.description.Template.BlockContent;
import dev.tally.description.Template.Body;
import dev.tally.description.Template.Content;
import dev.tally.description.Template.LayerContent;
import dev.tally.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads lists of layers into templates: types, spelling, kinds of values, names, references. */
final class TemplateReader {
    /** What the network's input, or a block's, is called inside. */
    static final String INPUT = "input";

    static final String TYPE = "type";
    static final String NAME = "name";
    static final String BLOCK = "block";

    private static final String FROM = "from";
    private static final String REPEAT = "repeat";
    private static final String PARAMETERS = "parameters";
    private static final List<String> OF_ANY_LAYER = List.of(TYPE, NAME, FROM, REPEAT);
    private static final List<String> OF_A_BLOCK_CALL = List.of(TYPE, NAME, FROM, REPEAT, BLOCK, PARAMETERS);
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("inputs", FROM),
            Map.entry(INPUT, FROM),
            Map.entry("inboundnodes", FROM),
            Map.entry("id", NAME),
            Map.entry("times", REPEAT),
            Map.entry("count", REPEAT),
            Map.entry("n", REPEAT),
            Map.entry("op", TYPE),
            Map.entry("kind", TYPE),
            Map.entry("args", PARAMETERS));

    private final Errors errors;
    private final LayerNames layerNames;
    private final Map<String, Set<String>> blockParameters;
    private final boolean again;

    /**
     * A reader of the lists of one description.
     *
     * @param blockParameters by the names of the network's blocks, the parameters that they declare
     * @param again whether it will be expanded again and again
     */
    TemplateReader(Errors errors, Map<String, Set<String>> blockParameters, boolean again) {
        this.errors = errors;
        this.again = again;
        this.layerNames = new LayerNames(errors);
        this.blockParameters = blockParameters;
    }

    /**
     * {@return the layers of a list, or null where it is none}
     *
     * @param parameters the parameters that their expressions may use
     * @param outer the names that they may take beside each other's
     */
    @Nullable
    Body body(JsonNode json, Pointer pointer, Set<String> parameters, Set<String> outer) {
        if (!json.isArray() || json.isEmpty()) {
            String got = json.isArray() ? "an empty list" : json.isMissingNode() ? "none" : Quoted.of(json);
            errors.add(
                    json.isMissingNode() && pointer.parent() != null ? pointer.parent() : pointer,
                    "",
                    "expected \"layers\", a list of at least one layer, got " + got);
            return null;
        }
        if (json.size() > Network.MAX_LAYERS) {
            errors.add(pointer, "", "expected at most " + Network.MAX_LAYERS + " layers, got " + json.size());
            return null;
        }
        List<String> names = layerNames.read(json, pointer, outer);
        Set<String> siblings = new HashSet<>(names);
        List<Template> layers = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            Template layer = layer(json.get(i), pointer.at(i), names.get(i), parameters, siblings, outer);
            if (layer != null) {
                layers.add(layer);
            }
        }
        return new Body(layers, siblings, names.getLast());
    }

    private @Nullable Template layer(
            JsonNode json,
            Pointer pointer,
            String name,
            Set<String> parameters,
            Set<String> siblings,
            Set<String> outer) {
        if (!json.isObject()) {
            errors.add(pointer, name, "expected a layer, an object with \"type\", got " + Quoted.of(json));
            return null;
        }
        String type = type(json, pointer, name);
        if (type == null) {
            return null;
        }
        List<String> from = layerNames.from(json.path(FROM), pointer.at(FROM), name, siblings, outer);
        IntegerForm repeat = null;
        Set<String> known = parameters;
        if (Properties.isGiven(json.path(REPEAT))) {
            try {
                repeat = Values.integer(json.path(REPEAT), pointer.at(REPEAT), parameters, 0);
            } catch (InvalidValueException e) {
                errors.add(e, name);
            }
            known = new HashSet<>(parameters);
            known.add(Scope.INDEX);
        }
        Content content = content(type, json, pointer, name, known);
        return content == null ? null : new Template(pointer, name, from, repeat, json, content);
    }

    private @Nullable String type(JsonNode json, Pointer pointer, String name) {
        JsonNode type = json.path(TYPE);
        if (type.isString()) {
            return type.asString();
        }
        String help = json.has(BLOCK)
                ? "; a block's call is {\"type\": \"block\", \"block\": …}"
                : "; GET /v1/layers lists them";
        errors.add(
                Properties.isGiven(type) ? pointer.at(TYPE) : pointer,
                name,
                "expected \"type\", the name of a layer type, got "
                        + (Properties.isGiven(type) ? Quoted.of(type) : "none") + help);
        return null;
    }

    private @Nullable Content content(
            String type, JsonNode json, Pointer pointer, String name, Set<String> parameters) {
        if (type.equals(LayerTypes.BLOCK)) {
            return call(json, pointer, name, parameters);
        }
        LayerType<?> layerType = LayerTypes.find(type);
        if (layerType == null) {
            String help = blockParameters.containsKey(type)
                    ? "; it is a block: {\"type\": \"block\", \"block\": " + Quoted.of(type) + "}"
                    : LayerTypes.help(type);
            errors.add(pointer.at(TYPE), name, "unknown layer type " + Quoted.of(type) + help);
            return null;
        }
        return attributes(layerType, json, pointer, name, parameters);
    }

    private LayerContent attributes(
            LayerType<?> type, JsonNode json, Pointer pointer, String name, Set<String> parameters) {
        List<Attribute<?>> attributes = type.attributes();
        @Nullable JsonNode[] values = new JsonNode[attributes.size()];
        boolean unknown = false;
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            int index = type.indexOf(property.getKey());
            if (index >= 0) {
                values[index] = property.getValue();
            } else {
                unknown |= !OF_ANY_LAYER.contains(property.getKey());
            }
        }
        if (unknown) {
            checkSpelling(type, json, pointer, name);
        }
        @Nullable Form<?>[] forms = new Form<?>[values.length];
        for (int i = 0; i < forms.length; i++) {
            Attribute<?> attribute = attributes.get(i);
            JsonNode value = values[i];
            if (value != null && !value.isNull()) {
                try {
                    forms[i] = attribute.kind().read(value, pointer.at(attribute.name()), parameters);
                } catch (InvalidValueException e) {
                    errors.add(e, name);
                }
            } else if (attribute.required()) {
                errors.add(
                        pointer,
                        name,
                        type.name() + " needs \"" + attribute.name() + "\", "
                                + attribute.kind().expected());
            }
        }
        return new LayerContent(type, forms, again);
    }

    private void checkSpelling(LayerType<?> type, JsonNode json, Pointer pointer, String name) {
        Map<String, String> aliases = new HashMap<>(ALIASES);
        List<String> names = new ArrayList<>();
        for (Attribute<?> attribute : type.attributes()) {
            names.add(attribute.name());
            attribute.aliases().forEach(alias -> aliases.put(NearestName.normalise(alias), attribute.name()));
        }
        names.addAll(OF_ANY_LAYER);
        Properties.check(json, pointer, name, type.name(), names, aliases, errors);
    }

    private @Nullable BlockContent call(JsonNode json, Pointer pointer, String name, Set<String> parameters) {
        Properties.check(json, pointer, name, "a block's call", OF_A_BLOCK_CALL, ALIASES, errors);
        JsonNode block = json.path(BLOCK);
        Set<String> declared = block.isString() ? blockParameters.get(block.asString()) : null;
        if (declared == null) {
            String help = blockParameters.isEmpty()
                    ? "; the network has no \"blocks\""
                    : block.isString() ? NearestName.help(block.asString(), blockParameters.keySet()) : "";
            errors.add(
                    Properties.isGiven(block) ? pointer.at(BLOCK) : pointer,
                    name,
                    "expected \"block\", the name of one of the network's blocks, got "
                            + (Properties.isGiven(block) ? Quoted.of(block) : "none") + help);
            return null;
        }
        return new BlockContent(
                block.asString(),
                new Parameters(errors)
                        .ofCall(
                                json.path(PARAMETERS),
                                pointer.at(PARAMETERS),
                                name,
                                block.asString(),
                                declared,
                                parameters));
    }
}
