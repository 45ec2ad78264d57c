package dev.tally.engine.reference;

import dev.tally.network.ActivationFunction;

/** Functions of one number. */
final class Functions {
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_LAMBDA = 1.0507009873554805;

    /** Beyond it the error function is 1 to the last bit of a double. */
    private static final double ERF_IS_ONE = 6;

    private Functions() {}

    static double apply(ActivationFunction function, double x) {
        return switch (function) {
            case RELU -> Math.max(x, 0);
            case RELU6 -> Math.clamp(x, 0, 6);
            case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
            case THRESHOLD -> x > 1 ? x : 0;
            case HARD_TANH -> Math.clamp(x, -1, 1);
            case HARD_SIGMOID -> hardSigmoid(x);
            case HARD_SWISH -> x * hardSigmoid(x);
            case HARD_SHRINK -> Math.abs(x) > 0.5 ? x : 0;
            case SOFT_SHRINK -> Math.copySign(Math.max(Math.abs(x) - 0.5, 0), x);
            case ELU, CELU -> x > 0 ? x : Math.expm1(x);
            case SELU -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
            case SIGMOID -> sigmoid(x);
            case LOG_SIGMOID -> -softplus(-x);
            case TANH -> Math.tanh(x);
            case TANH_SHRINK -> x - Math.tanh(x);
            case SILU -> x * sigmoid(x);
            case GELU -> x / 2 * (1 + erf(x / Math.sqrt(2)));
            case GELU_TANH -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case MISH -> x * Math.tanh(softplus(x));
            case SOFTPLUS -> softplus(x);
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case SQUAREPLUS -> (x + Math.sqrt(x * x + 4)) / 2;
            case EXPONENTIAL -> Math.exp(x);
        };
    }

    private static double hardSigmoid(double x) {
        return Math.clamp(x / 6 + 0.5, 0, 1);
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** {@code ln(1 + exp(x))}, without overflow. */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /**
     * The error function by its series {@code 2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · … · (2n+1))} (Abramowitz and
     * Stegun, 7.1.6), whose terms all have one sign, so that none takes digits from another.
     */
    static double erf(double x) {
        if (Math.abs(x) > ERF_IS_ONE) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
