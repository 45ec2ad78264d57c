package dev.tally.web;

import dev.tally.description.Attribute;
import dev.tally.description.AttributeKind;
import dev.tally.description.LayerType;
import dev.tally.description.LayerTypes;
import dev.tally.network.DataType;
import dev.tally.network.Layout;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The schema of a network's description, from the table of layer types. What may be a number, a list or an expression
 * has no {@code type}: generators of clients make code of such unions that does not compile.
 */
final class LayerSchemas {
    private static final String REFERENCE = "#/components/schemas/";
    private static final String EXPRESSION = "an integer, or an expression over parameters such as \"$width * 4\"";

    private LayerSchemas() {}

    /** Adds {@code NetworkDescription}, {@code Layer} and a schema for each type of layer. */
    static void addTo(OpenAPI api) {
        Discriminator types = new Discriminator().propertyName("type");
        List<Schema<?>> variants = new ArrayList<>();
        for (LayerType<?> type : LayerTypes.all()) {
            add(api, type.name(), schemaName(type.name()), layer(type), types, variants);
        }
        add(api, "block", "BlockCall", blockCall(), types, variants);
        Schema<Object> layer = new Schema<>();
        layer.setDescription("A layer, or the call of a block.");
        layer.setOneOf(new ArrayList<>(variants));
        layer.setDiscriminator(types);
        api.getComponents().addSchemas("Layer", layer);
        api.getComponents().addSchemas("BlockDefinition", blockDefinition());
        api.getComponents().addSchemas("NetworkDescription", network());
    }

    private static void add(
            OpenAPI api, String type, String name, Schema<?> schema, Discriminator types, List<Schema<?>> variants) {
        api.getComponents().addSchemas(name, schema);
        types.mapping(type, REFERENCE + name);
        variants.add(reference(name));
    }

    private static Schema<?> layer(LayerType<?> type) {
        Schema<?> schema = variant(type.name(), type.summary() + " Counted: " + type.counts() + ".");
        for (Attribute<?> attribute : type.attributes()) {
            schema.addProperty(attribute.name(), attribute(attribute));
            if (attribute.required()) {
                schema.addRequiredItem(attribute.name());
            }
        }
        return schema;
    }

    private static Schema<?> attribute(Attribute<?> attribute) {
        String help = attribute.help();
        return switch (attribute.kind()) {
            case AttributeKind.WholeNumber _,
                    AttributeKind.PerAxis _,
                    AttributeKind.PaddingKind _,
                    AttributeKind.WholeNumbers _,
                    AttributeKind.Margins _ ->
                untyped(help + " Either " + attribute.kind().expected() + "." + byDefault(attribute));
            case AttributeKind.Flag _ -> defaulting(typed("boolean", help), attribute);
            case AttributeKind.Decimal _ -> defaulting(typed("number", help).format("double"), attribute);
            case AttributeKind.Choice<?> choice -> words(help, choice.words().keySet());
        };
    }

    /** In words: where there is no type, generators of clients take a default for the name of a variable. */
    private static String byDefault(Attribute<?> attribute) {
        return attribute.defaultJson() == null ? "" : " By default " + attribute.defaultJson() + ".";
    }

    private static Schema<?> defaulting(Schema<?> schema, Attribute<?> attribute) {
        schema.setDefault(attribute.defaultValue());
        return schema;
    }

    private static Schema<?> blockCall() {
        Schema<?> schema = variant("block", "The call of a block.");
        schema.addProperty("block", typed("string", "The name of one of the network's blocks."));
        schema.addProperty("parameters", typed("object", "The block's parameters; each " + EXPRESSION + "."));
        schema.addRequiredItem("block");
        return schema;
    }

    /** What every layer has. */
    private static Schema<?> variant(String type, String description) {
        Schema<?> schema = typed("object", description);
        Schema<Object> typeSchema = words("The type of layer.", List.of(type));
        typeSchema.setDefault(type);
        schema.addProperty("type", typeSchema);
        schema.addProperty("name", typed("string", "A name, unique in its list; made up where left out."));
        schema.addProperty(
                "from",
                untyped(
                        "What it takes: the name of a layer or input, or a list of names; the layer before it where left"
                                + " out. \"input\" is what the network, or the block, is given."));
        schema.addProperty(
                "repeat",
                untyped("How often it stands one after the other: " + EXPRESSION
                        + ". $index counts the repetitions from 0."));
        schema.addRequiredItem("type");
        return schema;
    }

    private static Schema<?> blockDefinition() {
        Schema<?> schema = typed("object", "A module that layers can call, with parameters.");
        schema.addProperty(
                "parameters",
                untyped("A list of the names of its parameters, or an object of names and their defaults; null where a"
                        + " call has to give one."));
        schema.addProperty("layers", layers());
        schema.addProperty(
                "output", typed("string", "The name of the layer that gives its output; the last by default."));
        schema.addRequiredItem("layers");
        return schema;
    }

    private static Schema<?> network() {
        Schema<?> schema = typed(
                "object",
                "A network: \"input\" (or \"inputs\") and \"layers\"; or \"ready\", the name of a ready one.");
        schema.addProperty("name", typed("string", "What the author calls it."));
        schema.addProperty("description", typed("string", "What it is, for readers."));
        schema.addProperty(
                "ready",
                typed(
                        "string",
                        "The name of a ready network, instead of \"input\" and \"layers\"; \"parameters\", \"batch\", \"dtype\", \"name\", \"budget\", \"measure\" and \"estimate\" may stand beside it."));
        schema.addProperty(
                "input", shape("The input's shape without the batch, outermost axis first; each " + EXPRESSION + "."));
        Schema<?> inputs = typed("object", "Several inputs: shapes by name.");
        inputs.setAdditionalProperties(shape("A shape."));
        schema.addProperty("inputs", inputs);
        schema.addProperty(
                "outputs",
                list(
                        "The names of the outputs; the layers that no other takes, by default.",
                        typed("string", "A layer's name.")));
        // Defaults in words: clients send those of the schema, also beside "ready", where they would say something
        // else.
        schema.addProperty(
                "layout",
                words(
                        "Where the channels stand in every shape, " + Layout.CHANNELS_LAST.id() + " by default.",
                        Arrays.stream(Layout.values()).map(Layout::id).toList()));
        schema.addProperty(
                "dtype",
                words(
                        "The type of every element, " + DataType.FLOAT32.id() + " by default; it scales the bytes.",
                        Arrays.stream(DataType.values()).map(DataType::id).toList()));
        schema.addProperty("batch", untyped("How many samples run at once, 1 by default: " + EXPRESSION + "."));
        Schema<?> parameters = typed("object", "Parameters and their values, for expressions.");
        parameters.setAdditionalProperties(typed("integer", "A value.").format("int32"));
        schema.addProperty("parameters", parameters);
        Schema<?> blocks = typed("object", "Blocks by name.");
        blocks.setAdditionalProperties(reference("BlockDefinition"));
        schema.addProperty("blocks", blocks);
        schema.addProperty("layers", layers());
        schema.addProperty("budget", reference("Budget"));
        schema.addProperty("measure", reference("Measure"));
        schema.addProperty("estimate", reference("EstimateFrom"));
        return schema;
    }

    private static Schema<?> layers() {
        return list("The layers; each takes the one before it, or what \"from\" names.", reference("Layer"));
    }

    private static Schema<?> shape(String description) {
        return list(description, untyped("A size: " + EXPRESSION + "."));
    }

    private static Schema<Object> list(String description, Schema<?> items) {
        Schema<Object> schema = typed("array", description);
        schema.setItems(items);
        return schema;
    }

    private static Schema<Object> words(String description, Iterable<String> words) {
        Schema<Object> schema = typed("string", description);
        words.forEach(schema::addEnumItemObject);
        return schema;
    }

    static Schema<Object> typed(String type, String description) {
        Schema<Object> schema = untyped(description);
        schema.setTypes(Set.of(type));
        return schema;
    }

    static Schema<Object> untyped(String description) {
        Schema<Object> schema = new Schema<>();
        schema.setDescription(description);
        return schema;
    }

    static Schema<Object> reference(String name) {
        Schema<Object> schema = new Schema<>();
        schema.set$ref(REFERENCE + name);
        return schema;
    }

    /** {@return {@code MaxPool2dLayer} for {@code max_pool2d}} */
    private static String schemaName(String type) {
        return Arrays.stream(type.split("_"))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining())
                + "Layer";
    }
}
