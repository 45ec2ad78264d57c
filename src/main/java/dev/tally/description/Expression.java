package dev.tally.description;

import java.util.List;

/** Integer arithmetic over parameters. Division rounds down; everything is exact or an {@link ArithmeticException}. */
sealed interface Expression {
    /** {@return the value where the parameters have these values} */
    long value(Scope scope);

    record Constant(long constant) implements Expression {
        @Override
        public long value(Scope scope) {
            return constant;
        }
    }

    record Parameter(String name) implements Expression {
        @Override
        public long value(Scope scope) {
            Long value = scope.value(name);
            if (value == null) {
                throw new ArithmeticException("the parameter $" + name + " has no value here");
            }
            return value;
        }
    }

    record Negation(Expression of) implements Expression {
        @Override
        public long value(Scope scope) {
            return Math.negateExact(of.value(scope));
        }
    }

    record Operation(char operator, Expression left, Expression right) implements Expression {
        @Override
        public long value(Scope scope) {
            long a = left.value(scope);
            long b = right.value(scope);
            if (b == 0 && (operator == '/' || operator == '%')) {
                throw new ArithmeticException("a division by zero");
            }
            return switch (operator) {
                case '+' -> Math.addExact(a, b);
                case '-' -> Math.subtractExact(a, b);
                case '*' -> Math.multiplyExact(a, b);
                case '/' -> Math.floorDivExact(a, b);
                default -> Math.floorMod(a, b);
            };
        }
    }

    /** The functions that an expression may call. */
    enum Function {
        MIN(2),
        MAX(2),
        /** The multiple of the second number that is nearest to the first, the upper one of two. */
        ROUND(2),
        /**
         * So many percent of the first number as the second says, rounded to a multiple of the third that is at least
         * nine tenths of it: how MobileNets scale their filters (make_divisible in TensorFlow's and PyTorch's models).
         */
        SCALE(3);

        private final int arguments;

        Function(int arguments) {
            this.arguments = arguments;
        }

        int arguments() {
            return arguments;
        }
    }

    record Call(Function function, List<Expression> arguments) implements Expression {
        @Override
        public long value(Scope scope) {
            long a = arguments.get(0).value(scope);
            long b = arguments.get(1).value(scope);
            return switch (function) {
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
                case ROUND -> nearest(a, 1, multiple(b));
                case SCALE -> {
                    long hundredths = Math.multiplyExact(a, b);
                    long multiple = multiple(arguments.get(2).value(scope));
                    long near = Math.max(multiple, nearest(hundredths, 100, multiple));
                    boolean enough = Math.multiplyExact(near, 1000) >= Math.multiplyExact(hundredths, 9);
                    yield enough ? near : Math.addExact(near, multiple);
                }
            };
        }

        private static long multiple(long of) {
            if (of < 1) {
                throw new ArithmeticException("round to a multiple of " + of);
            }
            return of;
        }

        /** {@return the multiple that is nearest to a fraction, the upper one of two} */
        private static long nearest(long numerator, long denominator, long multiple) {
            long step = Math.multiplyExact(denominator, multiple);
            long half = Math.addExact(Math.multiplyExact(numerator, 2), step);
            return Math.multiplyExact(Math.floorDiv(half, Math.multiplyExact(step, 2)), multiple);
        }
    }
}
