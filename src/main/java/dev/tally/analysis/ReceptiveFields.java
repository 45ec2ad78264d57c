package dev.tally.analysis;

import dev.tally.analysis.Reach.Moving;
import dev.tally.analysis.Reach.Unknown;
import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attending;
import dev.tally.network.BatchNorm;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Convolving;
import dev.tally.network.Crop;
import dev.tally.network.Dense;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.GroupNorm;
import dev.tally.network.Identity;
import dev.tally.network.Input;
import dev.tally.network.InstanceNorm;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Pad;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.RmsNorm;
import dev.tally.network.Roll;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows receptive fields through a network, one pass in running order: what an output element is made of
 * ({@link FieldPatterns}) and what those see; paths that meet give the hull of theirs (Araujo, Norris and Sim,
 * Computing Receptive Fields of Convolutional Neural Networks, 2019, carried on to fractional strides).
 */
final class ReceptiveFields {
    /** The most work, all layers together: half a second of it. What would take more is unknown. */
    private static final long MOST_WORK = 5_000_000;

    private final Network network;
    private final Layout layout;
    private final ReceptiveField[] fields;
    private boolean followed;
    private long work;

    /** The fields of a network, followed when one is asked for: who wants totals alone does not pay for them. */
    ReceptiveFields(Network network) {
        this.network = network;
        this.layout = network.layout();
        this.fields = new ReceptiveField[network.sources()];
    }

    /** {@return the field of a layer} */
    synchronized ReceptiveField of(Node node) {
        if (!followed) {
            follow();
            followed = true;
        }
        return fields[node.id()];
    }

    private void follow() {
        int inputs = network.inputs().size();
        for (Input input : network.inputs()) {
            List<@Nullable List<Reach>> reaches = new ArrayList<>(Collections.nCopies(inputs, null));
            List<Reach> axes = new ArrayList<>(input.shape().rank());
            for (int axis = 0; axis < input.shape().rank() - 1; axis++) {
                axes.add(Moving.own(layout.spatialAxis(axis)));
            }
            reaches.set(input.id(), axes);
            fields[input.id()] = new ReceptiveField(network, reaches);
        }
        for (Node node : network.nodes()) {
            fields[node.id()] = through(node);
        }
    }

    private ReceptiveField through(Node node) {
        Shape input = node.input();
        int channels = layout.channelAxis(input.rank());
        return switch (node.layer()) {
            case Convolving c -> {
                boolean joined = c.groups(layout.channels(input)) == 1;
                yield spatially(
                        node,
                        joined ? Reach.WHOLE : Unknown.along(channels),
                        FieldPatterns.of(c.window(), input, layout));
            }
            case TransposedConvolution c ->
                spatially(
                        node,
                        c.groups() == 1 ? Reach.WHOLE : Unknown.along(channels),
                        FieldPatterns.transposed(c.window()));
            case Pooling p -> spatially(node, null, FieldPatterns.of(p.window(), input, layout));
            case AdaptivePooling p ->
                p.global()
                        ? global(p, node)
                        : spatially(node, null, FieldPatterns.adaptive(input, node.shape(), layout));
            case Resampling r ->
                spatially(node, null, FieldPatterns.resampled(r.interpolation(), input, node.shape(), layout));
            case Crop c -> spatially(node, null, FieldPatterns.cropped(c.margins(), input.rank() - 1));
            case Pad p -> spatially(node, null, FieldPatterns.padded(p.padding(), input.rank() - 1));
            case PixelShuffle p ->
                spatially(node, new Unknown((1 << input.rank()) - 1), FieldPatterns.enlarged(p.factor()));
            case PixelUnshuffle p -> spatially(node, Unknown.along(channels), FieldPatterns.folded(p.factor()));
            case Slice s -> {
                int axis = s.axis().index(input, layout);
                yield along(
                        node,
                        axis,
                        moving -> FieldPatterns.sliced(s.first(input.size(axis)), s.step())
                                .of(moving, 0));
            }
            case Split s -> {
                int axis = s.axis().index(input, layout);
                int start = s.index() * node.shape().size(axis);
                yield along(node, axis, moving -> FieldPatterns.sliced(start, 1).of(moving, 0));
            }
            case Dense _ -> cover(only(node), input, axis -> axis == input.rank() - 1);
            case Softmax s -> {
                int along = s.axis().index(input, layout);
                yield cover(only(node), input, axis -> axis == along);
            }
            case LayerNorm n -> {
                int first = n.first().index(input, layout);
                yield cover(only(node), input, axis -> axis >= first);
            }
            case RmsNorm n -> {
                int first = n.first().index(input, layout);
                yield cover(only(node), input, axis -> axis >= first);
            }
            case GroupNorm n ->
                n.groups() == 1
                        ? cover(only(node), input, _ -> true)
                        : cover(mix(only(node), channels), input, axis -> axis != channels);
            case InstanceNorm _ -> cover(only(node), input, axis -> axis != channels);
            case Reduce r -> reduce(r, node);
            case LocalResponseNorm _, ChannelShuffle _ -> mix(only(node), channels);
            case GatedLinearUnit g -> mix(only(node), g.axis().index(input, layout));
            case Roll r -> mix(only(node), r.axis().index(input, layout));
            case Concat c -> mix(meet(node, (field, _) -> field), c.axis().index(input, layout));
            case Elementwise _ ->
                meet(node, (field, i) -> stretch(field, node.inputs().get(i), node.shape()));
            case MatMul m ->
                meet(
                        node,
                        (field, i) -> change(
                                field,
                                moving -> AxisMoves.multiply(
                                        moving, m, i, node.inputs().get(i), node.shape())));
            case Attending a -> attend(a, node);
            case Flatten _, Reshape _ -> change(only(node), moving -> AxisMoves.reshape(moving, input, node.shape()));
            case Permute p ->
                change(only(node), moving -> moving.along(p.order().indexOf(moving.axis())));
            case LearnedTensor _ ->
                new ReceptiveField(network, Collections.nCopies(network.inputs().size(), null));
            case BatchNorm _, Activation _, ParametricRelu _, Embedding _, Dropout _, Identity _ -> only(node);
        };
    }

    private ReceptiveField only(Node node) {
        return fields[node.from().getFirst().id()];
    }

    /** What is done to the field of one of several inputs before they meet. */
    private interface Before {
        ReceptiveField of(ReceptiveField field, int input);
    }

    private ReceptiveField meet(Node node, Before before) {
        ReceptiveField met = before.of(only(node), 0);
        for (int i = 1; i < node.from().size(); i++) {
            met = hull(met, before.of(fields[node.from().get(i).id()], i));
        }
        return met;
    }

    /**
     * A layer that makes each element of those near it along the spatial axes.
     *
     * @param channels what becomes of a reach that moves along the channels; null where nothing does
     */
    private ReceptiveField spatially(Node node, @Nullable Reach channels, FieldPatterns patterns) {
        int channelAxis = layout.channelAxis(node.input().rank());
        return change(only(node), moving -> {
            if (moving.axis() == channelAxis) {
                return channels == null ? moving : channels;
            }
            int ordinal = layout == Layout.CHANNELS_FIRST ? moving.axis() - 1 : moving.axis();
            int out = node.shape().size(moving.axis());
            return patterns.joinsAll(out) ? Reach.WHOLE : affordable(moving, each -> patterns.of(each, ordinal));
        });
    }

    private Reach affordable(Moving moving, Reach.Change change) {
        work += moving.work();
        return work > MOST_WORK ? Unknown.along(moving.axis()) : change.of(moving);
    }

    private ReceptiveField along(Node node, int axis, Reach.Change change) {
        return change(only(node), moving -> moving.axis() == axis ? affordable(moving, change) : moving);
    }

    /** Joins all elements of some axes; of all axes with more than one element, all there is. */
    private ReceptiveField cover(ReceptiveField field, Shape input, IntPredicate axes) {
        boolean all = true;
        for (int axis = 0; axis < input.rank(); axis++) {
            all &= axes.test(axis) || input.size(axis) == 1;
        }
        return all
                ? field.replace(_ -> Reach.WHOLE)
                : change(field, moving -> axes.test(moving.axis()) ? Reach.WHOLE : moving);
    }

    /** Over all positions, each channel by itself. */
    private ReceptiveField global(AdaptivePooling pooling, Node node) {
        int channelAxis = layout.channelAxis(node.input().rank());
        return change(
                only(node),
                moving -> moving.axis() != channelAxis
                        ? Reach.WHOLE
                        : pooling.keepDimensions() ? moving : moving.along(0));
    }

    private ReceptiveField reduce(Reduce reduce, Node node) {
        boolean[] reduced = reduce.reduced(node.input(), layout);
        ReceptiveField covered = cover(only(node), node.input(), axis -> reduced[axis]);
        return reduce.keepDimensions()
                ? covered
                : change(covered, moving -> {
                    int axis = 0;
                    for (int before = 0; before < moving.axis(); before++) {
                        axis += reduced[before] ? 0 : 1;
                    }
                    return moving.along(axis);
                });
    }

    /** A layer that mixes elements along an axis in a way that no distance describes. */
    private ReceptiveField mix(ReceptiveField field, int axis) {
        return change(field, moving -> moving.axis() == axis ? Unknown.along(axis) : moving);
    }

    private static ReceptiveField stretch(ReceptiveField field, Shape input, Shape output) {
        return input.equals(output) ? field : change(field, moving -> AxisMoves.stretch(moving, input, output));
    }

    /**
     * Every query sees all keys and values. Projections bring all features together; without them a head's scores are
     * made of its own part of the features, and each feature of the result is made of one of the value.
     */
    private ReceptiveField attend(Attending attention, Node node) {
        int features = node.shape().rank() - 1;
        int positions = features - 1;
        int second = Math.min(1, node.from().size() - 1);
        boolean projected = attention instanceof MultiHeadAttention;
        boolean joined = projected || attention.sizes(node.inputs()).heads() == 1;
        ReceptiveField query = only(node);
        ReceptiveField key = fields[node.from().get(second).id()];
        ReceptiveField value = fields[node.from().getLast().id()];
        ReceptiveField scores = hull(
                joined ? cover(query, node.input(), axis -> axis == features) : mix(query, features),
                cover(
                        joined ? key : mix(key, features),
                        node.inputs().get(second),
                        axis -> axis == positions || (axis == features && joined)));
        return hull(
                scores,
                cover(value, node.inputs().getLast(), axis -> axis == positions || (axis == features && projected)));
    }

    private ReceptiveField hull(ReceptiveField one, ReceptiveField other) {
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

    private Reach hull(Reach one, Reach other) {
        if (one instanceof Moving moving && other instanceof Moving) {
            work += moving.work();
            return work > MOST_WORK ? new Unknown(Reach.axesOf(one) | Reach.axesOf(other)) : Reach.hull(one, other);
        }
        return Reach.hull(one, other);
    }

    private static ReceptiveField change(ReceptiveField field, Reach.Change change) {
        return field.replace(reach -> Reach.changed(reach, change));
    }
}
