package dev.tally.web;

import dev.tally.engine.Precision;
import dev.tally.network.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Whose times a network's is to be estimated from.
 *
 * @param engine the engine's id
 * @param threads how many threads it computed with
 * @param precision in which numbers; null as the network's type of elements says
 * @param host the fingerprint of the host
 */
record EstimateRequest(String engine, int threads, @Nullable Precision precision, String host) {
    /** {@return in which numbers, of a network with elements of this type} */
    String precisionOf(DataType type) {
        return (precision == null ? Precision.byDefault(type) : precision).id();
    }
}
