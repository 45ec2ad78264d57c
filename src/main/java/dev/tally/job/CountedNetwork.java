package dev.tally.job;

import dev.tally.analysis.Analysis;
import dev.tally.description.Described;
import dev.tally.description.Pointer;
import dev.tally.network.Network;

/**
 * A network of a request, with its counts.
 *
 * @param described the network
 * @param at where it stands in the request
 * @param analysis its counts
 */
public record CountedNetwork(Described described, Pointer at, Analysis analysis) {
    /**
     * {@return a network, counted}
     *
     * @throws dev.tally.analysis.CountOverflowException if a count is over 2^63-1
     */
    static CountedNetwork of(Described described, Pointer at) {
        return new CountedNetwork(described, at, Analysis.of(described.network()));
    }

    Network network() {
        return described.network();
    }
}
