package dev.tally.description;

import dev.tally.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads single JSON values, strictly: an integer is an integer, not a string or a fraction that could become one. */
final class Values {
    /** The longest name, those of the blocks around a layer included. */
    static final int LONGEST_NAME = 512;

    private static final int MOST_AXES = Shape.MAX_RANK - 1;
    private static final Pattern INTEGER = Pattern.compile(" *[+-]?\\d{1,20} *");

    private Values() {}

    /**
     * {@return the integer or expression}
     *
     * @param parameters the parameters that an expression may use
     * @throws InvalidValueException if it is neither
     */
    static Form.IntegerForm integer(JsonNode json, Pointer pointer, Set<String> parameters, int minimum) {
        if (json.isIntegralNumber()) {
            if (!json.canConvertToLong()) {
                throw new InvalidValueException(pointer, "expected an integer up to 2^31-1, got " + Quoted.of(json));
            }
            Form.IntegerForm form = new Form.IntegerForm(new Expression.Constant(json.asLong()), pointer, minimum);
            form.in(Scope.NONE);
            return form;
        }
        if (!json.isString()) {
            throw new InvalidValueException(
                    pointer, "expected an integer or an expression such as \"$width * 4\", got " + Quoted.of(json));
        }
        String text = json.asString();
        if (!text.startsWith("$") && INTEGER.matcher(text).matches()) {
            throw new InvalidValueException(
                    pointer, "expected an integer, got the string " + Quoted.of(text) + "; write it without quotes");
        }
        try {
            return new Form.IntegerForm(ExpressionParser.parse(text, parameters), pointer, minimum);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(pointer, String.valueOf(e.getMessage()));
        }
    }

    /**
     * {@return the text}, which names something: 1 to 512 characters, the first a letter, digit or underscore, none a
     * control character.
     */
    static String name(JsonNode json, Pointer pointer) {
        if (!json.isString()) {
            throw new InvalidValueException(pointer, "expected a name, got " + Quoted.of(json));
        }
        return name(json.asString(), pointer);
    }

    static String name(String name, Pointer pointer) {
        boolean valid = !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && (Character.isLetterOrDigit(name.codePointAt(0)) || name.charAt(0) == '_')
                && isPrintable(name);
        if (!valid) {
            throw new InvalidValueException(
                    pointer,
                    "expected a name of 1 to " + LONGEST_NAME
                            + " printable characters that begins with a letter, a digit or \"_\", got "
                            + Quoted.of(name));
        }
        return name;
    }

    private static boolean isPrintable(String name) {
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.SURROGATE) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    /** {@return what one value means, or one for each spatial axis} */
    static <T> List<T> perAxis(JsonNode json, Pointer pointer, BiFunction<JsonNode, Pointer, T> read) {
        if (json.size() > MOST_AXES) {
            throw new InvalidValueException(
                    pointer, "expected one value, or one per spatial axis, got " + json.size() + " values");
        }
        return oneOrMore(json, pointer, read);
    }

    /** {@return what one value means, or each of several in a list} */
    static <T> List<T> oneOrMore(JsonNode json, Pointer pointer, BiFunction<JsonNode, Pointer, T> read) {
        if (!json.isArray()) {
            return List.of(read.apply(json, pointer));
        }
        List<T> values = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            values.add(read.apply(json.get(i), pointer.at(i)));
        }
        if (values.isEmpty()) {
            throw new InvalidValueException(pointer, "expected at least one value, got an empty list");
        }
        return values;
    }
}
