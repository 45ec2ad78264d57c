package dev.tally.measurement;

import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.host.Host;
import dev.tally.host.Pinning;
import dev.tally.host.Probe;
import dev.tally.host.RunDelay;
import dev.tally.measurement.Measurement.Baseline;
import dev.tally.measurement.Measurement.Conditions;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.network.Subnetworks;
import dev.tally.network.Subnetworks.Step;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries out a plan, on the calling thread, which it pins to a core where the platform allows. One at a time on a
 * machine: two at once would be two wrong ones.
 *
 * <p>All engines, and the baseline beside the network, are given the same seeded weights and inputs, are held ready at
 * once and run in turns ({@link Sampling}); then each step by itself, those that do the same work once. Outputs are
 * checked after the times were taken ({@link Verification}).
 */
public final class Measurer {
    private static final Weights WEIGHTS = new SeededWeights(SeededWeights.SEED);

    private final MeasurementPlan plan;
    private final Deadline deadline;
    private final Listener listener;
    private final List<Step> steps;

    /** Of the steps: those that do the same work have the same, and are measured once. */
    private final List<String> hashes;

    /** Whether steps are measured by themselves: the only one is measured with the network. */
    private final boolean stepsApart;

    /** Of whole networks: the probe is on all cores that they compute on. */
    private final Sampling whole;

    /** Of steps, whose time is too short to park threads in it: the probe is on the calling thread's core alone. */
    private final Sampling apart;

    private Measurer(MeasurementPlan plan, Deadline deadline, Listener listener) {
        this.plan = plan;
        this.deadline = deadline;
        this.listener = listener;
        this.steps = Subnetworks.of(plan.network());
        this.hashes = steps.stream().map(step -> step.network().hash()).toList();
        this.stepsApart = plan.perLayer() && steps.size() > 1;
        this.whole = sampling(Probe.on(plan.threads()), plan.threads() > 1);
        this.apart = stepsApart && plan.threads() > 1 ? sampling(Probe.on(1), false) : whole;
    }

    private Sampling sampling(Probe probe, boolean parking) {
        probe.warmUp();
        return new Sampling(
                System::nanoTime,
                probe::run,
                probe::baselineNanos,
                work -> RunDelay.ofThreadsBusyDuring(work)::nanosSinceLast,
                parking,
                deadline);
    }

    /** Is told how far a measurement is, on the thread that measures, between two of its parts. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Something more is measured.
         *
         * @param done how many parts are: the network end to end is one, each step by itself another
         * @param of how many there are
         * @param soFar what was measured until now, with those of the steps that are done
         */
        void measured(int done, int of, Supplier<Measurements> soFar);
    }

    /** {@return what was measured} As {@link #measure(MeasurementPlan, Deadline, Listener)}, for nobody to follow. */
    public static Measurements measure(MeasurementPlan plan, Deadline deadline) throws UnsupportedNetworkException {
        return measure(plan, deadline, (_, _, _) -> {});
    }

    /** {@return of how many parts the measurement of a plan is, as the listener is told} */
    public static int parts(MeasurementPlan plan) {
        int steps = plan.perLayer() ? Subnetworks.of(plan.network()).size() : 0;
        return 1 + (steps > 1 ? steps : 0);
    }

    /**
     * {@return what was measured}
     *
     * @param deadline ends it early; asked between two runs, as a rule every few milliseconds
     * @throws UnsupportedNetworkException if an engine cannot run the network or the baseline; asked of all before
     *     anything is prepared
     * @throws MeasurementTimeoutException if the deadline passes first
     * @throws dev.tally.engine.EngineException if an engine fails
     */
    public static Measurements measure(MeasurementPlan plan, Deadline deadline, Listener listener)
            throws UnsupportedNetworkException {
        for (Engine engine : plan.engines()) {
            engine.check(plan.network(), plan.precision(), plan.algorithmOn(engine));
            if (plan.baseline() != null) {
                engine.check(plan.baseline(), plan.precision());
            }
        }
        Host.current().remeasuredPeak(plan.threads());
        List<Integer> cores = Pinning.allowedCpus();
        if (cores.isEmpty()) {
            return new Measurer(plan, deadline, listener).measure();
        }
        boolean bound = plan.engines().stream().allMatch(Engine::bindsThreads);
        int own = bound ? 1 : Math.min(plan.threads(), cores.size());
        try (Pinning _ = Pinning.to(cores.subList(0, own))) {
            return new Measurer(plan, deadline, listener).measure();
        }
    }

    private Measurements measure() throws UnsupportedNetworkException {
        Map<String, List<Figures>> distinct = new LinkedHashMap<>();
        long budget = plan.budget().toNanos();
        Whole whole = measureWhole(stepsApart ? budget / 2 : budget);
        tell(distinct, whole);
        if (stepsApart) {
            long kinds = hashes.stream().distinct().count();
            for (int i = 0; i < steps.size(); i++) {
                String hash = hashes.get(i);
                if (!distinct.containsKey(hash)) {
                    distinct.put(hash, measureStep(steps.get(i), budget / 2 / kinds));
                    tell(distinct, whole);
                }
            }
        }
        return measurements(distinct, whole);
    }

    private void tell(Map<String, List<Figures>> distinct, Whole whole) {
        int apart = stepsApart ? steps.size() : 0;
        int done =
                stepsApart ? (int) hashes.stream().filter(distinct::containsKey).count() : 0;
        listener.measured(1 + done, 1 + apart, () -> measurements(distinct, whole));
    }

    private Measurements measurements(Map<String, List<Figures>> distinct, Whole whole) {
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < plan.engines().size(); i++) {
            measurements.add(new Measurement(
                    Conditions.of(plan.engines().get(i), plan),
                    whole.figures().get(i),
                    whole.baselines().isEmpty() ? null : whole.baselines().get(i),
                    stepFigures(distinct, whole, i)));
        }
        return new Measurements(measurements, whole.largestDifference());
    }

    /** What was measured end to end, by engine. */
    private record Whole(List<Figures> figures, List<Baseline> baselines, OptionalDouble largestDifference) {}

    private List<StepFigures> stepFigures(Map<String, List<Figures>> distinct, Whole whole, int engine) {
        if (!plan.perLayer()) {
            return List.of();
        }
        List<StepFigures> figures = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            // The only step is measured with the network; of several, not all may be measured yet.
            List<Figures> measured = stepsApart ? distinct.get(hashes.get(i)) : whole.figures();
            if (measured != null) {
                figures.add(new StepFigures(steps.get(i), measured.get(engine)));
            }
        }
        return figures;
    }

    private Whole measureWhole(long budgetNanos) throws UnsupportedNetworkException {
        List<Network> networks =
                plan.baseline() == null ? List.of(plan.network()) : List.of(plan.network(), plan.baseline());
        try (Arena arena = Arena.ofShared()) {
            List<Finished> finished = run(whole, networks, budgetNanos, arena);
            List<Finished> owns = new ArrayList<>();
            List<Figures> figures = new ArrayList<>();
            List<Baseline> baselines = new ArrayList<>();
            for (int i = 0; i < plan.engines().size(); i++) {
                Finished own = finished.get(i * networks.size());
                owns.add(own);
                figures.add(own.figures(verify(own, steps)));
                if (plan.baseline() != null) {
                    Finished other = finished.get(i * networks.size() + 1);
                    baselines.add(new Baseline(
                            other.figures(verify(other, Subnetworks.of(plan.baseline()))),
                            own.samples().timesFasterThan(other.samples())));
                }
            }
            return new Whole(figures, baselines, largestDifference(owns));
        }
    }

    private double verify(Finished finished, List<Step> steps) throws UnsupportedNetworkException {
        return Verification.ofSteps(
                finished.candidate().engine(), finished.candidate().assignment(), finished.outputs(), steps, deadline);
    }

    private OptionalDouble largestDifference(List<Finished> engines) {
        double largest = 0;
        for (int i = 0; i < engines.size(); i++) {
            for (int j = i + 1; j < engines.size(); j++) {
                largest = Math.max(
                        largest,
                        Verification.difference(
                                engines.get(i).outputs(), engines.get(j).outputs(), plan.network()));
            }
        }
        return engines.size() > 1 ? OptionalDouble.of(largest) : OptionalDouble.empty();
    }

    private List<Figures> measureStep(Step step, long budgetNanos) throws UnsupportedNetworkException {
        deadline.throwIfPassed();
        try (Arena arena = Arena.ofShared()) {
            List<Figures> figures = new ArrayList<>();
            for (Finished finished : run(apart, List.of(step.network()), budgetNanos, arena)) {
                figures.add(finished.figures(verify(finished, List.of())));
            }
            return figures;
        }
    }

    /** What ran, closed by now, with its samples and outputs. */
    private record Finished(
            Candidate candidate,
            Samples samples,
            long baseline,
            OptionalLong deviceNanos,
            Map<Source, Tensor> outputs) {
        Figures figures(double error) {
            return candidate.figures(samples, baseline, deviceNanos, error);
        }
    }

    /**
     * {@return each network on each engine, run in turns: on one engine, the networks are neighbours}
     *
     * @param networks the one that is measured, by the plan's algorithm; after it the baseline, if any, by none
     */
    private List<Finished> run(Sampling sampling, List<Network> networks, long budgetNanos, Arena arena)
            throws UnsupportedNetworkException {
        List<Candidate> candidates = new ArrayList<>();
        try {
            List<Map<Input, Tensor>> inputs = networks.stream()
                    .map(network -> SeededInputs.of(network, SeededWeights.SEED, arena))
                    .toList();
            for (Engine engine : plan.engines()) {
                for (int i = 0; i < networks.size(); i++) {
                    deadline.throwIfPassed();
                    candidates.add(new Candidate(
                            engine,
                            new Assignment(
                                    networks.get(i),
                                    WEIGHTS,
                                    inputs.get(i),
                                    plan.threads(),
                                    plan.precision(),
                                    Set.of(),
                                    i == 0 ? plan.algorithmOn(engine) : null)));
                }
            }
            List<Samples> samples = sampling.take(candidates, budgetNanos);
            List<Finished> finished = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                Candidate candidate = candidates.get(i);
                OptionalLong device = candidate.prepared().deviceNanos(budgetNanos / candidates.size());
                finished.add(
                        new Finished(candidate, samples.get(i), sampling.baseline(), device, candidate.outputs(arena)));
            }
            return finished;
        } finally {
            closeAll(candidates);
        }
    }

    /** Each of them, whatever becomes of the others. */
    private static void closeAll(List<Candidate> candidates) {
        RuntimeException failure = null;
        for (Candidate candidate : candidates) {
            try {
                candidate.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
