package dev.tally.description;

import dev.tally.description.Template.Block;
import dev.tally.description.Template.Body;
import dev.tally.network.DataType;
import dev.tally.network.Fault;
import dev.tally.network.InvalidLayerException;
import dev.tally.network.InvalidNetworkException;
import dev.tally.network.Layout;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a description of a network. */
public final class DescriptionReader {
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String READY = "ready";
    private static final String INPUTS = "inputs";
    private static final String OUTPUTS = "outputs";
    private static final String LAYOUT = "layout";
    private static final String DTYPE = "dtype";
    private static final String BATCH = "batch";
    private static final String PARAMETERS = "parameters";
    private static final String BLOCKS = "blocks";
    private static final String LAYERS = "layers";
    private static final String INPUT = TemplateReader.INPUT;

    private static final List<String> OF_A_NETWORK =
            List.of(NAME, DESCRIPTION, INPUT, INPUTS, OUTPUTS, LAYOUT, DTYPE, BATCH, PARAMETERS, BLOCKS, LAYERS);
    private static final List<String> OF_A_READY_NETWORK = List.of(READY, NAME, DTYPE, BATCH, PARAMETERS);
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("inputshape", INPUT),
            Map.entry("inputsize", INPUT),
            Map.entry("shape", INPUT),
            Map.entry("output", OUTPUTS),
            Map.entry("batchsize", BATCH),
            Map.entry("dataformat", LAYOUT),
            Map.entry("datatype", DTYPE),
            Map.entry("precision", DTYPE),
            Map.entry("modules", BLOCKS),
            Map.entry("variables", PARAMETERS),
            Map.entry("nodes", LAYERS),
            Map.entry("network", LAYERS),
            Map.entry("model", READY));
    private static final AttributeKind.Choice<Layout> LAYOUTS =
            new AttributeKind.Choice<>(words(Layout.values(), Layout::id));
    private static final AttributeKind.Choice<DataType> DATA_TYPES =
            new AttributeKind.Choice<>(words(DataType.values(), DataType::id));
    private static final Scope NO_SCOPE = new Scope(Map.of(), Map.of(), -1);

    private final Errors errors = new Errors();
    private final JsonNode json;

    private DescriptionReader(JsonNode json) {
        this.json = json;
    }

    /**
     * {@return the network that a document describes, inline or by the name of a ready one}
     *
     * @throws InvalidDescriptionException with every error found, if there is one
     */
    public static Described read(JsonNode json) {
        return json.has(READY) ? new DescriptionReader(json).readReady() : new DescriptionReader(json).read();
    }

    private Described readReady() {
        checkProperties(OF_A_READY_NETWORK, "a network by name");
        JsonNode name = json.path(READY);
        ReadyNetwork ready = name.isString() ? ReadyNetworks.find(name.asString()) : null;
        if (ready == null) {
            String help = name.isString() ? NearestName.help(name.asString(), ReadyNetworks.names()) : "";
            errors.add(
                    Pointer.ROOT.at(READY),
                    "",
                    "there is no ready network " + Quoted.of(name)
                            + (help.isEmpty() ? "; GET /v1/networks lists them" : help));
        }
        errors.throwIfAny();
        if (ready == null) {
            throw new IllegalStateException("reported above");
        }
        ObjectNode merged = (ObjectNode) ready.json().deepCopy();
        for (String property : List.of(NAME, DTYPE, BATCH)) {
            if (TemplateReader.isGiven(json.path(property))) {
                merged.set(property, json.path(property));
            }
        }
        JsonNode given = json.path(PARAMETERS);
        if (TemplateReader.isGiven(given)) {
            mergeParameters(merged, given, ready.name());
        }
        errors.throwIfAny();
        return new DescriptionReader(merged).read();
    }

    private void mergeParameters(ObjectNode merged, JsonNode given, String ready) {
        ObjectNode parameters = merged.path(PARAMETERS).isObject()
                ? (ObjectNode) merged.path(PARAMETERS)
                : JsonNodeFactory.instance.objectNode();
        if (!given.isObject()) {
            errors.add(Pointer.ROOT.at(PARAMETERS), "", "expected an object of parameters, got " + Quoted.of(given));
        }
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (parameters.has(entry.getKey())) {
                parameters.set(entry.getKey(), entry.getValue());
            } else {
                String help = NearestName.help(entry.getKey(), parameters.propertyNames());
                String has = parameters.isEmpty()
                        ? "; it has none"
                        : "; it has: " + String.join(", ", parameters.propertyNames());
                errors.add(
                        Pointer.ROOT.at(PARAMETERS).at(entry.getKey()),
                        "",
                        ready + " has no parameter " + Quoted.of(entry.getKey()) + (help.isEmpty() ? has : help));
            }
        }
    }

    private Described read() {
        if (!json.isObject()) {
            errors.add(
                    Pointer.ROOT,
                    "",
                    "expected a network, an object with \"input\" and \"layers\", got " + Quoted.of(json));
        }
        errors.throwIfAny();
        checkProperties(OF_A_NETWORK, "a network");
        Map<String, Long> parameters = parameters();
        Scope scope = new Scope(parameters, Map.of(), -1);
        String name = name();
        NetworkBuilder builder = new NetworkBuilder(name)
                .layout(choice(LAYOUT, LAYOUTS, Layout.CHANNELS_LAST))
                .dataType(choice(DTYPE, DATA_TYPES, DataType.FLOAT32))
                .batch(batch(scope));
        Map<String, Shape> inputs = inputs(scope);
        inputs.forEach(builder::input);

        TemplateReader templates = new TemplateReader(errors, parameters.keySet());
        JsonNode blocksJson = json.path(BLOCKS);
        Map<String, Block> blocks =
                TemplateReader.isGiven(blocksJson) ? templates.blocks(blocksJson, Pointer.ROOT.at(BLOCKS)) : Map.of();
        Set<String> outer = new HashSet<>(inputs.keySet());
        outer.add(INPUT);
        Body body = templates.body(
                json.path(LAYERS),
                Pointer.ROOT.at(LAYERS),
                parameters.keySet(),
                outer,
                JsonNodeFactory.instance.missingNode(),
                Pointer.ROOT);
        errors.throwIfAny();
        if (body == null) {
            throw new IllegalStateException("reported above");
        }
        Expansion expansion = new Expansion(errors, blocks);
        expansion.expand(body, List.copyOf(inputs.keySet()), scope);
        List<String> outputs = outputs(expansion);
        errors.throwIfAny();
        expansion.drafts().forEach(builder::layer);
        return build(builder.outputs(outputs), expansion);
    }

    private Described build(NetworkBuilder builder, Expansion expansion) {
        try {
            return new Described(
                    builder.build(),
                    node -> expansion.origin(node.position()).pointer().toString());
        } catch (InvalidNetworkException e) {
            for (Fault fault : e.faults()) {
                if (fault.position() == Fault.NETWORK) {
                    Pointer at = json.has(fault.attribute()) ? Pointer.ROOT.at(fault.attribute()) : Pointer.ROOT;
                    errors.add(at, "", fault.message());
                } else {
                    errors.add(
                            expansion.origin(fault.position()).pointer(fault.attribute()),
                            expansion.drafts().get(fault.position()).name(),
                            fault.message());
                }
            }
            errors.throwIfAny();
            throw e;
        }
    }

    private String name() {
        JsonNode description = json.path(DESCRIPTION);
        if (TemplateReader.isGiven(description) && !description.isString()) {
            errors.add(Pointer.ROOT.at(DESCRIPTION), "", "expected a text, got " + Quoted.of(description));
        }
        return orElse(
                "",
                () -> TemplateReader.isGiven(json.path(NAME))
                        ? Values.name(json.path(NAME), Pointer.ROOT.at(NAME))
                        : "");
    }

    private Map<String, Long> parameters() {
        Map<String, Long> parameters = new HashMap<>();
        JsonNode given = json.path(PARAMETERS);
        Pointer pointer = Pointer.ROOT.at(PARAMETERS);
        if (TemplateReader.isGiven(given) && !given.isObject()) {
            errors.add(pointer, "", "expected an object of parameters and their values, got " + Quoted.of(given));
        }
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            try {
                Pointer at = pointer.at(entry.getKey());
                TemplateReader.checkParameterName(entry.getKey(), at);
                parameters.put(entry.getKey(), (long) Values.integer(entry.getValue(), at, Set.of(), Integer.MIN_VALUE)
                        .in(NO_SCOPE));
            } catch (InvalidValueException e) {
                errors.add(e, "");
                parameters.put(entry.getKey(), 1L);
            }
        }
        return parameters;
    }

    private int batch(Scope scope) {
        JsonNode batch = json.path(BATCH);
        return orElse(
                1,
                () -> TemplateReader.isGiven(batch)
                        ? Values.integer(
                                        batch,
                                        Pointer.ROOT.at(BATCH),
                                        scope.network().keySet(),
                                        1)
                                .in(scope)
                        : 1);
    }

    private <T> T choice(String property, AttributeKind.Choice<T> choice, T otherwise) {
        JsonNode given = json.path(property);
        return orElse(
                otherwise,
                () -> TemplateReader.isGiven(given)
                        ? choice.read(given, Pointer.ROOT.at(property), Set.of())
                                .in(NO_SCOPE)
                        : otherwise);
    }

    private Map<String, Shape> inputs(Scope scope) {
        JsonNode single = json.path(INPUT);
        JsonNode several = json.path(INPUTS);
        if (TemplateReader.isGiven(single) == TemplateReader.isGiven(several)) {
            String got = TemplateReader.isGiven(single) ? "both" : "neither";
            errors.add(
                    Pointer.ROOT,
                    "",
                    "expected \"input\", a shape such as [28, 28, 192], or \"inputs\", an object of shapes by name; got "
                            + got);
            return Map.of();
        }
        Map<String, Shape> inputs = new LinkedHashMap<>();
        if (TemplateReader.isGiven(single)) {
            Shape shape = shape(single, Pointer.ROOT.at(INPUT), scope);
            if (shape != null) {
                inputs.put(INPUT, shape);
            }
            return inputs;
        }
        Pointer pointer = Pointer.ROOT.at(INPUTS);
        if (!several.isObject() || several.isEmpty()) {
            errors.add(
                    pointer,
                    "",
                    "expected an object of shapes by name, got "
                            + (several.isObject() ? "an empty one" : Quoted.of(several)));
        }
        for (Map.Entry<String, JsonNode> entry : several.properties()) {
            Pointer at = pointer.at(entry.getKey());
            Shape shape = shape(entry.getValue(), at, scope);
            String name = orElse("", () -> Values.name(JsonNodeFactory.instance.stringNode(entry.getKey()), at));
            if (shape != null && !name.isEmpty()) {
                inputs.put(name, shape);
            }
        }
        return inputs;
    }

    private @Nullable Shape shape(JsonNode given, Pointer pointer, Scope scope) {
        try {
            if (!given.isArray() || given.isEmpty() || given.size() > Shape.MAX_RANK) {
                String got = given.isArray() ? given.size() + " sizes" : Quoted.of(given);
                throw new InvalidValueException(
                        pointer,
                        "expected a shape, a list of 1 to " + Shape.MAX_RANK + " sizes without the batch, got " + got);
            }
            int[] sizes = new int[given.size()];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = Values.integer(
                                given.get(i), pointer.at(i), scope.network().keySet(), 1)
                        .in(scope);
            }
            return Shape.of(sizes);
        } catch (InvalidValueException e) {
            errors.add(e, "");
        } catch (InvalidLayerException e) {
            errors.add(pointer, "", e.getMessage());
        }
        return null;
    }

    private List<String> outputs(Expansion expansion) {
        JsonNode given = json.path(OUTPUTS);
        Pointer pointer = Pointer.ROOT.at(OUTPUTS);
        List<String> outputs = new ArrayList<>();
        if (TemplateReader.isGiven(given)) {
            boolean names =
                    given.isArray() && !given.isEmpty() && given.valueStream().allMatch(JsonNode::isString);
            if (!names) {
                errors.add(pointer, "", "expected a list of layers' names, got " + Quoted.of(given));
            } else {
                given.forEach(output -> outputs.add(expansion.output(output.asString())));
            }
        }
        return outputs;
    }

    private void checkProperties(List<String> known, String owner) {
        new TemplateReader(errors, Set.of()).checkProperties(json, Pointer.ROOT, "", owner, known, ALIASES);
    }

    private <T> T orElse(T otherwise, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValueException e) {
            errors.add(e, "");
            return otherwise;
        }
    }

    private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T value : values) {
            words.put(word.apply(value), value);
        }
        return words;
    }
}
