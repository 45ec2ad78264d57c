package dev.tally.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionReader;
import dev.tally.description.ReadyNetworks;
import dev.tally.network.GraphDraw;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LatencyKeyTest {
    private static final String SHAPE = "\\d+(x\\d+)*";
    private static final String LAYER = "[a-z][a-z0-9_]*( [^|]*[^| ])?";

    /** As docs/latencies.md has it. */
    private static final Pattern GRAMMAR = Pattern.compile(LAYER + "( \\+ " + LAYER + ")*" + "( \\| ((learned )?"
            + SHAPE + "|@\\d+))* \\| n\\d+ (float32|float16|bfloat16|int8) (channels_last|channels_first)");

    @Test
    void everyStepsKeyReadsAsItIsDocumented() {
        Stream<Network> ready = ReadyNetworks.all().stream()
                .map(network -> DescriptionReader.read(network.json()).network());
        Stream<Network> drawn = IntStream.range(0, 300).mapToObj(GraphDraw::of);

        Stream.concat(ready, drawn)
                .flatMap(network -> Subnetworks.of(network).stream())
                .map(step -> LatencyKey.of(step).text())
                .distinct()
                .filter(text -> !text.contains(" #"))
                .forEach(text -> assertThat(text).matches(GRAMMAR).matches(LatencyFilter::isSound));
    }

    /** The digits are of {@code printf 'aaa…' | sha256sum}, 401 of them. */
    @Test
    void whatIsTooLongEndsInAHashOfAllOfIt() {
        assertThat(LatencyKey.bounded("a".repeat(400)).text()).isEqualTo("a".repeat(400));
        assertThat(LatencyKey.bounded("a".repeat(401)).text())
                .isEqualTo("a".repeat(366) + " #15284784611353b6efe63673dceed626");
        assertThat(LatencyKey.bounded("a".repeat(401) + "b")).isNotEqualTo(LatencyKey.bounded("a".repeat(401) + "c"));
    }

    @Test
    void aWholeNetworkGoesByItsHash() {
        Network network = Measured.chain(1, 3);

        assertThat(LatencyKey.of(network).text()).isEqualTo("network " + network.hash());
    }
}
