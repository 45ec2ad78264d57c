package dev.tally.job;

import dev.tally.analysis.Analysis;
import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import dev.tally.description.Pointer;
import dev.tally.engine.Engine;
import dev.tally.engine.Precision;
import dev.tally.engine.UnsupportedNetworkException;
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

/**
 * What can be said of a measurement before anything is measured or allocated: where it is accepted, and where it runs.
 */
final class Feasibility {
    private static final Pointer AT = Pointer.ROOT.at(MeasureReader.MEASURE);

    private final MeasuredNetwork measured;

    Feasibility(MeasuredNetwork measured) {
        this.measured = measured;
    }

    /** {@return the plan of a measurement with this many threads} */
    MeasurementPlan plan(int threads) {
        MeasureRequest asked = measured.asked();
        Network network = measured.described().network();
        Precision precision = asked.precision();
        if (precision == null) {
            precision = Precision.byDefault(network.dataType());
        }
        Described baseline = asked.baseline();
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

    /**
     * {@return roughly how long the plan takes, and how much memory}
     *
     * @param peakFlops what the host reaches with the plan's threads
     * @param memoryBytes the most that it may take
     * @param longest how long it may take
     * @throws FailedException if an engine cannot run the network, or it takes more than it may
     */
    Estimate require(MeasurementPlan plan, double peakFlops, long memoryBytes, Duration longest) {
        requireSupported(plan);
        Estimate estimate = estimate(plan, peakFlops);
        requireMemory(estimate, memoryBytes);
        requireTime(estimate, longest);
        return estimate;
    }

    /**
     * Returns where every engine of the plan can run the network, and the baseline.
     *
     * @throws FailedException if one cannot
     */
    private void requireSupported(MeasurementPlan plan) {
        for (Engine engine : plan.engines()) {
            try {
                engine.check(plan.network(), plan.precision(), plan.algorithmOn(engine));
            } catch (UnsupportedNetworkException e) {
                throw unsupported(e, engine.id(), measured.described(), "");
            }
            Described baseline = measured.asked().baseline();
            if (baseline != null) {
                try {
                    engine.check(baseline.network(), plan.precision());
                } catch (UnsupportedNetworkException e) {
                    String at = AT.at("baseline").toString();
                    throw unsupported(e, engine.id() + ", beside the network,", baseline, at);
                }
            }
        }
    }

    private Estimate estimate(MeasurementPlan plan, double peakFlops) {
        Analysis baseline = measured.baseline();
        Cost cost = Costs.of(measured.analysis());
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

    private static void requireTime(Estimate estimate, Duration longest) {
        if (estimate.time().compareTo(longest) > 0) {
            throw refused(
                    Failure.Kind.MEASUREMENT_TOO_LONG,
                    "expected a measurement that takes at most " + longest.toSeconds()
                            + " s, the setting tally.measurement.longest, but this one would take about "
                            + Math.max(1, Math.round(estimate.time().toMillis() / 1e3))
                            + " s; lower \"budgetMillis\", set \"perLayer\" to false, or leave engines out");
        }
    }

    private static FailedException refused(Failure.Kind kind, String detail) {
        return new FailedException(Failure.at(kind, detail, AT.toString()));
    }

    /** {@return the failure of an engine that found out only now that it cannot run a network} */
    FailedException unsupported(UnsupportedNetworkException e) {
        return unsupported(e, "an engine", measured.described(), "");
    }

    /**
     * A network that an engine cannot run.
     *
     * @param described the network, which stands at a place of the document
     */
    private FailedException unsupported(UnsupportedNetworkException e, String engine, Described described, String at) {
        Node node = e.node();
        DescriptionError error = node == null
                ? new DescriptionError(
                        engine + " cannot run this: " + e.getMessage(), ofTheWhole(described.network(), at), "")
                : new DescriptionError(
                        engine + " cannot run the layer \"" + node.name() + "\": " + e.getMessage(),
                        at + pointer(node, described),
                        node.name());
        return new FailedException(new Failure(Failure.Kind.ENGINE_CANNOT_RUN, error.detail(), List.of(error)));
    }

    /** {@return what it is about in the document where it is about no layer: the numbers to compute in, as a rule} */
    private String ofTheWhole(Network network, String at) {
        if (measured.asked().precision() != null) {
            return AT.at("precision").toString();
        }
        return network.dataType() == DataType.FLOAT32 ? AT.toString() : at + Pointer.ROOT.at("dtype");
    }

    /** {@return where a layer stands in its description; it may be one of a step, which is a network of its own} */
    private static String pointer(Node node, Described described) {
        return described.network().nodes().stream()
                .filter(layer -> layer.name().equals(node.name()))
                .map(layer -> described.origins().pointer(layer))
                .findFirst()
                .orElse("");
    }
}
