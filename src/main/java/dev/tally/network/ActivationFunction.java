package dev.tally.network;

/**
 * The functions that an {@link Activation} applies. What one costs an element stands with the other costs, in the
 * analysis.
 */
public enum ActivationFunction {
    /** {@code max(x, 0)}. */
    RELU("relu"),
    /** {@code min(max(x, 0), 6)}. */
    RELU6("relu6"),
    /** {@code x} where positive, else {@code a · x} with a fixed a. */
    LEAKY_RELU("leaky_relu"),
    /** {@code x} above a threshold, else a fixed value. */
    THRESHOLD("threshold"),
    /** {@code min(max(x, -1), 1)}. */
    HARD_TANH("hard_tanh"),
    /** {@code min(max(x / 6 + 1/2, 0), 1)}. */
    HARD_SIGMOID("hard_sigmoid"),
    /** {@code x · hard_sigmoid(x)} (Howard et al., MobileNetV3, 2019), also called hard SiLU. */
    HARD_SWISH("hard_swish"),
    /** {@code x} where {@code |x|} is above a threshold, else 0. */
    HARD_SHRINK("hard_shrink"),
    /** {@code x} brought nearer to 0 by a threshold, 0 where it is within. */
    SOFT_SHRINK("soft_shrink"),
    /** {@code x} where positive, else {@code exp(x) - 1}. */
    ELU("elu"),
    /** {@code λ · x} where positive, else {@code λ · α · (exp(x) - 1)} (Klambauer et al., 2017). */
    SELU("selu"),
    /** {@code x} where positive, else {@code α · (exp(x / α) - 1)}. */
    CELU("celu"),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID("sigmoid"),
    /** {@code -ln(1 + exp(-x))}. */
    LOG_SIGMOID("log_sigmoid"),
    /** {@code 1 - 2 / (1 + exp(2x))}. */
    TANH("tanh"),
    /** {@code x - tanh(x)}. */
    TANH_SHRINK("tanh_shrink"),
    /** {@code x · sigmoid(x)}, also called swish. */
    SILU("silu"),
    /** {@code x / 2 · (1 + erf(x / √2))} (Hendrycks and Gimpel, 2016). */
    GELU("gelu"),
    /** {@code x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))}, the usual approximation of GELU. */
    GELU_TANH("gelu_tanh"),
    /** {@code x · tanh(softplus(x))} (Misra, 2019). */
    MISH("mish"),
    /** {@code ln(1 + exp(x))}. */
    SOFTPLUS("softplus"),
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN("softsign"),
    /** {@code (x + √(x² + b)) / 2} with a fixed b (Barron, 2021). */
    SQUAREPLUS("squareplus"),
    /** {@code exp(x)}. */
    EXPONENTIAL("exponential");

    private final String id;

    ActivationFunction(String id) {
        this.id = id;
    }

    /** {@return the name in the JSON description} */
    public String id() {
        return id;
    }
}
