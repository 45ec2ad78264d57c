package dev.tally.analysis;

import dev.tally.analysis.ReceptiveField.Reach;
import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolving;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Input;
import dev.tally.network.Layout;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import dev.tally.network.Source;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows receptive fields through a network, one pass in running order: a window of extent e at stride s widens a span
 * by {@code (e - 1) · step} and multiplies its step by s; paths that meet give the hull of their spans (Araujo, Norris
 * and Sim, Computing Receptive Fields of Convolutional Neural Networks, 2019).
 */
final class ReceptiveFields {
    private final Network network;
    private final ReceptiveField[] fields;

    private ReceptiveFields(Network network) {
        this.network = network;
        this.fields = new ReceptiveField[network.sources()];
    }

    /** {@return one field a layer, in running order} */
    static List<ReceptiveField> of(Network network) {
        return new ReceptiveFields(network).follow();
    }

    private List<ReceptiveField> follow() {
        int inputs = network.inputs().size();
        for (Input input : network.inputs()) {
            List<@Nullable List<Reach>> reaches = new ArrayList<>(Collections.nCopies(inputs, null));
            reaches.set(input.id(), Collections.nCopies(input.shape().rank() - 1, Reach.ELEMENT));
            fields[input.id()] = new ReceptiveField(network, reaches);
        }
        List<ReceptiveField> result = new ArrayList<>(network.nodes().size());
        for (Node node : network.nodes()) {
            ReceptiveField field = through(node, meet(node));
            fields[node.id()] = field;
            result.add(field);
        }
        return result;
    }

    /** The field of the layer's inputs together. */
    private ReceptiveField meet(Node node) {
        ReceptiveField met = fields[node.from().getFirst().id()];
        for (Source source : node.from().subList(1, node.from().size())) {
            met = hull(met, fields[source.id()]);
        }
        return met;
    }

    private ReceptiveField through(Node node, ReceptiveField field) {
        Layout layout = network.layout();
        Shape input = node.input();
        return switch (node.layer()) {
            case Convolving convolution -> slide(field, convolution.window(), input);
            case Pooling pooling -> slide(field, pooling.window(), input);
            case AdaptivePooling pooling -> pooling.global() ? cover(field) : adapt(field, input, node.shape());
            case Dense _ -> cover(field, input, input.rank() - 1);
            case Softmax softmax -> cover(field, input, softmax.axis().index(input, layout));
            case Concat(Axis axis) -> joinAlong(field, input, axis.index(input, layout));
            case Flatten _ -> mix(field, input);
            case BatchNorm _, LocalResponseNorm _, Activation _, Elementwise _, Dropout _, Identity _ -> field;
        };
    }

    private ReceptiveField slide(ReceptiveField field, Window window, Shape input) {
        return change(field, axis -> axis < window.rank(), (axis, reach) -> {
            if (!(reach instanceof Reach.Span(long step, long first, long last))) {
                return reach;
            }
            WindowAxis geometry = window.axes().get(axis);
            long before = geometry.before(network.layout().spatial(input, axis));
            return span(step, geometry.stride(), first, last, -before, geometry.extent() - 1 - before);
        });
    }

    /** An adaptive pool's windows repeat at one distance only where the output divides the input. */
    private ReceptiveField adapt(ReceptiveField field, Shape input, Shape output) {
        return change(field, axis -> true, (axis, reach) -> {
            int in = network.layout().spatial(input, axis);
            int out = network.layout().spatial(output, axis);
            if (out == 1) {
                return Reach.WHOLE;
            }
            if (!(reach instanceof Reach.Span(long step, long first, long last))) {
                return reach;
            }
            long ratio = in / out;
            return in % out == 0 ? span(step, ratio, first, last, 0, ratio - 1) : Reach.UNKNOWN;
        });
    }

    private ReceptiveField cover(ReceptiveField field) {
        return change(field, axis -> true, (axis, reach) -> Reach.WHOLE);
    }

    /** A layer that joins all elements of one axis; of the only axis, all there is. */
    private ReceptiveField cover(ReceptiveField field, Shape input, int axis) {
        if (input.rank() == 1) {
            return cover(field);
        }
        return change(field, spatial -> network.layout().spatialAxis(spatial) == axis, (spatial, reach) -> Reach.WHOLE);
    }

    private ReceptiveField joinAlong(ReceptiveField field, Shape input, int axis) {
        return change(
                field,
                spatial -> input.rank() > 1 && network.layout().spatialAxis(spatial) == axis,
                (spatial, reach) -> reach.equals(Reach.WHOLE) ? reach : Reach.UNKNOWN);
    }

    private ReceptiveField mix(ReceptiveField field, Shape input) {
        return change(
                field,
                axis -> axis < input.rank() - 1 && network.layout().spatial(input, axis) > 1,
                (axis, reach) -> reach.equals(Reach.WHOLE) ? reach : Reach.UNKNOWN);
    }

    private static ReceptiveField hull(ReceptiveField one, ReceptiveField other) {
        if (one == other) {
            return one;
        }
        List<@Nullable List<Reach>> met = new ArrayList<>(one.reaches());
        for (int input = 0; input < met.size(); input++) {
            List<Reach> a = met.get(input);
            List<Reach> b = other.reaches().get(input);
            if (a == null || b == null) {
                met.set(input, a == null ? b : a);
            } else if (!a.equals(b)) {
                List<Reach> axes = new ArrayList<>(a.size());
                for (int axis = 0; axis < a.size(); axis++) {
                    axes.add(hull(a.get(axis), b.get(axis)));
                }
                met.set(input, axes);
            }
        }
        return new ReceptiveField(one.network(), met);
    }

    private static Reach hull(Reach one, Reach other) {
        if (one.equals(Reach.WHOLE) || other.equals(Reach.WHOLE)) {
            return Reach.WHOLE;
        }
        if (one instanceof Reach.Span(long step, long first, long last)
                && other instanceof Reach.Span(long otherStep, long otherFirst, long otherLast)
                && step == otherStep) {
            return span(step, 1, Math.min(first, otherFirst), Math.max(last, otherLast), 0, 0);
        }
        return Reach.UNKNOWN;
    }

    /**
     * A span seen through a window: its positions {@code stride} of the span's steps apart, its first tap
     * {@code before} steps from where the span stands and its last {@code after} steps. Unknown where a number is over
     * 2^63-1: no input is that large.
     */
    private static Reach span(long step, long stride, long first, long last, long before, long after) {
        try {
            Reach.Span span = new Reach.Span(
                    Math.multiplyExact(step, stride),
                    Math.addExact(first, Math.multiplyExact(before, step)),
                    Math.addExact(last, Math.multiplyExact(after, step)));
            return Math.subtractExact(span.last(), span.first()) < Long.MAX_VALUE ? span : Reach.UNKNOWN;
        } catch (ArithmeticException e) {
            return Reach.UNKNOWN;
        }
    }

    private interface Change {
        Reach of(int axis, Reach reach);
    }

    private static ReceptiveField change(ReceptiveField field, IntPredicate axes, Change change) {
        List<@Nullable List<Reach>> changed = new ArrayList<>(field.reaches());
        for (int input = 0; input < changed.size(); input++) {
            List<Reach> old = changed.get(input);
            if (old != null) {
                List<Reach> reaches = new ArrayList<>(old.size());
                for (int axis = 0; axis < old.size(); axis++) {
                    reaches.add(axes.test(axis) ? change.of(axis, old.get(axis)) : old.get(axis));
                }
                changed.set(input, reaches);
            }
        }
        return new ReceptiveField(field.network(), changed);
    }
}
