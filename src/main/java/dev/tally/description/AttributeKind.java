package dev.tally.description;

import dev.tally.network.Padding;
import dev.tally.network.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What an attribute's value looks like in JSON.
 *
 * @param <T> what it is in Java
 */
public sealed interface AttributeKind<T> {
    /** {@return what may be written, for people} */
    String expected();

    /**
     * {@return the value as written}
     *
     * @param parameters the parameters that an expression may use
     * @throws InvalidValueException if it is not of this kind
     */
    Form<T> read(JsonNode json, Pointer pointer, Set<String> parameters);

    /** {@return the JSON for a value} */
    JsonNode write(T value);

    /** {@return a value as it may be written, for examples} */
    JsonNode example();

    /** An integer or an expression. */
    record WholeNumber(int minimum) implements AttributeKind<Integer> {
        @Override
        public String expected() {
            return "an integer" + (minimum == Integer.MIN_VALUE ? "" : " of at least " + minimum)
                    + ", or an expression";
        }

        @Override
        public JsonNode example() {
            return JSON.numberNode(32);
        }

        @Override
        public Form<Integer> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            return Values.integer(json, pointer, parameters, minimum);
        }

        @Override
        public JsonNode write(Integer value) {
            return JSON.numberNode(value);
        }
    }

    /** An integer for every spatial axis, or a list with one for each. */
    record PerAxis(int minimum) implements AttributeKind<List<Integer>> {
        @Override
        public String expected() {
            return "an integer of at least " + minimum + " or an expression, or a list with one per spatial axis";
        }

        @Override
        public JsonNode example() {
            return JSON.numberNode(3);
        }

        @Override
        public Form<List<Integer>> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            return Form.ListForm.of(
                    Values.perAxis(json, pointer, (value, at) -> Values.integer(value, at, parameters, minimum)));
        }

        @Override
        public JsonNode write(List<Integer> value) {
            if (value.stream().distinct().count() == 1) {
                return JSON.numberNode(value.getFirst());
            }
            return array(value);
        }
    }

    /**
     * A list of integers that is not by spatial axis: sizes, axes.
     *
     * @param alone whether one may stand without the list
     * @param each what there is one for, for people
     */
    record WholeNumbers(int minimum, boolean alone, String each) implements AttributeKind<List<Integer>> {
        @Override
        public String expected() {
            return (alone ? "an integer or an expression, or a list of them" : "a list of integers or expressions")
                    + ", " + each;
        }

        @Override
        public JsonNode example() {
            return JSON.arrayNode().add(1).add(0);
        }

        @Override
        public Form<List<Integer>> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            if (json.isArray() && json.size() > Shape.MAX_RANK) {
                throw new InvalidValueException(
                        pointer, "expected at most " + Shape.MAX_RANK + " values, got " + json.size());
            }
            if (!alone && !json.isArray()) {
                throw new InvalidValueException(pointer, "expected " + expected() + ", got " + Quoted.of(json));
            }
            return Form.ListForm.of(
                    Values.oneOrMore(json, pointer, (value, at) -> Values.integer(value, at, parameters, minimum)));
        }

        @Override
        public JsonNode write(List<Integer> value) {
            return array(value);
        }
    }

    /** Margins: a number, or one number or pair for each spatial axis. */
    record Margins() implements AttributeKind<List<Padding.Explicit>> {
        @Override
        public String expected() {
            return "an integer of at least 0, or a list with one integer or one [before, after] per spatial axis";
        }

        @Override
        public JsonNode example() {
            return JSON.numberNode(1);
        }

        @Override
        public Form<List<Padding.Explicit>> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            if (!json.isArray() && !json.isIntegralNumber() && !json.isString()) {
                throw new InvalidValueException(pointer, "expected " + expected() + ", got " + Quoted.of(json));
            }
            return Form.ListForm.of(
                    Values.perAxis(json, pointer, (value, at) -> Form.Pair.read(value, at, parameters)));
        }

        @Override
        public JsonNode write(List<Padding.Explicit> value) {
            return pairs(value);
        }
    }

    /** Padding: a word, a number, or one number or pair for each spatial axis. */
    record PaddingKind() implements AttributeKind<List<Padding>> {
        static final Map<String, Padding> WORDS =
                Map.of("same", Padding.SAME, "same_lower", Padding.SAME_LOWER, "valid", Padding.VALID);

        @Override
        public String expected() {
            return "\"same\", \"same_lower\", \"valid\", an integer of at least 0, or a list with one integer or one [before, after] per spatial axis";
        }

        @Override
        public JsonNode example() {
            return JSON.stringNode("same");
        }

        @Override
        public Form<List<Padding>> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            if (json.isString() && json.asString().indexOf('$') < 0) {
                Padding padding = WORDS.get(json.asString());
                if (padding == null) {
                    throw new InvalidValueException(
                            pointer,
                            "expected " + expected() + ", got " + Quoted.of(json)
                                    + NearestName.help(json.asString(), WORDS.keySet()));
                }
                return new Form.Fixed<>(List.of(padding));
            }
            if (!json.isArray() && !json.isIntegralNumber() && !json.isString()) {
                throw new InvalidValueException(pointer, "expected " + expected() + ", got " + Quoted.of(json));
            }
            return Form.ListForm.of(
                    Values.perAxis(json, pointer, (value, at) -> Form.Pair.read(value, at, parameters)));
        }

        @Override
        public JsonNode write(List<Padding> value) {
            if (value.stream().distinct().count() == 1) {
                for (Map.Entry<String, Padding> word : WORDS.entrySet()) {
                    if (word.getValue().equals(value.getFirst())) {
                        return JSON.stringNode(word.getKey());
                    }
                }
            }
            return pairs(value.stream().map(PaddingKind::explicit).toList());
        }

        private static Padding.Explicit explicit(Padding padding) {
            if (!(padding instanceof Padding.Explicit explicit)) {
                throw new IllegalArgumentException("same padding on some axes only has no JSON form");
            }
            return explicit;
        }
    }

    /** True or false. */
    record Flag() implements AttributeKind<Boolean> {
        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public JsonNode example() {
            return JSON.booleanNode(true);
        }

        @Override
        public Form<Boolean> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            if (!json.isBoolean()) {
                throw new InvalidValueException(pointer, "expected " + expected() + ", got " + Quoted.of(json));
            }
            return new Form.Fixed<>(json.asBoolean());
        }

        @Override
        public JsonNode write(Boolean value) {
            return JSON.booleanNode(value);
        }
    }

    /** A number that changes values and no count. */
    record Decimal() implements AttributeKind<Double> {
        @Override
        public String expected() {
            return "a number";
        }

        @Override
        public JsonNode example() {
            return JSON.numberNode(0.5);
        }

        @Override
        public Form<Double> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            if (!json.isNumber() || !Double.isFinite(json.asDouble())) {
                throw new InvalidValueException(pointer, "expected " + expected() + ", got " + Quoted.of(json));
            }
            return new Form.Fixed<>(json.asDouble());
        }

        @Override
        public JsonNode write(Double value) {
            return JSON.numberNode(value);
        }
    }

    /**
     * One of a few words.
     *
     * @param words the words and what they mean, in the order in which they are offered
     * @param help what to say to a word that is none of them
     */
    record Choice<T>(Map<String, T> words, UnaryOperator<String> help) implements AttributeKind<T> {
        Choice(Map<String, T> words) {
            this(words, word -> NearestName.help(word, words.keySet()));
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", words.keySet());
        }

        @Override
        public JsonNode example() {
            return JSON.stringNode(words.keySet().iterator().next());
        }

        @Override
        public Form<T> read(JsonNode json, Pointer pointer, Set<String> parameters) {
            T value = json.isString() ? words.get(json.asString()) : null;
            if (value == null) {
                String meant = json.isString() ? help.apply(json.asString()) : "";
                throw new InvalidValueException(pointer, "expected " + expected() + ", got " + Quoted.of(json) + meant);
            }
            return new Form.Fixed<>(value);
        }

        @Override
        public JsonNode write(T value) {
            for (Map.Entry<String, T> word : words.entrySet()) {
                if (word.getValue().equals(value)) {
                    return JSON.stringNode(word.getKey());
                }
            }
            throw new IllegalArgumentException(value + " has no word");
        }
    }

    private static JsonNode pairs(List<Padding.Explicit> value) {
        Padding.Explicit first = value.getFirst();
        if (value.size() == 1 && first.before() == first.after()) {
            return JSON.numberNode(first.before());
        }
        ArrayNode pairs = JSON.arrayNode();
        value.forEach(pair -> pairs.add(JSON.arrayNode().add(pair.before()).add(pair.after())));
        return pairs;
    }

    private static ArrayNode array(List<Integer> value) {
        ArrayNode array = JSON.arrayNode();
        value.forEach(number -> array.add((int) number));
        return array;
    }

    /** Makes JSON. */
    JsonNodeFactory JSON = JsonNodeFactory.instance;
}
