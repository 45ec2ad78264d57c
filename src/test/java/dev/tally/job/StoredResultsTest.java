package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionError;
import dev.tally.job.StoredResults.StoredNetwork;
import dev.tally.latency.Measured;
import dev.tally.network.Network;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredResultsTest {
    private static final Network ONE = Measured.chain(1);
    private static final Network THREE = Measured.chain(3);

    private static StoredNetwork measured(Network network, String host) {
        return new StoredNetwork(network.hash(), new StoredResult(host, 1e9, List.of(), OptionalDouble.empty()), null);
    }

    private static @Nullable String host(@Nullable StoredNetwork network) {
        StoredResult result = network == null ? null : network.result();
        return result == null ? null : result.host();
    }

    @Test
    void aNetworkIsFoundByWhatItDoesWhereverItStandsNow() {
        StoredResults results = new StoredResults(List.of(measured(ONE, "a"), measured(THREE, "b")));

        assertThat(results.of(List.of(THREE, Measured.chain(5), ONE)).stream().map(StoredResultsTest::host))
                .containsExactly("b", null, "a");
    }

    @Test
    void ofNetworksThatDoTheSameEachFindsItsOwn() {
        StoredResults results = new StoredResults(List.of(measured(ONE, "a"), measured(ONE, "b")));

        assertThat(results.of(List.of(ONE, ONE, ONE)).stream().map(StoredResultsTest::host))
                .containsExactly("a", "b", null);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Failure failure = new Failure(
                Failure.Kind.ENGINE_CANNOT_RUN, "why", List.of(new DescriptionError("why", "/networks/1", "conv")));
        StoredResults results =
                new StoredResults(List.of(measured(ONE, "a"), new StoredNetwork(THREE.hash(), null, failure)));

        assertThat(StoredResults.read(Json.write(results))).isEqualTo(results);
    }

    @Test
    void whatTheFirstVersionStoredIsStillRead() {
        StoredResults results = StoredResults.read("""
                {"networks": [
                  {"networkHash": "ab12", "failure": null,
                   "result": {"host": "some-cpu", "peakFlops": 1.0E9, "largestDifference": null, "engines": []}},
                  {"networkHash": "cd34", "result": null,
                   "failure": {"kind": "ENGINE_CANNOT_RUN", "detail": "why", "errors": []}}]}
                """);

        assertThat(results.networks()).extracting(StoredNetwork::networkHash).containsExactly("ab12", "cd34");
        assertThat(host(results.networks().getFirst())).isEqualTo("some-cpu");
        assertThat(Objects.requireNonNull(results.networks().getLast().failure())
                        .detail())
                .isEqualTo("why");
    }
}
