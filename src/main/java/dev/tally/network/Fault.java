package dev.tally.network;

/**
 * A reason why a network is none.
 *
 * @param position the number under which the layer at fault was added to the builder, or {@link #NETWORK} where it is
 *     no layer's
 * @param attribute the attribute at fault by its JSON name, or empty
 * @param message what was expected and what came
 */
public record Fault(int position, String attribute, String message) {
    /** The position of a fault that is no layer's. */
    public static final int NETWORK = -1;

    static Fault network(String attribute, String message) {
        return new Fault(NETWORK, attribute, message);
    }
}
