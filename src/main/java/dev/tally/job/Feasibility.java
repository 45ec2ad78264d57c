package dev.tally.job;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionError;
import dev.tally.description.Pointer;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.job.MeasuredNetworks.MeasuredNetwork;
import dev.tally.measurement.Cost;
import dev.tally.measurement.Estimate;
import dev.tally.measurement.MeasurementPlan;
import dev.tally.network.DataType;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.planning.Costs;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of measurements before anything is measured or allocated: where they are accepted, and where they
 * run.
 */
final class Feasibility {
    private static final Pointer AT = Pointer.ROOT.at(MeasureReader.MEASURE);

    private final MeasuredNetworks measured;
    private final int threads;

    /** @param threads how many threads the engines compute with */
    Feasibility(MeasuredNetworks measured, int threads) {
        this.measured = measured;
        this.threads = threads;
    }

    /**
     * What is planned for a network.
     *
     * @param plan how it is measured
     * @param estimate roughly how long that takes, and how much memory
     * @param unsupported why an engine cannot run it; null where all can
     */
    record Planned(
            MeasuredNetwork network,
            MeasurementPlan plan,
            Estimate estimate,
            @Nullable Failure unsupported) {}

    /**
     * {@return the plan of each network} One whose baseline cannot be run is measured alone if that is a network of its
     * own here, which says why.
     *
     * @param peakFlops what the host reaches with as many threads
     * @param memoryBytes the most that one of them may take
     * @param longest how long all of them may take
     * @throws FailedException if no network can be run, or they take more than they may
     */
    List<Planned> require(double peakFlops, long memoryBytes, Duration longest) {
        List<Planned> all = measured.networks().stream()
                .map(network -> planned(network, peakFlops))
                .toList();
        List<Planned> supported =
                all.stream().filter(planned -> planned.unsupported() == null).toList();
        if (supported.isEmpty() && all.getFirst().unsupported() != null) {
            throw all.getFirst().unsupported().exception();
        }
        supported.forEach(planned -> requireMemory(planned.estimate(), memoryBytes));
        requireTime(supported, longest);
        return all;
    }

    private Planned planned(MeasuredNetwork network, double peakFlops) {
        CountedNetwork baseline = network.baseline();
        MeasurementPlan plan = plan(network);
        Failure unsupported = unsupported(plan, network.network());
        if (unsupported == null && baseline != null) {
            Failure ofBaseline = unsupportedBaseline(plan, baseline);
            if (ofBaseline != null && measured.measures(baseline)) {
                return planned(new MeasuredNetwork(network.network(), null), peakFlops);
            }
            unsupported = ofBaseline;
        }
        return new Planned(network, plan, estimate(network, plan, peakFlops), unsupported);
    }

    private MeasurementPlan plan(MeasuredNetwork measuredNetwork) {
        MeasureRequest asked = measured.asked();
        Network network = measuredNetwork.network().network();
        Precision precision = asked.precision();
        if (precision == null) {
            precision = Precision.byDefault(network.dataType());
        }
        CountedNetwork baseline = measuredNetwork.baseline();
        return new MeasurementPlan(
                network,
                baseline == null ? null : baseline.network(),
                asked.engines(),
                threads,
                precision,
                asked.budget(),
                asked.perLayer(),
                asked.algorithm());
    }

    private @Nullable Failure unsupported(MeasurementPlan plan, CountedNetwork network) {
        for (Engine engine : plan.engines()) {
            try {
                engine.check(plan.network(), plan.precision(), plan.algorithmOn(engine));
            } catch (UnsupportedNetworkException e) {
                return unsupported(e, engine.id(), network);
            }
        }
        return null;
    }

    private @Nullable Failure unsupportedBaseline(MeasurementPlan plan, CountedNetwork baseline) {
        for (Engine engine : plan.engines()) {
            try {
                engine.check(baseline.network(), plan.precision());
            } catch (UnsupportedNetworkException e) {
                return unsupported(e, engine.id() + ", beside the network,", baseline);
            }
        }
        return null;
    }

    private static Estimate estimate(MeasuredNetwork network, MeasurementPlan plan, double peakFlops) {
        Cost cost = Costs.of(network.network().analysis());
        Analysis baseline =
                network.baseline() == null ? null : network.baseline().analysis();
        return Estimate.of(plan, baseline == null ? List.of(cost) : List.of(cost, Costs.of(baseline)), peakFlops);
    }

    private static void requireMemory(Estimate estimate, long bytes) {
        if (estimate.bytes() > bytes) {
            throw refused(
                    Failure.Kind.MEASUREMENT_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "expected to take at most %,d bytes, the setting tally.measurement.memory, but the weights"
                                    + " (twice: engines pack them) and activations of all that run in turns take about"
                                    + " %,d",
                            bytes,
                            estimate.bytes()));
        }
    }

    private static void requireTime(List<Planned> all, Duration longest) {
        Duration time = time(all);
        if (time.compareTo(longest) > 0) {
            boolean several = all.size() > 1;
            throw refused(
                    Failure.Kind.MEASUREMENT_TOO_LONG,
                    "expected a measurement that takes at most " + longest.toSeconds()
                            + " s, the setting tally.measurement.longest, but "
                            + (several ? "these " + all.size() + " networks" : "this one")
                            + " would take about "
                            + Math.max(1, time.plusMillis(500).toSeconds())
                            + " s; lower \"budgetMillis\", set \"perLayer\" to false, or leave engines"
                            + (several ? " or networks out" : " out"));
        }
    }

    /** {@return roughly how long all that can be measured takes} */
    static Duration time(List<Planned> all) {
        return all.stream()
                .filter(planned -> planned.unsupported() == null)
                .map(planned -> planned.estimate().time())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static FailedException refused(Failure.Kind kind, String detail) {
        return Failure.at(kind, detail, AT.toString()).exception();
    }

    /** {@return why a network is not measured of which an engine found out only now that it cannot run it} */
    Failure unsupported(UnsupportedNetworkException e, MeasuredNetwork network) {
        return unsupported(e, "an engine", network.network());
    }

    private Failure unsupported(UnsupportedNetworkException e, String engine, CountedNetwork network) {
        Node node = e.node();
        DescriptionError error = node == null
                ? new DescriptionError(engine + " cannot run this: " + e.getMessage(), ofTheWhole(network), "")
                : new DescriptionError(
                        engine + " cannot run the layer \"" + node.name() + "\": " + e.getMessage(),
                        network.at() + pointer(node, network),
                        node.name());
        return new Failure(Failure.Kind.ENGINE_CANNOT_RUN, error.detail(), List.of(error));
    }

    /** {@return what it is about in the document where it is about no layer: the numbers to compute in, as a rule} */
    private String ofTheWhole(CountedNetwork network) {
        if (measured.asked().precision() != null) {
            return AT.at("precision").toString();
        }
        return network.network().dataType() == DataType.FLOAT32
                ? AT.toString()
                : network.at().at("dtype").toString();
    }

    /** {@return where a layer stands in its description; it may be one of a step, which is a network of its own} */
    private static String pointer(Node node, CountedNetwork network) {
        return network.network().nodes().stream()
                .filter(layer -> layer.name().equals(node.name()))
                .map(layer -> network.described().origins().pointer(layer))
                .findFirst()
                .orElse("");
    }
}
