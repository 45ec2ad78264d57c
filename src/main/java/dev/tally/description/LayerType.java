package dev.tally.description;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.Layer;
import dev.tally.network.LearnedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A type of layer, as people write it.
 *
 * @param name its name in JSON
 * @param aliases what other tools call it; never accepted, offered as a correction
 * @param summary what it does, one sentence
 * @param counts what is counted for it
 * @param attributes its own attributes, in the order in which they are documented
 * @param layerClass the model's record for it
 * @param reader makes the layers that the attributes' values mean, each taking the one before it
 * @param writer puts the attributes' values of a layer
 * @param <L> the model's record for it
 */
public record LayerType<L extends Layer>(
        String name,
        List<String> aliases,
        String summary,
        String counts,
        List<Attribute<?>> attributes,
        Class<L> layerClass,
        Function<AttributeValues, List<Part>> reader,
        BiConsumer<L, AttributeValues> writer) {

    public LayerType {
        aliases = List.copyOf(aliases);
        attributes = List.copyOf(attributes);
    }

    /** A type each of whose layers is one layer of the model. */
    static <T extends Layer> LayerType<T> of(
            String name,
            List<String> aliases,
            String summary,
            String counts,
            List<Attribute<?>> attributes,
            Class<T> layerClass,
            Function<AttributeValues, T> reader,
            BiConsumer<T, AttributeValues> writer) {
        return new LayerType<>(
                name,
                aliases,
                summary,
                counts,
                attributes,
                layerClass,
                values -> List.of(new Part("", name, reader.apply(values))),
                writer);
    }

    /** A type without attributes, which always means the same layer. */
    static <T extends Layer> LayerType<T> plain(
            String name, String summary, String counts, T layer, String... aliases) {
        @SuppressWarnings("unchecked") // the class of a T
        Class<T> layerClass = (Class<T>) layer.getClass();
        return of(name, Arrays.asList(aliases), summary, counts, List.of(), layerClass, _ -> layer, (_, _) -> {});
    }

    /** What one written layer becomes: its own layer or layers first, an activation after them. */
    record Part(String suffix, String type, Layer layer) {
        private static final Map<ActivationFunction, Part> ACTIVATIONS = new EnumMap<>(ActivationFunction.class);

        static {
            for (ActivationFunction function : ActivationFunction.values()) {
                ACTIVATIONS.put(function, new Part("/" + function.id(), function.id(), new Activation(function)));
            }
        }

        private static Part of(ActivationFunction function) {
            return Objects.requireNonNull(ACTIVATIONS.get(function));
        }
    }

    /** {@return the layers that the values mean, each taking the one before it} */
    List<Part> parts(AttributeValues values) {
        List<Part> own = reader.apply(values);
        ActivationFunction function = values.has(Attributes.ACTIVATION) ? values.find(Attributes.ACTIVATION) : null;
        if (function == null) {
            return own;
        }
        List<Part> parts = new ArrayList<>(own);
        parts.add(Part.of(function));
        return parts;
    }

    /** {@return the place of the attribute with this name among the attributes, or -1} */
    int indexOf(String attribute) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).name().equals(attribute)) {
                return i;
            }
        }
        return -1;
    }

    /** {@return whether its layers take no input} */
    boolean source() {
        return layerClass == LearnedTensor.class;
    }

    /** {@return the values of a layer's attributes} */
    AttributeValues values(Layer layer) {
        AttributeValues values = new AttributeValues(attributes);
        writer.accept(layerClass.cast(layer), values);
        return values;
    }

    /** {@return the attributes that may not be left out} */
    public List<Attribute<?>> required() {
        List<Attribute<?>> required = new ArrayList<>(attributes);
        required.removeIf(attribute -> !attribute.required());
        return required;
    }

    /** {@return a layer of this type as it may be written, with the attributes that may not be left out} */
    public ObjectNode example() {
        ObjectNode example = JsonNodeFactory.instance.objectNode().put("type", name);
        if (exampleLayer().minimumInputs() > 1) {
            ArrayNode from = example.putArray("from");
            for (int i = 0; i < exampleLayer().minimumInputs(); i++) {
                from.add("input");
            }
        }
        for (Attribute<?> attribute : attributes) {
            if (isShown(attribute)) {
                example.set(attribute.name(), attribute.example());
            }
        }
        return example;
    }

    /** {@return the layer of the model that the example begins with} */
    public Layer exampleLayer() {
        AttributeValues values = new AttributeValues(attributes);
        for (int i = 0; i < attributes.size(); i++) {
            Attribute<?> attribute = attributes.get(i);
            if (isShown(attribute)) {
                values.put(
                        i,
                        attribute
                                .kind()
                                .read(attribute.example(), Pointer.ROOT, Set.of())
                                .in(Scope.NONE));
            }
        }
        return parts(values).getFirst().layer();
    }

    private static boolean isShown(Attribute<?> attribute) {
        return attribute.required() || attribute.ownExample() != null;
    }
}
