package dev.tally.description;

import dev.tally.description.Form.IntegerForm;
import dev.tally.description.Template.Block;
import dev.tally.description.Template.BlockContent;
import dev.tally.description.Template.Body;
import dev.tally.description.Template.Content;
import dev.tally.description.Template.LayerContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads lists of layers and blocks into templates: types, spelling, kinds of values, names, references. */
final class TemplateReader {
    /** What the network's input, or a block's, is called inside. */
    static final String INPUT = "input";

    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String FROM = "from";
    private static final String REPEAT = "repeat";
    private static final String BLOCK = "block";
    private static final String PARAMETERS = "parameters";
    private static final String LAYERS = "layers";
    private static final String OUTPUT = "output";
    private static final List<String> OF_ANY_LAYER = List.of(TYPE, NAME, FROM, REPEAT);
    private static final List<String> OF_A_BLOCK_CALL = List.of(TYPE, NAME, FROM, REPEAT, BLOCK, PARAMETERS);
    private static final List<String> OF_A_BLOCK = List.of(PARAMETERS, LAYERS, OUTPUT);
    private static final Map<String, String> ALIASES_OF_ANY_LAYER = Map.of(
            "inputs",
            FROM,
            INPUT,
            FROM,
            "inboundnodes",
            FROM,
            "id",
            NAME,
            "times",
            REPEAT,
            "count",
            REPEAT,
            "n",
            REPEAT,
            "op",
            TYPE,
            "kind",
            TYPE,
            "args",
            PARAMETERS);
    private static final Set<String> NO_OUTER_NAMES = Set.of(INPUT);

    private final Errors errors;
    private final Set<String> networkParameters;
    private final Map<String, Set<String>> blockParameters = new HashMap<>();

    /** @param networkParameters the names of the network's parameters */
    TemplateReader(Errors errors, Set<String> networkParameters) {
        this.errors = errors;
        this.networkParameters = networkParameters;
    }

    /** {@return the blocks by name}; to be read before the lists that call them. */
    Map<String, Block> blocks(JsonNode json, Pointer pointer) {
        Map<String, Block> blocks = new LinkedHashMap<>();
        if (!json.isObject()) {
            errors.add(pointer, "", "expected an object of blocks by name, got " + Quoted.of(json));
            return blocks;
        }
        json.properties().forEach(entry -> {
            JsonNode declared = entry.getValue().path(PARAMETERS);
            Set<String> names = new LinkedHashSet<>(declared.isObject() ? declared.propertyNames() : Set.of());
            if (declared.isArray()) {
                declared.valueStream().filter(JsonNode::isString).forEach(name -> names.add(name.asString()));
            }
            blockParameters.put(entry.getKey(), names);
        });
        json.properties().forEach(entry -> {
            Block block = block(
                    entry.getValue(),
                    pointer.at(entry.getKey()),
                    blockParameters.getOrDefault(entry.getKey(), Set.of()));
            if (block != null) {
                blocks.put(entry.getKey(), block);
            }
        });
        return blocks;
    }

    private @Nullable Block block(JsonNode json, Pointer pointer, Set<String> own) {
        if (!json.isObject()) {
            errors.add(pointer, "", "expected a block, an object with \"layers\", got " + Quoted.of(json));
            return null;
        }
        checkProperties(json, pointer, "", "a block", OF_A_BLOCK, Map.of());
        Set<String> known = new HashSet<>(networkParameters);
        known.addAll(own);
        Body body = body(
                json.path(LAYERS), pointer.at(LAYERS), known, NO_OUTER_NAMES, json.path(OUTPUT), pointer.at(OUTPUT));
        return body == null ? null : new Block(pointer, defaults(json.path(PARAMETERS), pointer.at(PARAMETERS)), body);
    }

    private Map<String, @Nullable IntegerForm> defaults(JsonNode json, Pointer pointer) {
        Map<String, @Nullable IntegerForm> defaults = new LinkedHashMap<>();
        try {
            if (json.isArray()) {
                for (int i = 0; i < json.size(); i++) {
                    defaults.put(parameterName(json.get(i), pointer.at(i)), null);
                }
            } else if (json.isObject()) {
                for (Map.Entry<String, JsonNode> entry : json.properties()) {
                    Pointer at = pointer.at(entry.getKey());
                    checkParameterName(entry.getKey(), at);
                    defaults.put(
                            entry.getKey(),
                            entry.getValue().isNull()
                                    ? null
                                    : Values.integer(entry.getValue(), at, networkParameters, Integer.MIN_VALUE));
                }
            } else if (isGiven(json)) {
                errors.add(
                        pointer,
                        "",
                        "expected a list of names, or an object of names and their defaults, got " + Quoted.of(json));
            }
        } catch (InvalidValueException e) {
            errors.add(e, "");
        }
        return defaults;
    }

    private static String parameterName(JsonNode json, Pointer pointer) {
        if (!json.isString()) {
            throw new InvalidValueException(pointer, "expected a parameter's name, got " + Quoted.of(json));
        }
        checkParameterName(json.asString(), pointer);
        return json.asString();
    }

    static void checkParameterName(String name, Pointer pointer) {
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]{0,63}") || name.equals(Scope.INDEX)) {
            throw new InvalidValueException(
                    pointer,
                    "expected a parameter's name of letters, digits and \"_\", not \"index\", got " + Quoted.of(name));
        }
    }

    /**
     * {@return the layers of a list, or null where it is none}
     *
     * @param parameters the parameters that their expressions may use
     * @param outer the names that they may take beside each other's
     * @param output the name of the layer that gives the output; the last by default
     */
    @Nullable
    Body body(
            JsonNode json,
            Pointer pointer,
            Set<String> parameters,
            Set<String> outer,
            JsonNode output,
            Pointer outputPointer) {
        if (!json.isArray() || json.isEmpty()) {
            String got = json.isArray() ? "an empty list" : json.isMissingNode() ? "none" : Quoted.of(json);
            errors.add(
                    json.isMissingNode() && pointer.parent() != null ? pointer.parent() : pointer,
                    "",
                    "expected \"layers\", a list of at least one layer, got " + got);
            return null;
        }
        List<String> names = names(json, pointer, outer);
        Set<String> known = new HashSet<>(names);
        List<Template> layers = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            Template layer = layer(json.get(i), pointer.at(i), names.get(i), parameters, known, outer);
            if (layer != null) {
                layers.add(layer);
            }
        }
        String last = names.getLast();
        if (isGiven(output)) {
            if (output.isString() && known.contains(output.asString())) {
                last = output.asString();
            } else {
                String help = output.isString() ? NearestName.help(output.asString(), known) : "";
                errors.add(
                        outputPointer,
                        "",
                        "expected the name of a layer of this block, got " + Quoted.of(output) + help);
            }
        }
        return new Body(pointer, layers, known, last);
    }

    /** The names of a list's layers, made up where left out: the type and a number. */
    private List<String> names(JsonNode json, Pointer pointer, Set<String> outer) {
        Set<String> taken = new HashSet<>(outer);
        List<String> names = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            String given = "";
            JsonNode name = json.get(i).path(NAME);
            if (isGiven(name)) {
                Pointer at = pointer.at(i).at(NAME);
                try {
                    given = Values.name(name, at);
                    if (!taken.add(given)) {
                        errors.add(
                                at,
                                given,
                                "the name " + Quoted.of(given) + " is already taken"
                                        + (given.equals(INPUT) ? ": it is what the network or block is given" : ""));
                    }
                } catch (InvalidValueException e) {
                    errors.add(e, "");
                }
            }
            names.add(given);
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < json.size(); i++) {
            if (names.get(i).isEmpty()) {
                JsonNode called = json.get(i).path(BLOCK);
                JsonNode type = called.isString() ? called : json.get(i).path(TYPE);
                String base = type.isString() && type.asString().length() <= 64 ? type.asString() : "layer";
                String name;
                do {
                    name = base + "_" + counts.merge(base, 1, Integer::sum);
                } while (!taken.add(name));
                names.set(i, name);
            }
        }
        return names;
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
        JsonNode type = json.path(TYPE);
        if (!type.isString()) {
            String help = json.has(BLOCK)
                    ? "; a block's call is {\"type\": \"block\", \"block\": …}"
                    : "; GET /v1/layers lists them";
            errors.add(
                    isGiven(type) ? pointer.at(TYPE) : pointer,
                    name,
                    "expected \"type\", the name of a layer type, got " + (isGiven(type) ? Quoted.of(type) : "none")
                            + help);
            return null;
        }
        List<String> from = from(json.path(FROM), pointer.at(FROM), name, siblings, outer);
        IntegerForm repeat = null;
        Set<String> known = parameters;
        if (isGiven(json.path(REPEAT))) {
            try {
                repeat = Values.integer(json.path(REPEAT), pointer.at(REPEAT), parameters, 1);
            } catch (InvalidValueException e) {
                errors.add(e, name);
            }
            known = new HashSet<>(parameters);
            known.add(Scope.INDEX);
        }
        Content content = content(type.asString(), json, pointer, name, known);
        return content == null
                ? null
                : new Template(pointer, name, from, repeat, new HashSet<>(json.propertyNames()), content);
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
        @Nullable Form<?>[] forms = new Form<?>[attributes.size()];
        int known = 0;
        for (int i = 0; i < forms.length; i++) {
            Attribute<?> attribute = attributes.get(i);
            JsonNode value = json.get(attribute.name());
            known += value == null ? 0 : 1;
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
        for (String common : OF_ANY_LAYER) {
            known += json.has(common) ? 1 : 0;
        }
        if (known < json.size()) {
            Map<String, String> aliases = new HashMap<>(ALIASES_OF_ANY_LAYER);
            attributes.forEach(attribute ->
                    attribute.aliases().forEach(alias -> aliases.put(NearestName.normalise(alias), attribute.name())));
            List<String> names =
                    new ArrayList<>(attributes.stream().map(Attribute::name).toList());
            names.addAll(OF_ANY_LAYER);
            checkProperties(json, pointer, name, type.name(), names, aliases);
        }
        return new LayerContent(type, forms);
    }

    private @Nullable BlockContent call(JsonNode json, Pointer pointer, String name, Set<String> parameters) {
        checkProperties(json, pointer, name, "a block's call", OF_A_BLOCK_CALL, ALIASES_OF_ANY_LAYER);
        JsonNode block = json.path(BLOCK);
        Set<String> declared = block.isString() ? blockParameters.get(block.asString()) : null;
        if (declared == null) {
            String help = blockParameters.isEmpty()
                    ? "; the network has no \"blocks\""
                    : block.isString() ? NearestName.help(block.asString(), blockParameters.keySet()) : "";
            errors.add(
                    isGiven(block) ? pointer.at(BLOCK) : pointer,
                    name,
                    "expected \"block\", the name of one of the network's blocks, got "
                            + (isGiven(block) ? Quoted.of(block) : "none") + help);
            return null;
        }
        Map<String, IntegerForm> arguments = new LinkedHashMap<>();
        JsonNode given = json.path(PARAMETERS);
        if (isGiven(given) && !given.isObject()) {
            errors.add(pointer.at(PARAMETERS), name, "expected an object of parameters, got " + Quoted.of(given));
        }
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            Pointer at = pointer.at(PARAMETERS).at(entry.getKey());
            if (!declared.contains(entry.getKey())) {
                String takes = declared.isEmpty() ? "; it takes none" : "; it takes: " + list(declared);
                String help = NearestName.help(entry.getKey(), declared);
                errors.add(
                        at,
                        name,
                        "the block " + Quoted.of(block.asString()) + " has no parameter " + Quoted.of(entry.getKey())
                                + (help.isEmpty() ? takes : help));
                continue;
            }
            try {
                arguments.put(entry.getKey(), Values.integer(entry.getValue(), at, parameters, Integer.MIN_VALUE));
            } catch (InvalidValueException e) {
                errors.add(e, name);
            }
        }
        return new BlockContent(block.asString(), arguments);
    }

    private @Nullable List<String> from(
            JsonNode json, Pointer pointer, String name, Set<String> siblings, Set<String> outer) {
        if (!isGiven(json)) {
            return null;
        }
        try {
            return Values.oneOrMore(json, pointer, (value, at) -> {
                if (!value.isString()) {
                    throw new InvalidValueException(
                            at, "expected the name of a layer, or a list of names, got " + Quoted.of(value));
                }
                String source = value.asString();
                if (!siblings.contains(source) && !outer.contains(source)) {
                    List<String> candidates = new ArrayList<>(siblings);
                    candidates.addAll(outer);
                    throw new InvalidValueException(
                            at,
                            "there is no layer or input named " + Quoted.of(source) + " here"
                                    + (candidates.size() <= 1000 ? NearestName.help(source, candidates) : ""));
                }
                return source;
            });
        } catch (InvalidValueException e) {
            errors.add(e, name);
            return null;
        }
    }

    /** Reports every property that is none of the known ones. */
    void checkProperties(
            JsonNode json,
            Pointer pointer,
            String layer,
            String owner,
            Collection<String> known,
            Map<String, String> aliases) {
        for (String property : json.propertyNames()) {
            if (!known.contains(property)) {
                String help = NearestName.help(property, known, aliases);
                errors.add(
                        pointer.at(property),
                        layer,
                        owner + " has no property " + Quoted.of(property)
                                + (help.isEmpty() ? "; it has: " + list(known) : help));
            }
        }
    }

    /** A JSON null counts as left out: that is how many clients write what they do not set. */
    static boolean isGiven(JsonNode json) {
        return !json.isMissingNode() && !json.isNull();
    }

    private static String list(Collection<String> names) {
        return String.join(", ", names.stream().limit(30).toList());
    }
}
