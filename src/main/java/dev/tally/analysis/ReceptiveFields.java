package dev.tally.analysis;

import dev.tally.analysis.Reach.Moving;
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
import dev.tally.network.Source;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Follows receptive fields through a network, one pass in running order: what an output element is made of
 * ({@link FieldPatterns}) and what those see; paths that meet give the hull of theirs (Araujo, Norris and Sim,
 * Computing Receptive Fields of Convolutional Neural Networks, 2019, carried on to fractional strides).
 */
final class ReceptiveFields {
    private final Network network;
    private final Layout layout;
    private final ReceptiveField[] fields;
    private boolean followed;

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
                        node, joined ? Reach.WHOLE : Reach.UNKNOWN, FieldPatterns.of(c.window(), input, layout));
            }
            case TransposedConvolution c ->
                spatially(node, c.groups() == 1 ? Reach.WHOLE : Reach.UNKNOWN, FieldPatterns.transposed(c.window()));
            case Pooling p -> spatially(node, null, FieldPatterns.of(p.window(), input, layout));
            case AdaptivePooling p ->
                p.global()
                        ? global(p, node)
                        : spatially(node, null, FieldPatterns.adaptive(input, node.shape(), layout));
            case Resampling r ->
                spatially(node, null, FieldPatterns.resampled(r.interpolation(), input, node.shape(), layout));
            case Crop c -> spatially(node, null, FieldPatterns.cropped(c.margins(), input.rank() - 1));
            case Pad p -> spatially(node, null, FieldPatterns.padded(p.padding(), input.rank() - 1));
            case PixelShuffle p -> spatially(node, Reach.UNKNOWN, FieldPatterns.enlarged(p.factor()));
            case PixelUnshuffle p -> spatially(node, Reach.UNKNOWN, FieldPatterns.folded(p.factor()));
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
            case MatMul m -> meet(node, (field, i) -> multiply(m, field, i, node));
            case Attending _ -> attend(node);
            case Flatten _, Reshape _ -> change(only(node), moving -> reshape(moving, input, node.shape()));
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
            return patterns.joinsAll(out) ? Reach.WHOLE : patterns.of(moving, ordinal);
        });
    }

    private ReceptiveField along(Node node, int axis, UnaryMoving change) {
        return change(only(node), moving -> moving.axis() == axis ? change.of(moving) : moving);
    }

    /** Joins all elements of some axes; of all axes with more than one element, all there is. */
    private ReceptiveField cover(ReceptiveField field, Shape input, IntPredicate axes) {
        boolean all = true;
        for (int axis = 0; axis < input.rank(); axis++) {
            all &= axes.test(axis) || input.size(axis) == 1;
        }
        return all
                ? replace(field, _ -> Reach.WHOLE)
                : change(field, moving -> axes.test(moving.axis()) ? Reach.WHOLE : moving);
    }

    /** Over all positions: whatever was mixed among them is seen whole. */
    private ReceptiveField global(AdaptivePooling pooling, Node node) {
        int channelAxis = layout.channelAxis(node.input().rank());
        return replace(only(node), reach -> {
            boolean channels = reach instanceof Moving moving && moving.axis() == channelAxis;
            return !channels ? Reach.WHOLE : pooling.keepDimensions() ? reach : ((Moving) reach).along(0);
        });
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
        return change(field, moving -> moving.axis() == axis ? Reach.UNKNOWN : moving);
    }

    /** Broadcasting: axes are aligned at the last; an element that is repeated sees the same everywhere. */
    private static ReceptiveField stretch(ReceptiveField field, Shape input, Shape output) {
        if (input.equals(output)) {
            return field;
        }
        int shift = output.rank() - input.rank();
        return change(field, moving -> {
            int axis = moving.axis() + shift;
            return input.size(moving.axis()) == output.size(axis) ? moving.along(axis) : moving.fixed();
        });
    }

    /** Rows move with the first input, columns with the second; what is summed over is seen whole. */
    private static ReceptiveField multiply(MatMul product, ReceptiveField field, int index, Node node) {
        Shape input = node.inputs().get(index);
        int rank = input.rank();
        int shift = node.shape().rank() - rank;
        int summed = index == 0 || product.transposeSecond() ? rank - 1 : rank - 2;
        return change(field, moving -> {
            int axis = moving.axis();
            if (axis == summed) {
                return Reach.WHOLE;
            }
            if (axis >= rank - 2) {
                return moving.along(node.shape().rank() - (index == 0 ? 2 : 1));
            }
            return input.size(axis) == node.shape().size(axis + shift) ? moving.along(axis + shift) : moving.fixed();
        });
    }

    /** Every query sees all keys and values; with projections, all features of each. */
    private ReceptiveField attend(Node node) {
        List<Source> from = node.from();
        Shape query = node.input();
        ReceptiveField met = cover(only(node), query, axis -> axis == query.rank() - 1);
        for (int i = Math.min(1, from.size() - 1); i < from.size(); i++) {
            Shape keys = node.inputs().get(i);
            met = hull(met, cover(fields[from.get(i).id()], keys, axis -> axis >= keys.rank() - 2));
        }
        return met;
    }

    /** An axis survives where as many elements stand before it and it is as long. */
    private static Reach reshape(Moving moving, Shape input, Shape output) {
        int size = input.size(moving.axis());
        long before = input.elementsBefore(moving.axis());
        for (int axis = 0; axis < output.rank(); axis++) {
            if (output.size(axis) == size && output.elementsBefore(axis) == before) {
                return moving.along(axis);
            }
        }
        return size == 1 ? moving.fixed() : Reach.UNKNOWN;
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
                    axes.add(Reach.hull(a.get(axis), b.get(axis)));
                }
                met.set(input, axes);
            }
        }
        return new ReceptiveField(one.network(), met);
    }

    private interface UnaryMoving {
        Reach of(Moving moving);
    }

    private static ReceptiveField change(ReceptiveField field, UnaryMoving change) {
        return replace(field, reach -> reach instanceof Moving moving ? change.of(moving) : reach);
    }

    private static ReceptiveField replace(ReceptiveField field, UnaryOperator<Reach> change) {
        List<@Nullable List<Reach>> changed = new ArrayList<>(field.reaches());
        for (int input = 0; input < changed.size(); input++) {
            List<Reach> old = changed.get(input);
            if (old != null) {
                List<Reach> reaches = new ArrayList<>(old.size());
                for (Reach reach : old) {
                    reaches.add(change.apply(reach));
                }
                changed.set(input, reaches);
            }
        }
        return new ReceptiveField(field.network(), changed);
    }
}
