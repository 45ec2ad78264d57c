package dev.tally.description;

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
                        ? "an integer below 2^31"
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
}
