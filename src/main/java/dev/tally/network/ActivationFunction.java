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
    /** {@code x} where positive, else {@code 0.01 · x}. */
    LEAKY_RELU("leaky_relu"),
    /** {@code x} where positive, else {@code exp(x) - 1}. */
    ELU("elu"),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID("sigmoid"),
    /** {@code 1 - 2 / (1 + exp(2x))}. */
    TANH("tanh"),
    /** {@code x · sigmoid(x)}, also called swish. */
    SILU("silu");

    private final String id;

    ActivationFunction(String id) {
        this.id = id;
    }

    /** {@return the name in the JSON description} */
    public String id() {
        return id;
    }
}
