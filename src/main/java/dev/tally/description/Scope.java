package dev.tally.description;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that parameters have where an expression stands.
 *
 * @param network the network's parameters
 * @param block the enclosing block's, which hide the network's
 * @param index the number of the repetition, or -1 outside of one
 */
record Scope(Map<String, Long> network, Map<String, Long> block, int index) {
    /** The name that the repetition's number goes by. */
    static final String INDEX = "index";

    /** Where no parameter has a value: enough for constants. */
    static final Scope NONE = new Scope(Map.of(), Map.of(), -1);

    Scope withIndex(int index) {
        return new Scope(network, block, index);
    }

    Scope inBlock(Map<String, Long> parameters) {
        return new Scope(network, parameters, -1);
    }

    /** Where a block's defaults stand: they do not see the parameters of whatever calls it. */
    Scope outsideOfBlocks() {
        return new Scope(network, Map.of(), -1);
    }

    @Nullable
    Long value(String parameter) {
        if (parameter.equals(INDEX) && index >= 0) {
            return (long) index;
        }
        Long value = block.get(parameter);
        return value == null ? network.get(parameter) : value;
    }
}
