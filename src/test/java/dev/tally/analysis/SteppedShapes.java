package dev.tally.analysis;

import dev.tally.network.Axis;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Crop;
import dev.tally.network.Dropout;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Layer;
import dev.tally.network.LearnedTensor;
import dev.tally.network.Pad;
import dev.tally.network.Padding;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Resize;
import dev.tally.network.Roll;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.Split;
import dev.tally.network.Upsample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The loops of the layers that move elements: their sizes come of walking along the axes. */
final class SteppedShapes {
    private final List<Shape> inputs;
    private final Shape input;
    private final boolean channelsFirst;
    private final int channelAxis;
    private final int batch;
    private final Steps steps;
    private final List<Integer> sizes;

    SteppedShapes(List<Shape> inputs, boolean channelsFirst, int batch, Steps steps) {
        this.inputs = inputs;
        this.input = inputs.getFirst();
        this.channelsFirst = channelsFirst;
        this.channelAxis = channelsFirst ? 0 : input.rank() - 1;
        this.batch = batch;
        this.steps = steps;
        this.sizes = new ArrayList<>(input.sizes());
    }

    /** Says whether the layer fits. */
    boolean step(Layer layer) {
        boolean fits = switch (layer) {
            case Dropout _, Identity _ -> true;
            case ChannelShuffle(int groups) -> input.size(channelAxis) % groups == 0;
            case Roll(Axis axis, int _) -> index(axis) >= 0;
            case Flatten _ -> become(List.of(elements()));
            case Concat(Axis axis) -> concatenate(axis);
            case Split(Axis axis, int parts, int _) -> {
                int along = index(axis);
                yield along >= 0 && sizes.get(along) % parts == 0 && resize(along, sizes.get(along) / parts);
            }
            case Slice slice -> slice(slice);
            case Crop(List<Padding.Explicit> margins) -> margins(margins, -1);
            case Pad(List<Padding.Explicit> margins, Pad.Mode mode) ->
                (mode != Pad.Mode.REFLECT || canMirror(margins)) && margins(margins, 1);
            case Reshape(List<Integer> shape) -> reshape(shape);
            case Permute(List<Integer> order) -> permute(order);
            case Upsample(List<Integer> scale, Resampling.Interpolation interpolation) ->
                fitsAxes(scale) && enlarge(scale) && interpolate(interpolation);
            case Resize(List<Integer> outputSize, Resampling.Interpolation interpolation) -> {
                if (!fitsAxes(outputSize)) {
                    yield false;
                }
                for (int i = 0; i < input.rank() - 1; i++) {
                    sizes.set(spatial(i), pick(outputSize, i));
                }
                yield interpolate(interpolation);
            }
            case PixelShuffle(int factor) -> fold(factor, false);
            case PixelUnshuffle(int factor) -> fold(factor, true);
            case Embedding(int vocabulary, int units) -> {
                store(vocabulary * units);
                yield become(append(input.sizes(), units));
            }
            case LearnedTensor(Shape shape) -> {
                store(elements(shape.sizes()));
                yield become(shape.sizes());
            }
            default -> throw new IllegalArgumentException("not here: " + layer);
        };
        if (fits) {
            steps.output(SteppedArithmetic.shape(sizes));
        }
        return fits;
    }

    private boolean concatenate(Axis axis) {
        int along = index(axis);
        if (along < 0) {
            return false;
        }
        int size = 0;
        for (Shape each : inputs) {
            if (each.rank() != input.rank()) {
                return false;
            }
            for (int other = 0; other < input.rank(); other++) {
                if (other != along && each.size(other) != input.size(other)) {
                    return false;
                }
            }
            size += each.size(along);
        }
        return resize(along, size);
    }

    /** As in Python, but a start or an end outside of the axis is refused. */
    private boolean slice(Slice slice) {
        int along = index(slice.axis());
        if (along < 0) {
            return false;
        }
        int size = input.size(along);
        int start = slice.start() < 0 ? size + slice.start() : slice.start();
        int end = slice.end().orElse(size);
        end = end < 0 ? size + end : end;
        if (start < 0 || start >= size || end > size) {
            return false;
        }
        int taken = 0;
        for (int at = start; at < end; at += slice.step()) {
            taken++;
        }
        return taken > 0 && resize(along, taken);
    }

    private boolean margins(List<Padding.Explicit> margins, int sign) {
        if (!fitsAxes(margins)) {
            return false;
        }
        for (int i = 0; i < input.rank() - 1; i++) {
            Padding.Explicit margin = pick(margins, i);
            int size = input.size(spatial(i)) + sign * (margin.before() + margin.after());
            if (size < 1) {
                return false;
            }
            sizes.set(spatial(i), size);
        }
        return true;
    }

    private boolean canMirror(List<Padding.Explicit> margins) {
        if (!fitsAxes(margins)) {
            return false;
        }
        for (int i = 0; i < input.rank() - 1; i++) {
            int size = input.size(spatial(i));
            if (pick(margins, i).before() >= size || pick(margins, i).after() >= size) {
                return false;
            }
        }
        return true;
    }

    private boolean reshape(List<Integer> shape) {
        List<Integer> filled = new ArrayList<>(shape);
        int open = shape.indexOf(-1);
        if (open >= 0) {
            filled.set(open, 1);
            while (elements(filled) < elements()) {
                filled.set(open, filled.get(open) + 1);
            }
        }
        return elements(filled) == elements() && become(filled);
    }

    private boolean permute(List<Integer> order) {
        if (order.size() != input.rank()) {
            return false;
        }
        List<Integer> permuted = new ArrayList<>();
        for (int axis : order) {
            permuted.add(input.size(axis));
        }
        return become(permuted);
    }

    private boolean enlarge(List<Integer> scale) {
        for (int i = 0; i < input.rank() - 1; i++) {
            sizes.set(spatial(i), input.size(spatial(i)) * pick(scale, i));
        }
        return true;
    }

    /** A weighted sum of the elements around in every direction, but of the nearest alone nothing is worked out. */
    private boolean interpolate(Resampling.Interpolation interpolation) {
        int around = 1;
        for (int i = 0; i < input.rank() - 1; i++) {
            around *= switch (interpolation) {
                case NEAREST -> 1;
                case LINEAR -> 2;
                case CUBIC -> 4;
            };
        }
        for (int element = 0; around > 1 && element < batch * elements(sizes); element++) {
            for (int i = 0; i < around; i++) {
                steps.multiply();
                if (i > 0) {
                    steps.add();
                }
            }
        }
        return true;
    }

    /** Puts every element where it goes and sees how far they reach. */
    private boolean fold(int factor, boolean toChannels) {
        if (input.rank() < 2) {
            return false;
        }
        int block = 1;
        for (int i = 0; i < input.rank() - 1; i++) {
            block *= factor;
            if (toChannels && input.size(spatial(i)) % factor != 0) {
                return false;
            }
        }
        if (!toChannels && input.size(channelAxis) % block != 0) {
            return false;
        }
        int[] reach = new int[input.rank()];
        Set<List<Integer>> places = new HashSet<>();
        for (int element = 0; element < elements(); element++) {
            int[] at = coordinates(element);
            int channel = at[channelAxis];
            for (int i = 0; i < input.rank() - 1; i++) {
                int axis = spatial(i);
                if (toChannels) {
                    channel = channel * factor + at[axis] % factor;
                    at[axis] /= factor;
                } else {
                    at[axis] = at[axis] * factor + channel % factor;
                    channel /= factor;
                }
            }
            at[channelAxis] = channel;
            places.add(Arrays.stream(at).boxed().toList());
            for (int axis = 0; axis < reach.length; axis++) {
                reach[axis] = Math.max(reach[axis], at[axis] + 1);
            }
        }
        if (places.size() != elements()) {
            throw new IllegalStateException("two elements in one place");
        }
        return become(Arrays.stream(reach).boxed().toList());
    }

    private int[] coordinates(int element) {
        int[] at = new int[input.rank()];
        int rest = element;
        for (int axis = input.rank() - 1; axis >= 0; axis--) {
            at[axis] = rest % input.size(axis);
            rest /= input.size(axis);
        }
        return at;
    }

    private void store(int numbers) {
        for (int i = 0; i < numbers; i++) {
            steps.store(true);
        }
    }

    private boolean become(List<Integer> others) {
        List<Integer> copy = List.copyOf(others);
        sizes.clear();
        sizes.addAll(copy);
        return true;
    }

    private boolean resize(int axis, int size) {
        sizes.set(axis, size);
        return true;
    }

    private boolean fitsAxes(List<?> values) {
        return input.rank() > 1 && (values.size() == 1 || values.size() == input.rank() - 1);
    }

    private static <T> T pick(List<T> values, int axis) {
        return values.size() == 1 ? values.getFirst() : values.get(axis);
    }

    private int spatial(int ordinal) {
        return channelsFirst ? ordinal + 1 : ordinal;
    }

    private int index(Axis axis) {
        return SteppedArithmetic.index(axis, input, channelsFirst);
    }

    private int elements() {
        return elements(input.sizes());
    }

    private static int elements(List<Integer> sizes) {
        int elements = 1;
        for (int size : sizes) {
            elements *= size;
        }
        return elements;
    }

    private static List<Integer> append(List<Integer> sizes, int size) {
        List<Integer> longer = new ArrayList<>(sizes);
        longer.add(size);
        return longer;
    }
}
