package dev.tally.engine.java;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.operator.InterleavedCopy;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.operator.RolledCopy;
import dev.tally.kernel.operator.Strided;
import dev.tally.kernel.operator.StridedCopy;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Crop;
import dev.tally.network.Dropout;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Node;
import dev.tally.network.Padding.Explicit;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Reshape;
import dev.tally.network.Roll;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.Split;
import java.util.ArrayList;
import java.util.List;

/** Layers whose elements are those of their input, where they lie or in another order. */
final class Views {
    private Views() {}

    /** {@return whether what a layer gives lies where its input does, element by element} */
    static boolean shares(Node node, Storage storage) {
        return switch (node.layer()) {
            case Dropout _, Identity _ -> true;
            case Flatten _, Reshape _ -> storage.declared(node.input()) && storage.declared(node.shape());
            default -> false;
        };
    }

    /** {@return elements in the order of a layer's output, by how far they are apart along each axis of its shape} */
    static Strided inOrderOf(Shape shape, Storage storage, Buffer from, long first, long sample, long[] apart) {
        List<Integer> axes = storage.axes(shape.rank());
        int[] sizes = new int[axes.size() + 1];
        long[] strides = new long[axes.size() + 1];
        sizes[0] = storage.batch();
        strides[0] = sample;
        for (int i = 0; i < axes.size(); i++) {
            sizes[i + 1] = shape.size(axes.get(i));
            strides[i + 1] = apart[axes.get(i)];
        }
        return new Strided(from, first, sizes, strides);
    }

    private static Operator copy(Step on, long first, long[] apart) {
        Strided from = inOrderOf(
                on.node().shape(), on.storage(), on.input(), first, on.shape().elements(), apart);
        return new StridedCopy(from, on.output(), on.pool());
    }

    /** {@return an operand stretched to the shape of the result: aligned at the last axis, axes of size 1 repeated} */
    static Strided stretched(Step on, int operand) {
        Shape shape = on.node().inputs().get(operand);
        Shape result = on.node().shape();
        long[] own = on.storage().strides(shape);
        long[] apart = new long[result.rank()];
        int missing = result.rank() - shape.rank();
        for (int axis = 0; axis < shape.rank(); axis++) {
            apart[axis + missing] = shape.size(axis) == 1 ? 0 : own[axis];
        }
        return inOrderOf(result, on.storage(), on.inputs().get(operand), 0, shape.elements(), apart);
    }

    static Operator permuted(Permute layer, Step on) {
        long[] own = on.storage().strides(on.shape());
        return copy(on, 0, layer.order().stream().mapToLong(axis -> own[axis]).toArray());
    }

    static Operator sliced(Slice layer, Step on) {
        int axis = layer.axis().index(on.shape(), on.storage().layout());
        long[] apart = on.storage().strides(on.shape());
        long first = layer.first(on.shape().size(axis)) * apart[axis];
        apart[axis] *= layer.step();
        return copy(on, first, apart);
    }

    static Operator split(Split layer, Step on) {
        int axis = layer.axis().index(on.shape(), on.storage().layout());
        long[] apart = on.storage().strides(on.shape());
        return copy(on, (long) layer.index() * on.node().shape().size(axis) * apart[axis], apart);
    }

    static Operator cropped(Crop layer, Step on) {
        long[] apart = on.storage().strides(on.shape());
        int axes = on.shape().rank() - 1;
        long first = 0;
        for (int i = 0; i < axes; i++) {
            first += Explicit.of(layer.margins(), i, axes).before()
                    * apart[on.storage().layout().spatialAxis(i)];
        }
        return copy(on, first, apart);
    }

    /** Output channel i is channel {@code i % groups · ofGroup + i / groups}. */
    static Operator shuffled(ChannelShuffle layer, Step on) {
        int ofGroup = on.storage().channels(on.shape()) / layer.groups();
        int plane = Math.toIntExact(on.storage().plane(on.shape()));
        Strided from = new Strided(
                on.input(), 0, new int[] {on.storage().batch(), ofGroup, layer.groups(), plane}, new long[] {
                    on.shape().elements(), plane, (long) ofGroup * plane, 1
                });
        return new StridedCopy(from, on.output(), on.pool());
    }

    /** Along an axis, what lies inside of it moves with it. */
    static Operator rolled(Roll layer, Step on) {
        Storage storage = on.storage();
        int axis = layer.axis().index(on.shape(), storage.layout());
        int size = on.shape().size(axis);
        long stride = storage.strides(on.shape())[axis];
        int blocks = Math.toIntExact(storage.outside(on.shape(), axis));
        long by = Math.floorMod(layer.shift(), size) * stride;
        return new RolledCopy(on.input(), on.output(), blocks, size * stride, by, on.pool());
    }

    /** {@return one half of an axis} */
    static Strided half(int axis, boolean second, Step on) {
        Storage storage = on.storage();
        long block = storage.strides(on.shape())[axis] * on.shape().size(axis);
        int blocks = Math.toIntExact(storage.outside(on.shape(), axis));
        int half = Math.toIntExact(block / 2);
        return new Strided(on.input(), second ? half : 0, new int[] {blocks, half}, new long[] {block, 1});
    }

    /**
     * Of each output channel, {@code factor} channels of the input an axis, the last axis' fastest. A row is made of
     * those that stand beside each other along the last axis.
     */
    static Operator pixelShuffled(PixelShuffle layer, Step on) {
        Shape in = on.shape();
        int axes = in.rank() - 1;
        int factor = layer.factor();
        long[] apart = on.storage().strides(in);
        int[] sizes = new int[2 + 2 * axes];
        long[] strides = new long[sizes.length];
        long ofPart = on.storage().plane(in);
        for (int i = axes - 1; i >= 0; i--) {
            int axis = on.storage().layout().spatialAxis(i);
            boolean last = i == axes - 1;
            int place = 2 + 2 * i + (last ? 1 : 0);
            sizes[place] = in.size(axis);
            strides[place] = apart[axis];
            int part = 2 + 2 * i + (last ? 0 : 1);
            sizes[part] = factor;
            strides[part] = ofPart;
            ofPart *= factor;
        }
        sizes[0] = on.storage().batch();
        strides[0] = in.elements();
        sizes[1] = on.storage().channels(on.node().shape());
        strides[1] = ofPart;
        Strided from = new Strided(on.input(), 0, sizes, strides);
        return new InterleavedCopy(from, factor, sizes[sizes.length - 1], on.output(), on.pool());
    }

    /** Of each input channel, {@code factor} output channels an axis, the last axis' fastest. */
    static Operator pixelUnshuffled(PixelUnshuffle layer, Step on) {
        Shape in = on.shape();
        int axes = in.rank() - 1;
        int factor = layer.factor();
        long[] apart = on.storage().strides(in);
        int[] sizes = new int[2 + 2 * axes];
        long[] strides = new long[sizes.length];
        sizes[0] = on.storage().batch();
        strides[0] = in.elements();
        sizes[1] = on.storage().channels(in);
        strides[1] = on.storage().plane(in);
        for (int i = 0; i < axes; i++) {
            int axis = on.storage().layout().spatialAxis(i);
            sizes[2 + i] = factor;
            strides[2 + i] = apart[axis];
            sizes[2 + axes + i] = in.size(axis) / factor;
            strides[2 + axes + i] = factor * apart[axis];
        }
        return new StridedCopy(new Strided(on.input(), 0, sizes, strides), on.output(), on.pool());
    }

    /** The elements in the order in which shapes count them, and from there in that of the output. */
    static Operator reshaped(Step on) {
        Storage storage = on.storage();
        Shape from = on.shape();
        Shape to = on.node().shape();
        List<Operator> copies = new ArrayList<>();
        Buffer counted = on.input();
        if (!storage.declared(from)) {
            counted = storage.declared(to)
                    ? on.output()
                    : on.setting().workspace().allocate(storage.elements(from));
            int[] sizes = new int[from.rank() + 1];
            long[] strides = new long[from.rank() + 1];
            sizes[0] = storage.batch();
            strides[0] = from.elements();
            for (int axis = 0; axis < from.rank(); axis++) {
                sizes[axis + 1] = from.size(axis);
                strides[axis + 1] = storage.strides(from)[axis];
            }
            copies.add(new StridedCopy(new Strided(on.input(), 0, sizes, strides), counted, on.pool()));
        }
        if (!storage.declared(to)) {
            long[] apart = new long[to.rank()];
            long stride = 1;
            for (int axis = to.rank() - 1; axis >= 0; axis--) {
                apart[axis] = stride;
                stride *= to.size(axis);
            }
            Strided again = inOrderOf(to, storage, counted, 0, to.elements(), apart);
            copies.add(new StridedCopy(again, on.output(), on.pool()));
        }
        return () -> copies.forEach(Operator::run);
    }
}
