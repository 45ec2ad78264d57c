package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.description.Described;
import dev.tally.description.Pointer;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineException;
import dev.tally.engine.Precision;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.host.Host;
import dev.tally.measurement.Cost;
import dev.tally.measurement.Estimate;
import dev.tally.measurement.MeasurementPlan;
import dev.tally.measurement.MeasurementQueue;
import dev.tally.measurement.MeasurementQueue.QueueFullException;
import dev.tally.measurement.MeasurementTimeoutException;
import dev.tally.measurement.Measurements;
import dev.tally.network.DataType;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.planning.Costs;
import dev.tally.planning.MeasuredAnalysis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** From a request to what was measured of its network: what would take too long or too much memory is refused. */
@Component
final class Measuring {
    private static final Logger LOGGER = LoggerFactory.getLogger(Measuring.class);
    /** Who does not wait is told how long it would take, and that takes the peak, once in a process. */
    private static final Duration FOR_THE_PEAK = Duration.ofSeconds(5);

    private static final Pointer AT = Pointer.ROOT.at(MeasureReader.MEASURE);

    private final MeasurementQueue queue;
    private final Host host;
    private final DataSize memory;

    Measuring(MeasurementQueue queue, Host host, TallyProperties properties) {
        this.queue = queue;
        this.host = host;
        this.memory = properties.measurement().memoryOf(host.description().memoryBytes());
    }

    /**
     * {@return the times of a network beside its counts}
     *
     * @param analysis the network's counts
     * @param baseline the baseline's counts; null where there is none
     * @throws RefusedException if it is refused, fails or takes too long
     */
    MeasuredAnalysis of(
            Described described, MeasureRequest asked, Analysis analysis, @Nullable Analysis baseline, Duration wait) {
        MeasurementPlan plan = plan(described.network(), asked);
        long begin = System.nanoTime();
        try {
            requireAvailable(plan.engines());
            for (Engine engine : plan.engines()) {
                check(engine, plan, described, asked);
            }
            double peak =
                    queue.peak(host, plan.threads(), longer(wait, FOR_THE_PEAK)).flopsPerSecond();
            Estimate estimate = Estimate.of(plan, costs(analysis, baseline), peak);
            checkMemory(estimate);
            checkTime(estimate, wait);
            // At least what it takes by the estimate: finding the peak, once in a process, may have taken the rest.
            Duration left = longer(wait.minusNanos(System.nanoTime() - begin), estimate.time());
            Measurements measurements = queue.measure(plan, estimate.time(), left);
            LOGGER.debug(
                    "measured in {} ms, estimated {}",
                    (System.nanoTime() - begin) / 1_000_000,
                    estimate.time().toMillis());
            return new MeasuredAnalysis(
                    analysis,
                    baseline,
                    measurements,
                    host.fingerprint(),
                    host.peak(plan.threads()).flopsPerSecond());
        } catch (UnsupportedNetworkException e) {
            throw unsupported(e, "an engine", described, "", asked);
        } catch (QueueFullException e) {
            throw RefusedException.later(ProblemType.MEASUREMENTS_QUEUED, message(e), e.ahead());
        } catch (MeasurementTimeoutException e) {
            throw RefusedException.later(
                    ProblemType.MEASUREMENT_TIMED_OUT,
                    "expected to be done in the " + wait.toSeconds()
                            + " s that the request waits, as was estimated, but it"
                            + " was not: this host is slower just now, or these layers are for this engine; a run that has"
                            + " begun is let end, and others wait for that",
                    Duration.ofSeconds(5));
        } catch (EngineException e) {
            LOGGER.warn("an engine failed", e);
            throw RefusedException.of(ProblemType.ENGINE_FAILED, message(e), List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RefusedException.later(
                    ProblemType.MEASUREMENT_TIMED_OUT, "the service shuts down", Duration.ofSeconds(5));
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static MeasurementPlan plan(Network network, MeasureRequest asked) {
        Precision precision = asked.precision();
        if (precision == null) {
            precision = network.dataType() == DataType.FLOAT16 ? Precision.FLOAT16 : Precision.FLOAT32;
        }
        Described baseline = asked.baseline();
        return new MeasurementPlan(
                network,
                baseline == null ? null : baseline.network(),
                asked.engines(),
                asked.threads(),
                precision,
                asked.budget(),
                asked.perLayer(),
                asked.algorithm());
    }

    private static void requireAvailable(List<Engine> engines) {
        List<Problem.Finding> unavailable = new ArrayList<>();
        for (Engine engine : engines) {
            String reason = engine.status().unavailable();
            if (reason != null) {
                unavailable.add(new Problem.Finding(
                        engine.id() + " is not available here: " + reason,
                        AT.at("engines").toString(),
                        ""));
            }
        }
        if (!unavailable.isEmpty()) {
            throw RefusedException.of(
                    ProblemType.ENGINE_UNAVAILABLE, unavailable.getFirst().detail(), unavailable);
        }
    }

    /** Whatever can be said before anything is measured or allocated. */
    private static void check(Engine engine, MeasurementPlan plan, Described described, MeasureRequest asked) {
        Described baseline = asked.baseline();
        try {
            engine.check(plan.network(), plan.precision(), plan.algorithmOn(engine));
        } catch (UnsupportedNetworkException e) {
            throw unsupported(e, engine.id(), described, "", asked);
        }
        if (baseline != null) {
            try {
                engine.check(baseline.network(), plan.precision());
            } catch (UnsupportedNetworkException e) {
                throw unsupported(
                        e,
                        engine.id() + ", beside the network,",
                        baseline,
                        AT.at("baseline").toString(),
                        asked);
            }
        }
    }

    private static List<Cost> costs(Analysis analysis, @Nullable Analysis baseline) {
        return baseline == null ? List.of(Costs.of(analysis)) : List.of(Costs.of(analysis), Costs.of(baseline));
    }

    private static RefusedException refused(ProblemType type, String detail) {
        return RefusedException.of(type, detail, List.of(new Problem.Finding(detail, AT.toString(), "")));
    }

    private void checkMemory(Estimate estimate) {
        if (estimate.bytes() > memory.toBytes()) {
            throw refused(
                    ProblemType.MEASUREMENT_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "expected to take at most %,d bytes, the setting tally.measurement.memory, but the weights"
                                    + " (twice: engines pack them) and activations of all that run in turns take about %,d",
                            memory.toBytes(),
                            estimate.bytes()));
        }
    }

    private static void checkTime(Estimate estimate, Duration wait) {
        if (estimate.time().compareTo(wait) > 0) {
            String advice = wait.compareTo(Waiting.MOST) < 0
                    ? "; send \"Prefer: wait=" + Waiting.MOST.toSeconds() + "\" to wait for up to "
                            + Waiting.MOST.toSeconds()
                            + " s, or lower \"budgetMillis\", set \"perLayer\" to false, or leave engines out"
                    : "; lower \"budgetMillis\", set \"perLayer\" to false, or leave engines out";
            throw refused(
                    ProblemType.MEASUREMENT_TOO_LONG,
                    "expected a measurement that takes at most the " + wait.toSeconds()
                            + " s that the request waits, but this one would take about "
                            + Math.max(1, Math.round(estimate.time().toMillis() / 1e3)) + " s" + advice);
        }
    }

    /**
     * A network that an engine cannot run.
     *
     * @param described the network, which stands at a place of the document
     */
    private static RefusedException unsupported(
            UnsupportedNetworkException e, String engine, Described described, String at, MeasureRequest asked) {
        Node node = e.node();
        Problem.Finding finding = node == null
                ? new Problem.Finding(
                        engine + " cannot run this: " + message(e), ofTheWhole(described.network(), at, asked), "")
                : new Problem.Finding(
                        engine + " cannot run the layer \"" + node.name() + "\": " + message(e),
                        at + pointer(node, described),
                        node.name());
        return RefusedException.of(ProblemType.ENGINE_CANNOT_RUN, finding.detail(), List.of(finding));
    }

    /** {@return what it is about in the document where it is about no layer: the numbers to compute in, as a rule} */
    private static String ofTheWhole(Network network, String at, MeasureRequest asked) {
        if (asked.precision() != null) {
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

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
