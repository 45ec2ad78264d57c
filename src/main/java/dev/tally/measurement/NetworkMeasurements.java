package dev.tally.measurement;

import dev.tally.network.Network;

/**
 * What was measured of which network.
 *
 * @param network the network
 * @param measurements what was measured of it
 */
public record NetworkMeasurements(Network network, Measurements measurements) {}
