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
        ROUND(2);

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
                case ROUND -> {
                    if (b < 1) {
                        throw new ArithmeticException("round to a multiple of " + b);
                    }
                    yield Math.multiplyExact(Math.floorDiv(Math.addExact(a, b / 2), b), b);
                }
            };
        }
    }
}
