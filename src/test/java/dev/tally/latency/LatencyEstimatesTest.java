package dev.tally.latency;

import static dev.tally.latency.Measured.chain;
import static dev.tally.latency.Measured.conditions;
import static dev.tally.latency.Measured.figures;
import static dev.tally.latency.Measured.measurement;
import static dev.tally.latency.Measured.measurements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tally.engine.Precision;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.latency.LatencyEstimate.StepLatency;
import dev.tally.measurement.Deadline;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.MeasurementPlan;
import dev.tally.measurement.Measurements;
import dev.tally.measurement.Measurer;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class LatencyEstimatesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final LatencyDatabase database;

    LatencyEstimatesTest(TestDatabase kind) {
        database = new LatencyDatabase(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void record(Measurement.Conditions conditions, Network network, double whole, double each) {
        database.table.record(
                network, "host-a", measurements(measurement(conditions, network, figures(whole), _ -> each)), NOON);
    }

    private LatencyEstimate estimate(Network network) {
        return database.estimates.of(network, "java", "float32", 1, "host-a");
    }

    private static double wholeNanos(LatencyEstimate estimate) {
        return Objects.requireNonNull(estimate.whole()).median();
    }

    @Test
    void aNetworkTakesTheSumOfItsStepsMediansWhereverTheyWereMeasured() {
        record(Measured.JAVA, chain(1, 3), 1000, 100);
        record(Measured.JAVA, chain(1, 3), 1000, 110);
        record(Measured.JAVA, chain(1, 3), 1000, 150);
        record(Measured.JAVA, chain(5), 40, 40);

        LatencyEstimate estimate = estimate(chain(5, 3, 3, 1));

        assertThat(estimate.complete()).isTrue();
        assertThat(estimate.missing()).isEmpty();
        assertThat(estimate.foundNanos()).isEqualTo(40 + 3 * 110);
        assertThat(estimate.whole()).isNull();
        assertThat(estimate.relativeError()).isEmpty();
        assertThat(estimate.spreadNanos()).as("one of them was measured once").isEmpty();
        assertThat(estimate.conditions()).isEqualTo(new Conditions("java", "", "float32", 1, "host-a", ""));
    }

    @Test
    void whatIsMissingIsNamedAndThereIsNoErrorOfAPart() {
        record(Measured.JAVA, chain(1, 3), 1000, 100);
        Network network = chain(1, 5, 3);
        record(Measured.JAVA, chain(1, 5, 3), 500, 100);
        database.jdbc.sql("delete from latency where layer_key like 'conv k5%'").update();

        LatencyEstimate estimate = estimate(network);

        assertThat(estimate.complete()).isFalse();
        assertThat(estimate.missing().stream().map(step -> step.layers().getFirst()))
                .containsExactly(network.nodes().get(1));
        assertThat(estimate.missing().getFirst().key()).startsWith("conv k5x5 ");
        assertThat(estimate.foundNanos()).isEqualTo(200);
        assertThat(wholeNanos(estimate)).isEqualTo(500);
        assertThat(estimate.relativeError()).isEmpty();
        assertThat(estimate.spreadNanos()).isEmpty();
    }

    @Test
    void itsErrorIsStatedWhereTheNetworkItselfWasMeasured() {
        Network network = chain(1, 3, 3);
        record(Measured.JAVA, network, 400, 100);

        LatencyEstimate estimate = estimate(network);

        assertThat(estimate.foundNanos()).isEqualTo(300);
        assertThat(wholeNanos(estimate)).isEqualTo(400);
        assertThat(estimate.relativeError()).hasValue(-0.25);
    }

    /** 100 and 120 are 14.142 apart from their mean on average, n - 1 in the denominator; three such steps. */
    @Test
    void theSpreadIsTheSumOfTheStandardDeviations() {
        record(Measured.JAVA, chain(1, 3), 1000, 100);
        record(Measured.JAVA, chain(1, 3), 1000, 120);

        assertThat(estimate(chain(1, 3, 1)).spreadNanos().orElseThrow()).isCloseTo(3 * 14.142, within(0.001));
    }

    @Test
    void timesOfOtherConditionsDoNotCount() {
        record(conditions("java", null, null, 2), chain(1), 1, 1);
        record(conditions("java", "direct", null, 1), chain(1), 1, 1);
        record(conditions("onnxruntime-cpu", null, null, 1), chain(1), 1, 1);
        database.table.record(chain(1), "host-b", Measured.of(chain(1), 1, 1), NOON);

        LatencyEstimate estimate = estimate(chain(1));

        assertThat(estimate.missing()).hasSize(1);
        assertThat(estimate.foundNanos()).isZero();
        assertThat(estimate.whole()).isNull();
        assertThat(estimate.conditions().engine()).isEqualTo("java");
    }

    @Test
    void ofSeveralDevicesTheNewestIsTakenForAllSteps() {
        record(conditions("java", null, "old", 1), chain(1, 3), 90, 9);
        record(conditions("java", null, "new", 1), chain(1), 70, 7);

        LatencyEstimate estimate = estimate(chain(1, 3));

        assertThat(estimate.conditions().device()).isEqualTo("new");
        assertThat(estimate.foundNanos()).isEqualTo(70);
        assertThat(estimate.missing()).hasSize(1);
    }

    @Test
    void aNetworkThatDoesNothingTakesNoTime() {
        Network nothing = Measured.network("{\"input\": [4], \"layers\": [{\"type\": \"identity\"}]}");

        LatencyEstimate estimate = estimate(nothing);

        assertThat(estimate.complete()).isTrue();
        assertThat(estimate.foundNanos()).isZero();
        assertThat(estimate.spreadNanos()).hasValue(0);
    }

    @Test
    void whatWasReallyMeasuredIsFoundAgain() throws Exception {
        Network network = Measured.network("""
                {"input": [6, 6, 3], "layers": [
                  {"name": "a", "type": "conv2d", "filters": 4, "kernel": 3, "activation": "relu"},
                  {"name": "b", "type": "conv2d", "filters": 4, "kernel": 3, "padding": "same"},
                  {"name": "c", "type": "conv2d", "filters": 4, "kernel": 3, "padding": "same"},
                  {"name": "sum", "type": "add", "from": ["b", "c"]},
                  {"name": "units", "type": "dense", "units": 5}]}
                """);
        MeasurementPlan plan = new MeasurementPlan(
                network, null, List.of(new ReferenceEngine()), 1, Precision.FLOAT32, Duration.ofMillis(40), true);
        Measurements measured =
                Measurer.measure(plan, Deadline.in(Duration.ofSeconds(60).toNanos()));

        database.table.record(network, "host-a", measured, NOON);
        LatencyEstimate estimate = database.estimates.of(network, "reference", "float32", 1, "host-a");

        Measurement measurement = measured.engines().getFirst();
        assertThat(estimate.complete()).isTrue();
        assertThat(estimate.steps().stream()
                        .map(StepLatency::layers)
                        .map(layers -> layers.stream().map(Node::name).toList()))
                .containsExactly(List.of("a", "a/relu"), List.of("b"), List.of("c"), List.of("sum"), List.of("units"));
        assertThat(estimate.foundNanos()).isCloseTo(measurement.stepsNanos(), within(1e-6));
        assertThat(wholeNanos(estimate))
                .isEqualTo(measurement.figures().timing().median());
        assertThat(database.latencies.page(LatencyFilter.ALL, null, 100).latencies())
                .as("b and c are one, and the network itself")
                .hasSize(5);
    }
}
