package dev.tally.description;

import dev.tally.network.DataType;
import dev.tally.network.InvalidLayerException;
import dev.tally.network.Layout;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What stands above a network's layers.
 *
 * @param parameters the network's parameters
 * @param inputs what it is given, by name
 */
record Header(
        String name,
        Layout layout,
        DataType dataType,
        int batch,
        Map<String, Long> parameters,
        Map<String, Shape> inputs) {
    static final String NAME = "name";
    static final String DESCRIPTION = "description";
    static final String LAYOUT = "layout";
    static final String DTYPE = "dtype";
    static final String BATCH = "batch";
    static final String PARAMETERS = "parameters";
    static final String INPUT = TemplateReader.INPUT;
    static final String INPUTS = "inputs";

    /** {@return a builder of a network with this header} */
    NetworkBuilder builder() {
        NetworkBuilder builder =
                new NetworkBuilder(name).layout(layout).dataType(dataType).batch(batch);
        inputs.forEach(builder::input);
        return builder;
    }

    /** {@return the values of the parameters, outside of blocks and repeats} */
    Scope scope() {
        return new Scope(parameters, Map.of(), -1);
    }

    /**
     * {@return what a document says above its layers, with defaults for what is at fault}
     *
     * @param parameters the values of its parameters
     */
    static Header read(JsonNode json, Map<String, Long> parameters, Errors errors) {
        return new Reader(json, errors).read(parameters);
    }

    private static final class Reader {
        private static final AttributeKind.Choice<Layout> LAYOUTS =
                new AttributeKind.Choice<>(words(Layout.values(), Layout::id));
        private static final AttributeKind.Choice<DataType> DATA_TYPES =
                new AttributeKind.Choice<>(words(DataType.values(), DataType::id));

        private static final int LONGEST_INPUT_NAME = 64;

        private final JsonNode json;
        private final Errors errors;

        Reader(JsonNode json, Errors errors) {
            this.json = json;
            this.errors = errors;
        }

        Header read(Map<String, Long> parameters) {
            Scope scope = new Scope(parameters, Map.of(), -1);
            checkDescription();
            return new Header(
                    orElse(NAME, "", Values::name),
                    orElse(LAYOUT, Layout.CHANNELS_LAST, (given, at) -> choose(LAYOUTS, given, at)),
                    orElse(DTYPE, DataType.FLOAT32, (given, at) -> choose(DATA_TYPES, given, at)),
                    orElse(BATCH, 1, (given, at) -> positive(given, at, scope)),
                    parameters,
                    inputs(scope));
        }

        private void checkDescription() {
            JsonNode description = json.path(DESCRIPTION);
            if (Properties.isGiven(description) && !description.isString()) {
                errors.add(Pointer.ROOT.at(DESCRIPTION), "", "expected a text, got " + Quoted.of(description));
            }
        }

        private Map<String, Shape> inputs(Scope scope) {
            JsonNode single = json.path(INPUT);
            JsonNode several = json.path(INPUTS);
            Map<String, Shape> inputs = new LinkedHashMap<>();
            if (Properties.isGiven(single) == Properties.isGiven(several)) {
                errors.add(
                        Pointer.ROOT,
                        "",
                        "expected \"input\", a shape such as [28, 28, 192], or \"inputs\", an object of shapes by name; got "
                                + (Properties.isGiven(single) ? "both" : "neither"));
            } else if (Properties.isGiven(single)) {
                put(inputs, INPUT, single, Pointer.ROOT.at(INPUT), scope);
            } else {
                Pointer pointer = Pointer.ROOT.at(INPUTS);
                if (several.isEmpty() || !several.isObject()) {
                    String got = several.isObject() ? "an empty one" : Quoted.of(several);
                    errors.add(pointer, "", "expected an object of shapes by name, got " + got);
                }
                for (Map.Entry<String, JsonNode> entry : several.properties()) {
                    Pointer at = pointer.at(entry.getKey());
                    String name = errors.orElse("", "", () -> inputName(entry.getKey(), at));
                    put(inputs, name, entry.getValue(), at, scope);
                }
            }
            return inputs;
        }

        /** Shorter than a layer's: with several inputs, every layer's receptive fields repeat them all. */
        private static String inputName(String name, Pointer pointer) {
            if (name.length() > LONGEST_INPUT_NAME) {
                throw new InvalidValueException(
                        pointer,
                        "expected an input's name of at most " + LONGEST_INPUT_NAME + " characters, got "
                                + name.length());
            }
            return Values.name(name, pointer);
        }

        private void put(Map<String, Shape> inputs, String name, JsonNode given, Pointer pointer, Scope scope) {
            Shape shape = shape(given, pointer, scope);
            if (shape != null && !name.isEmpty()) {
                inputs.put(name, shape);
            }
        }

        private @Nullable Shape shape(JsonNode given, Pointer pointer, Scope scope) {
            if (!given.isArray() || given.isEmpty() || given.size() > Shape.MAX_RANK) {
                String got = given.isArray() ? given.size() + " sizes" : Quoted.of(given);
                errors.add(
                        pointer,
                        "",
                        "expected a shape, a list of 1 to " + Shape.MAX_RANK + " sizes without the batch, got " + got);
                return null;
            }
            int[] sizes = new int[given.size()];
            for (int i = 0; i < sizes.length; i++) {
                JsonNode size = given.get(i);
                Pointer at = pointer.at(i);
                sizes[i] = errors.orElse(1, "", () -> positive(size, at, scope));
            }
            try {
                return Shape.of(sizes);
            } catch (InvalidLayerException e) {
                errors.add(pointer, "", e.getMessage());
                return null;
            }
        }

        private interface Read<T> {
            T value(JsonNode given, Pointer pointer);
        }

        private <T> T orElse(String property, T otherwise, Read<T> read) {
            JsonNode given = json.path(property);
            return Properties.isGiven(given)
                    ? errors.orElse(otherwise, "", () -> read.value(given, Pointer.ROOT.at(property)))
                    : otherwise;
        }

        private static int positive(JsonNode given, Pointer pointer, Scope scope) {
            return Values.integer(given, pointer, scope.network().keySet(), 1).in(scope);
        }

        private static <T> T choose(AttributeKind.Choice<T> choice, JsonNode given, Pointer pointer) {
            return choice.read(given, pointer, Set.of()).in(Scope.NONE);
        }

        private static <T> Map<String, T> words(T[] values, Function<T, String> word) {
            Map<String, T> words = new LinkedHashMap<>();
            for (T value : values) {
                words.put(word.apply(value), value);
            }
            return words;
        }
    }
}
