package dev.tally.description;

import dev.tally.network.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A value as it was written, before its expressions are worked out.
 *
 * @param <T> what it becomes
 */
interface Form<T> {
    /**
     * {@return the value where the parameters have these values}
     *
     * @throws InvalidValueException if it is out of range there
     */
    T in(Scope scope);

    /** {@return whether it is the same in every scope} */
    default boolean constant() {
        return true;
    }

    /** A value without expressions. */
    record Fixed<T>(T value) implements Form<T> {
        @Override
        public T in(Scope scope) {
            return value;
        }
    }

    /**
     * An integer.
     *
     * @param minimum the least that it may be; the most is 2^31-1
     */
    record IntegerForm(Expression expression, Pointer pointer, int minimum) implements Form<Integer> {
        @Override
        public Integer in(Scope scope) {
            long value;
            try {
                value = expression.value(scope);
            } catch (ArithmeticException e) {
                String message = String.valueOf(e.getMessage());
                String why = message.endsWith("overflow") ? "a number in it is over 2^63-1" : message;
                throw new InvalidValueException(pointer, "the expression has no value: " + why);
            }
            if (value < minimum || value > Integer.MAX_VALUE) {
                String expected = minimum == Integer.MIN_VALUE
                        ? "an integer from -2^31 to 2^31-1"
                        : "an integer from " + minimum + " to 2^31-1";
                throw new InvalidValueException(pointer, "expected " + expected + ", got " + value);
            }
            return (int) value;
        }

        @Override
        public boolean constant() {
            return expression instanceof Expression.Constant;
        }
    }

    /** As many elements before as after, or a pair of numbers. */
    record Pair(Form<Integer> before, Form<Integer> after) implements Form<Padding.Explicit> {
        static Pair read(JsonNode json, Pointer pointer, Set<String> parameters) {
            if (!json.isArray()) {
                Form<Integer> both = Values.integer(json, pointer, parameters, 0);
                return new Pair(both, both);
            }
            if (json.size() != 2) {
                throw new InvalidValueException(pointer, "expected a pair [before, after], got " + Quoted.of(json));
            }
            return new Pair(
                    Values.integer(json.get(0), pointer.at(0), parameters, 0),
                    Values.integer(json.get(1), pointer.at(1), parameters, 0));
        }

        @Override
        public Padding.Explicit in(Scope scope) {
            return new Padding.Explicit(before.in(scope), after.in(scope));
        }

        @Override
        public boolean constant() {
            return before.constant() && after.constant();
        }
    }

    /** Several values, each by its own form. */
    record ListForm<T>(List<? extends Form<? extends T>> elements) implements Form<List<T>> {
        /** {@return the list's form; made once where no expression stands in it} */
        static <T> Form<List<T>> of(List<? extends Form<? extends T>> elements) {
            ListForm<T> form = new ListForm<>(elements);
            for (Form<? extends T> element : elements) {
                if (!element.constant()) {
                    return form;
                }
            }
            return new Form.Fixed<>(form.in(Scope.NONE));
        }

        @Override
        public List<T> in(Scope scope) {
            List<T> values = new ArrayList<>(elements.size());
            for (Form<? extends T> element : elements) {
                values.add(element.in(scope));
            }
            return values;
        }

        @Override
        public boolean constant() {
            return false;
        }
    }
}
