package dev.tally.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tally.description.DescriptionReader;
import dev.tally.engine.Assignment;
import dev.tally.engine.DisguisedReference;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.ReferenceWithAlgorithms;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.host.Pinning;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** With the reference as the engine that is measured: what it takes does not matter, what becomes of it does. */
class MeasurerTest {
    private static final String SMALL = """
            {"input": [6, 6, 3], "layers": [
              {"name": "a", "type": "conv2d", "filters": 4, "kernel": 3, "activation": "relu"},
              {"name": "b", "type": "conv2d", "filters": 4, "kernel": 3, "padding": "same"},
              {"name": "c", "type": "conv2d", "filters": 4, "kernel": 3, "padding": "same"},
              {"name": "sum", "type": "add", "from": ["b", "c"]},
              {"name": "flat", "type": "flatten"},
              {"name": "units", "type": "dense", "units": 5}]}
            """;

    private static Network network(String json) {
        return DescriptionReader.read(JsonMapper.shared().readTree(json)).network();
    }

    private static MeasurementPlan plan(Network network, @Nullable Network baseline, Engine... engines) {
        return plan(network, baseline, null, engines);
    }

    private static MeasurementPlan plan(
            Network network, @Nullable Network baseline, @Nullable String algorithm, Engine... engines) {
        return new MeasurementPlan(
                network, baseline, List.of(engines), 1, Precision.FLOAT32, Duration.ofMillis(40), true, algorithm);
    }

    private static Measurements measure(MeasurementPlan plan) throws UnsupportedNetworkException {
        return Measurer.measure(plan, Deadline.in(Duration.ofSeconds(60).toNanos()));
    }

    @Test
    void measuresTheWholeAndEachStep() throws Exception {
        Measurement measurement = measure(plan(network(SMALL), null, new ReferenceEngine()))
                .engines()
                .getFirst();

        assertThat(measurement.figures().timing().runs()).isGreaterThanOrEqualTo(5);
        assertThat(measurement.figures().disturbance()).isGreaterThanOrEqualTo(1);
        assertThat(measurement.figures().coldNanos()).isPositive();
        assertThat(measurement.steps().stream().map(step -> step.step().layers().toString()))
                .containsExactly(
                        "[a conv2d 4×4×4, a/relu relu 4×4×4]",
                        "[b conv2d 4×4×4]",
                        "[c conv2d 4×4×4]",
                        "[sum add 4×4×4]",
                        "[units dense 5]");
        assertThat(measurement.stepsNanos()).isPositive();
    }

    @Test
    void stepsThatDoTheSameWorkAreMeasuredOnce() throws Exception {
        List<StepFigures> steps = measure(plan(network(SMALL), null, new ReferenceEngine()))
                .engines()
                .getFirst()
                .steps();

        assertThat(steps.get(1).figures()).isSameAs(steps.get(2).figures());
        assertThat(steps.get(0).figures()).isNotSameAs(steps.get(1).figures());
    }

    @Test
    void aNetworkOfOneStepIsItsOnlyLayer() throws Exception {
        Network one =
                network("{\"input\": [6, 6, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 4, \"kernel\": 3}]}");

        Measurement measurement =
                measure(plan(one, null, new ReferenceEngine())).engines().getFirst();

        assertThat(measurement.steps().getFirst().figures()).isSameAs(measurement.figures());
        assertThat(measurement.stepsDisagree()).isFalse();
    }

    @Test
    void theReferenceErrsByTheRoundingOfItsOutputsAlone() throws Exception {
        Measurements measurements = measure(plan(network(SMALL), null, new ReferenceEngine()));

        Measurement measurement = measurements.engines().getFirst();
        assertThat(measurement.figures().maxRelativeError()).isLessThan(1e-6);
        measurement
                .steps()
                .forEach(step -> assertThat(step.figures().maxRelativeError()).isLessThan(1e-6));
    }

    @Test
    void anErrorInAnyStepIsFoundEvenIfTheNextHidesIt() throws Exception {
        // What is taken from itself leaves nothing, however wrong it is.
        Network hiding = network("""
                {"input": [6, 6, 3], "layers": [
                  {"name": "a", "type": "conv2d", "filters": 4, "kernel": 3},
                  {"name": "zero", "type": "subtract", "from": ["a", "a"]},
                  {"name": "b", "type": "relu"}]}
                """);

        Measurement measurement =
                measure(plan(hiding, null, new Faulty("a"))).engines().getFirst();

        assertThat(measurement.figures().maxRelativeError()).isGreaterThan(0.001);
    }

    @Test
    void enginesAreComparedWithEachOther() throws Exception {
        Measurements same = measure(plan(network(SMALL), null, new ReferenceEngine(), new ReferenceEngine()));
        Measurements different = measure(plan(network(SMALL), null, new ReferenceEngine(), new Faulty("units")));

        assertThat(same.largestDifference()).hasValue(0);
        assertThat(different.largestDifference().orElseThrow()).isBetween(0.001, 0.02);
        assertThat(measure(plan(network(SMALL), null, new ReferenceEngine())).largestDifference())
                .isEmpty();
    }

    @Test
    void aBaselineIsMeasuredBesideEachEngine() throws Exception {
        Network small =
                network("{\"input\": [6, 6, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 1, \"kernel\": 1}]}");
        Network large = network(
                "{\"input\": [40, 40, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 16, \"kernel\": 5}]}");

        Measurements measurements = measure(plan(small, large, new ReferenceEngine(), new Faulty("conv2d_1")));

        for (int i = 0; i < 2; i++) {
            Measurement measurement = measurements.engines().get(i);
            Measurement.Baseline baseline = Objects.requireNonNull(measurement.baseline());
            assertThat(baseline.ratio()).as("the larger over the smaller").isGreaterThan(1);
            assertThat(baseline.figures().timing().median())
                    .isGreaterThan(measurement.figures().timing().median());
            // Both networks' layer has the name at which the second engine is wrong.
            assertThat(baseline.figures().maxRelativeError()).isBetween(i * 0.001, i * 0.02 + 1e-6);
            assertThat(measurement.figures().maxRelativeError()).isBetween(i * 0.001, i * 0.02 + 1e-6);
        }
    }

    @Test
    void threadsOfAnEngineThatDoesNotBindThemShareNoCore() throws Exception {
        assumeTrue(Pinning.allowedCpus().size() > 1, "two cores and Linux to tell where threads may run");
        Where where = new Where();

        Measurer.measure(
                new MeasurementPlan(
                        network(SMALL), null, List.of(where), 2, Precision.FLOAT32, Duration.ofMillis(20), false),
                Deadline.in(Duration.ofSeconds(60).toNanos()));

        assertThat(where.cores).isEqualTo(Pinning.allowedCpus().subList(0, 2));
    }

    @Test
    void whatAnEngineCannotRunIsSaidBeforeAnythingRuns() {
        Network looksUpSums = network("""
                {"input": [6], "layers": [
                  {"name": "sum", "type": "dense", "units": 3},
                  {"name": "table", "type": "embedding", "vocabulary": 5, "units": 2}]}
                """);

        assertThatThrownBy(() -> measure(plan(looksUpSums, null, new ReferenceEngine())))
                .isInstanceOfSatisfying(
                        UnsupportedNetworkException.class,
                        e -> assertThat(Objects.requireNonNull(e.node()).name()).isEqualTo("table"));
    }

    @Test
    void aForcedAlgorithmReachesTheNetworkItsCheckAndEveryStep() throws Exception {
        ReferenceWithAlgorithms engine = new ReferenceWithAlgorithms("choosy");

        Measurement measurement = measure(plan(network(SMALL), null, ReferenceWithAlgorithms.DIRECT, engine))
                .engines()
                .getFirst();

        assertThat(measurement.conditions().algorithm()).isEqualTo(ReferenceWithAlgorithms.DIRECT);
        assertThat(measurement.figures().kernel()).isEqualTo(ReferenceWithAlgorithms.DIRECT);
        assertThat(measurement.steps())
                .allMatch(step -> step.figures().kernel().equals(ReferenceWithAlgorithms.DIRECT));
        // The network to be timed, the network with its steps laid open to be checked, and its four different steps.
        assertThat(engine.prepared()).hasSize(6);
        assertThat(engine.prepared().stream().filter(made -> !made.exposed().isEmpty()))
                .hasSize(1);
        assertThat(engine.prepared()).extracting(Assignment::algorithm).containsOnly(ReferenceWithAlgorithms.DIRECT);
    }

    @Test
    void aBaselineIsComputedAsTheEngineChoosesEvenIfItIsTheSameNetwork() throws Exception {
        ReferenceWithAlgorithms engine = new ReferenceWithAlgorithms("choosy");
        Network again = network(SMALL.replace("{\"input\"", "{\"name\": \"again\", \"input\""));

        Measurement measurement = measure(plan(network(SMALL), again, ReferenceWithAlgorithms.DIRECT, engine))
                .engines()
                .getFirst();

        assertThat(measurement.figures().kernel()).isEqualTo(ReferenceWithAlgorithms.DIRECT);
        assertThat(Objects.requireNonNull(measurement.baseline()).figures().kernel())
                .isEqualTo(ReferenceWithAlgorithms.OWN_CHOICE);
        // Timed, and checked.
        assertThat(engine.prepared().stream()
                        .filter(made -> made.network().name().equals("again")))
                .hasSize(2)
                .allMatch(made -> made.algorithm() == null);
    }

    @Test
    void anAlgorithmThatDoesNotApplyToTheBaselineDoesNotHinderIt() throws Exception {
        Network pointwise =
                network("{\"input\": [6, 6, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 4, \"kernel\": 1}]}");

        assertThat(measure(plan(
                                pointwise,
                                network(SMALL),
                                ReferenceWithAlgorithms.POINTWISE,
                                new ReferenceWithAlgorithms("choosy")))
                        .engines()
                        .getFirst()
                        .baseline())
                .isNotNull();
    }

    @Test
    void anEngineThatDoesNotHaveTheAlgorithmChooses() throws Exception {
        List<Measurement> measurements = measure(plan(
                        network(SMALL),
                        null,
                        ReferenceWithAlgorithms.DIRECT,
                        new ReferenceEngine(),
                        new ReferenceWithAlgorithms("choosy")))
                .engines();

        assertThat(measurements.getFirst().conditions().algorithm()).isNull();
        assertThat(measurements.getLast().conditions().algorithm()).isEqualTo(ReferenceWithAlgorithms.DIRECT);
    }

    @Test
    void soDoesOneWhereNoneIsForced() throws Exception {
        ReferenceWithAlgorithms engine = new ReferenceWithAlgorithms("choosy");

        Measurement measurement =
                measure(plan(network(SMALL), null, engine)).engines().getFirst();

        assertThat(measurement.conditions().algorithm()).isNull();
        assertThat(engine.prepared()).extracting(Assignment::algorithm).containsOnlyNulls();
    }

    @Test
    void aLayerThatAForcedAlgorithmDoesNotApplyToIsSaidBeforeAnythingRuns() {
        ReferenceWithAlgorithms engine = new ReferenceWithAlgorithms("choosy");

        assertThatThrownBy(() -> measure(plan(network(SMALL), null, ReferenceWithAlgorithms.POINTWISE, engine)))
                .isInstanceOfSatisfying(
                        UnsupportedNetworkException.class,
                        e -> assertThat(Objects.requireNonNull(e.node()).name()).isEqualTo("a"))
                .hasMessage("pointwise-1x1 takes a kernel of 1 tap, got one of 9");
        assertThat(engine.prepared()).isEmpty();
    }

    @Test
    void whatAnEngineSavesIsToldOfTheNetworkAndOfEachStep() throws Exception {
        DisguisedReference engine = new DisguisedReference("sparing") {
            @Override
            public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
                return new Prepared(super.prepare(assignment)) {
                    @Override
                    public long savedFlops() {
                        return 100L * assignment.network().nodes().size();
                    }
                };
            }
        };

        Measurement measurement =
                measure(plan(network(SMALL), null, engine)).engines().getFirst();

        assertThat(measurement.figures().savedFlops()).isEqualTo(700);
        assertThat(measurement.steps().stream().map(step -> step.figures().savedFlops()))
                .as("two layers, one, one, one, one")
                .containsExactly(200L, 100L, 100L, 100L, 100L);
    }

    @Test
    void aDeadlineEndsIt() {
        assertThatThrownBy(() -> Measurer.measure(plan(network(SMALL), null, new ReferenceEngine()), Deadline.in(1)))
                .isInstanceOf(MeasurementTimeoutException.class);
    }

    /** The reference, and on which cores a thread that it starts may run. */
    private static final class Where extends DisguisedReference {
        private volatile List<Integer> cores = List.of();

        Where() {
            super("where");
        }

        @Override
        public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
            Thread thread = Thread.ofPlatform().start(() -> cores = Pinning.cpusOfThisThread());
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.prepare(assignment);
        }
    }

    /** The reference, but that what one layer gives is a hundredth too large. */
    private static final class Faulty extends DisguisedReference {
        private final String layer;

        Faulty(String layer) {
            super("faulty");
            this.layer = layer;
        }

        @Override
        public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
            return new Prepared(super.prepare(assignment)) {
                @Override
                public Map<Source, Tensor> read(Collection<? extends Source> sources, Arena arena) {
                    Map<Source, Tensor> tensors = super.read(sources, arena);
                    tensors.forEach((source, tensor) -> {
                        if (source.name().equals(layer)) {
                            for (long i = 0; i < tensor.elements(); i++) {
                                tensor.set(i, tensor.at(i) * 1.01f);
                            }
                        }
                    });
                    return tensors;
                }
            };
        }
    }
}
