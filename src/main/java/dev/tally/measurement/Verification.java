package dev.tally.measurement;

import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.reference.ReferenceLayers;
import dev.tally.engine.reference.Values;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.network.Subnetworks.Step;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Whether an engine computes what the layers say, at some points of every step.
 *
 * <p>The whole of a deep network in double precision takes a minute, so each step is checked by itself: the reference
 * computes a few elements of its output from the engine's own inputs of that step. Errors so do not add up from layer
 * to layer, and none is missed because later layers hide it.
 */
final class Verification {
    /** The points of a step's output that are checked. */
    static final int POINTS = 64;

    /** The most bytes of tensors that are held at once. */
    private static final long MOST_BYTES = 256L << 20;

    private final Assignment assignment;
    private final Network network;

    private Verification(Assignment assignment) {
        this.assignment = assignment;
        this.network = assignment.network();
    }

    /**
     * {@return the largest error of an engine over all steps of a network, each relative to the step's largest
     * reference}
     *
     * @param assignment how it was prepared when it was timed
     * @param outputs what it gave then; the same network with all steps' tensors laid open, which are what is checked,
     *     has to give it too
     */
    static double ofSteps(
            Engine engine, Assignment assignment, Map<Source, Tensor> outputs, List<Step> steps, Deadline deadline)
            throws UnsupportedNetworkException {
        Verification verification = new Verification(assignment);
        if (steps.size() <= 1) {
            return verification.ofOutputs(outputs);
        }
        Set<Source> exposed = new LinkedHashSet<>();
        steps.forEach(step -> exposed.add(step.last()));
        try (PreparedNetwork opened = engine.prepare(assignment.exposing(exposed))) {
            double error = verification.differenceOf(outputs, opened);
            for (List<Step> group : verification.groups(steps)) {
                deadline.throwIfPassed();
                error = Math.max(error, verification.ofGroup(opened, group, exposed));
            }
            return error;
        }
    }

    /** {@return the largest error of the outputs of a network of one step} */
    private double ofOutputs(Map<Source, Tensor> outputs) {
        double error = 0;
        for (Source output : network.outputs()) {
            error = Math.max(error, error(expected(output, Map.of()), got(outputs, output)));
        }
        return error;
    }

    private double differenceOf(Map<Source, Tensor> outputs, PreparedNetwork opened) {
        try (Arena arena = Arena.ofShared()) {
            return difference(outputs, opened.read(network.outputs(), arena), network);
        }
    }

    /** {@return the largest difference between two engines' outputs, relative to the largest output} */
    static double difference(Map<Source, Tensor> some, Map<Source, Tensor> others, Network network) {
        double worst = 0;
        for (Source output : network.outputs()) {
            Tensor one = got(some, output);
            Tensor other = got(others, output);
            RelativeError error = new RelativeError();
            for (long i = 0; i < one.elements(); i++) {
                error.add(one.at(i), other.at(i));
            }
            worst = Math.max(worst, error.largest());
        }
        return worst;
    }

    private List<List<Step>> groups(List<Step> steps) {
        List<List<Step>> groups = new ArrayList<>();
        long bytes = 0;
        for (Step step : steps) {
            long elements = step.last().shape().elements();
            for (Input input : step.network().inputs()) {
                elements += input.shape().elements();
            }
            long tensors = elements * network.batch() * Float.BYTES;
            if (groups.isEmpty() || bytes + tensors > MOST_BYTES) {
                groups.add(new ArrayList<>());
                bytes = 0;
            }
            groups.getLast().add(step);
            bytes += tensors;
        }
        return groups;
    }

    private double ofGroup(PreparedNetwork opened, List<Step> group, Set<Source> exposed) {
        Set<Source> needed = new LinkedHashSet<>();
        for (Step step : group) {
            needed.add(step.last());
            step.first().from().forEach(source -> collect(source, exposed, needed));
        }
        try (Arena arena = Arena.ofShared()) {
            Map<Source, Tensor> tensors = opened.read(needed, arena);
            double error = 0;
            for (Step step : group) {
                error = Math.max(error, error(expected(step.last(), tensors), got(tensors, step.last())));
            }
            return error;
        }
    }

    private static void collect(Source source, Set<Source> exposed, Collection<Source> needed) {
        if (exposed.contains(source)) {
            needed.add(source);
        } else if (source instanceof Node node) {
            node.from().forEach(before -> collect(before, exposed, needed));
        }
    }

    /** {@return what a layer gives by the reference, of tensors that the engine gave} */
    private Values expected(Source source, Map<Source, Tensor> tensors) {
        return switch (source) {
            case Input input -> Values.of(given(input));
            case Node node -> {
                List<Values> taken = new ArrayList<>();
                for (Source before : node.from()) {
                    Tensor tensor = tensors.get(before);
                    taken.add(tensor == null ? expected(before, tensors) : Values.of(tensor));
                }
                yield ReferenceLayers.of(node, network, taken, assignment.weights());
            }
        };
    }

    private Tensor given(Input input) {
        return got(new HashMap<Source, Tensor>(assignment.inputs()), input);
    }

    private static Tensor got(Map<Source, Tensor> tensors, Source source) {
        Tensor tensor = tensors.get(source);
        if (tensor == null) {
            throw new IllegalStateException("no tensor of " + source);
        }
        return tensor;
    }

    private static double error(Values expected, Tensor got) {
        RelativeError error = new RelativeError();
        long elements = got.elements();
        if (elements <= POINTS) {
            for (long i = 0; i < elements; i++) {
                error.add(expected.at(i), got.at(i));
            }
        } else {
            SplittableRandom random = new SplittableRandom(elements);
            for (int point = 0; point < POINTS; point++) {
                // The first and the last, at the edges of everything, and others anywhere.
                long i = point == 0 ? 0 : point == 1 ? elements - 1 : random.nextLong(elements);
                error.add(expected.at(i), got.at(i));
            }
        }
        return error.largest();
    }
}
