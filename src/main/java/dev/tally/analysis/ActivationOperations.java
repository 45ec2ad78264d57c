package dev.tally.analysis;

import dev.tally.network.ActivationFunction;

/** What one element of each function costs, by the formula in {@link ActivationFunction}. */
final class ActivationOperations {
    private static final OtherOperations COMPARISON = OtherOperations.comparisons(1);
    private static final OtherOperations TWO_COMPARISONS = OtherOperations.comparisons(2);
    private static final OtherOperations EXPONENTIAL = OtherOperations.exponentials(1);
    private static final OtherOperations DIVISION = OtherOperations.divisions(1);

    private static final Operations SIGMOID = Operations.plain(0, 1, EXPONENTIAL.plus(DIVISION));
    private static final Operations TANH = Operations.plain(1, 2, EXPONENTIAL.plus(DIVISION));
    private static final Operations SOFTPLUS = Operations.plain(0, 1, EXPONENTIAL.plus(OtherOperations.logarithms(1)));
    private static final Operations MULTIPLY = Operations.plain(1, 0, OtherOperations.NONE);
    private static final Operations ADD = Operations.plain(0, 1, OtherOperations.NONE);

    private ActivationOperations() {}

    /** {@return the operations that one element takes} */
    static Operations of(ActivationFunction function) {
        return switch (function) {
            case RELU, THRESHOLD -> Operations.plain(0, 0, COMPARISON);
            case RELU6, HARD_TANH, HARD_SHRINK -> Operations.plain(0, 0, TWO_COMPARISONS);
            case LEAKY_RELU -> Operations.plain(1, 0, COMPARISON);
            case HARD_SIGMOID -> Operations.plain(1, 1, TWO_COMPARISONS);
            case HARD_SWISH -> of(ActivationFunction.HARD_SIGMOID).plus(MULTIPLY);
            case SOFT_SHRINK -> Operations.plain(0, 1, TWO_COMPARISONS);
            case ELU -> Operations.plain(0, 1, COMPARISON.plus(EXPONENTIAL));
            case SELU -> Operations.plain(2, 1, COMPARISON.plus(EXPONENTIAL));
            case CELU -> Operations.plain(1, 1, COMPARISON.plus(EXPONENTIAL).plus(DIVISION));
            case SIGMOID -> SIGMOID;
            case LOG_SIGMOID, SOFTPLUS -> SOFTPLUS;
            case TANH -> TANH;
            case TANH_SHRINK -> TANH.plus(ADD);
            case SILU -> SIGMOID.plus(MULTIPLY);
            case GELU -> Operations.plain(3, 1, OtherOperations.errorFunctions(1));
            // The argument: x · x · x · 0.044715, + x, · √(2/π); then 1 + tanh, · x / 2.
            case GELU_TANH -> TANH.plus(Operations.plain(6, 2, OtherOperations.NONE));
            case MISH -> SOFTPLUS.plus(TANH).plus(MULTIPLY);
            case SOFTSIGN -> Operations.plain(0, 1, COMPARISON.plus(DIVISION));
            case SQUAREPLUS -> Operations.plain(2, 2, OtherOperations.powers(1));
            case EXPONENTIAL -> Operations.plain(0, 0, EXPONENTIAL);
        };
    }
}
