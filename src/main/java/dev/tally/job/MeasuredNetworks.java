package dev.tally.job;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks to be measured: networks, one after the other, all under the same conditions.
 *
 * @param asked with what, and for how long each
 * @param networks at least one
 */
public record MeasuredNetworks(MeasureRequest asked, List<MeasuredNetwork> networks) {
    public MeasuredNetworks {
        networks = List.copyOf(networks);
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("expected at least one network");
        }
    }

    /**
     * A network that is measured.
     *
     * @param network the network
     * @param baseline what it is run in turns with; null where it runs alone
     */
    public record MeasuredNetwork(
            CountedNetwork network, @Nullable CountedNetwork baseline) {}

    /** {@return a network, in turns with its baseline if it has one} */
    public static MeasuredNetworks one(
            MeasureRequest asked, CountedNetwork network, @Nullable CountedNetwork baseline) {
        return new MeasuredNetworks(asked, List.of(new MeasuredNetwork(network, baseline)));
    }

    /** {@return networks, each by itself} */
    public static MeasuredNetworks each(MeasureRequest asked, List<CountedNetwork> networks) {
        return new MeasuredNetworks(
                asked,
                networks.stream()
                        .map(network -> new MeasuredNetwork(network, null))
                        .toList());
    }

    /** {@return networks, the first by itself, each of the others in turns with the first} */
    public static MeasuredNetworks besideFirst(MeasureRequest asked, List<CountedNetwork> networks) {
        return new MeasuredNetworks(
                asked,
                IntStream.range(0, networks.size())
                        .mapToObj(i -> new MeasuredNetwork(networks.get(i), i == 0 ? null : networks.getFirst()))
                        .toList());
    }

    /** {@return whether a network is one of those that are measured, and not only a baseline} */
    boolean measures(CountedNetwork network) {
        return networks.stream().anyMatch(measured -> measured.network().at().equals(network.at()));
    }
}
