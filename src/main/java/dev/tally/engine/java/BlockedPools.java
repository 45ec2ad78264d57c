package dev.tally.engine.java;

import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.operator.BlockedPool;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.operator.Span;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;

/** Pools of images in blocks of channels. */
final class BlockedPools {
    private BlockedPools() {}

    /** {@return whether a pool's windows can be folded there} */
    static boolean canFold(Node node, Storage storage) {
        return BlockedPool.canFold(down(node, storage), across(node, storage));
    }

    /** {@return whether a pool averages windows that lie within the input, all with as many elements} */
    static boolean averagesWhole(Node node, Storage storage) {
        return node.layer() instanceof Pooling layer
                && layer.reduction() == Reduction.AVERAGE
                && down(node, storage).isWhole()
                && across(node, storage).isWhole();
    }

    static Operator of(Node node, Storage storage, Blocks input, Blocks output, Setting setting) {
        boolean maximum = switch (node.layer()) {
            case Pooling layer -> layer.reduction() == Reduction.MAXIMUM;
            case AdaptivePooling layer -> layer.reduction() == Reduction.MAXIMUM;
            default -> throw new IllegalArgumentException(node + " is no pool");
        };
        return new BlockedPool(input, output, down(node, storage), across(node, storage), maximum, setting);
    }

    private static Span down(Node node, Storage storage) {
        return span(node, storage, 2);
    }

    private static Span across(Node node, Storage storage) {
        return span(node, storage, 1);
    }

    /** {@return what is covered along an axis, counted from the last one, which is 1} */
    private static Span span(Node node, Storage storage, int fromLast) {
        int[] sizes = storage.spatial(node.input());
        int in = sizes[sizes.length - fromLast];
        int out = storage.spatial(node.shape())[sizes.length - fromLast];
        if (node.input().rank() - 1 < fromLast) {
            return Span.NONE;
        }
        return switch (node.layer()) {
            case Pooling layer -> sliding(layer, in, out, fromLast);
            case AdaptivePooling _ -> Span.adaptive(in, out);
            default -> throw new IllegalArgumentException(node + " is no pool");
        };
    }

    private static Span sliding(Pooling layer, int in, int out, int fromLast) {
        Window window = layer.window();
        WindowAxis axis = window.axes().get(window.rank() - fromLast);
        return Span.sliding(
                in,
                out,
                axis.kernel(),
                axis.stride(),
                axis.dilation(),
                axis.before(in),
                axis.after(in),
                layer.countIncludePad());
    }
}
