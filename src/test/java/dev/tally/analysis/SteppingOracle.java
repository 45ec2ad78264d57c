package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Attending;
import dev.tally.network.BatchNorm;
import dev.tally.network.ChannelShuffle;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.Crop;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.Flatten;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.Identity;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.LearnedTensor;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.Normalizing;
import dev.tally.network.Pad;
import dev.tally.network.Padding;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Permute;
import dev.tally.network.PixelShuffle;
import dev.tally.network.PixelUnshuffle;
import dev.tally.network.Pooling;
import dev.tally.network.Reduce;
import dev.tally.network.Reduction;
import dev.tally.network.Resampling;
import dev.tally.network.Reshape;
import dev.tally.network.Roll;
import dev.tally.network.Shape;
import dev.tally.network.Slice;
import dev.tally.network.Softmax;
import dev.tally.network.Split;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one layer by its direct definition, in plain loops, and counts the steps that it takes. It reads a layer's
 * attributes and an input's sizes and shares no arithmetic with what it checks. Windows are run here, the rest in
 * {@link SteppedArithmetic} and {@link SteppedShapes}.
 */
final class SteppingOracle {
    private final List<Shape> inputs;
    private final Shape input;
    private final boolean channelsFirst;
    private final int channels;
    private final int[] spatial;
    private final int batch;
    private final List<Integer> slidSizes = new ArrayList<>();
    private final Steps steps = new Steps();

    private SteppingOracle(List<Shape> inputs, Layout layout, int batch) {
        this.inputs = inputs;
        this.input = inputs.getFirst();
        this.channelsFirst = layout == Layout.CHANNELS_FIRST;
        this.channels = input.size(channelsFirst ? 0 : input.rank() - 1);
        this.spatial = SlidWindows.spatialSizes(input, channelsFirst);
        this.batch = batch;
    }

    /** {@return the steps of the layer over a whole batch; empty where it does not fit its inputs} */
    static Optional<Steps> run(Layer layer, List<Shape> inputs, Layout layout, int batch) {
        SteppingOracle oracle = new SteppingOracle(inputs, layout, batch);
        return oracle.step(layer) ? Optional.of(oracle.steps) : Optional.empty();
    }

    /** Says whether the layer fits. */
    private boolean step(Layer layer) {
        steps.output(input);
        return switch (layer) {
            case Convolution(int filters, Window window, int groups, boolean bias) ->
                channels % groups == 0
                        && filters % groups == 0
                        && convolve(
                                window,
                                filters,
                                bias,
                                (filter, channel) -> filter / (filters / groups) == channel / (channels / groups));
            case DepthwiseConvolution(int multiplier, Window window, boolean bias) ->
                convolve(window, channels * multiplier, bias, (filter, channel) -> filter / multiplier == channel);
            case Pooling(Reduction reduction, Window window, boolean ceil, boolean _) ->
                slide(window, ceil)
                        .map(windows -> pool(reduction, windows, true))
                        .orElse(false);
            case AdaptivePooling(Reduction reduction, List<Integer> sizes, boolean keep) ->
                adapt(sizes)
                        .map(windows -> pool(reduction, windows, keep || !sizes.isEmpty()))
                        .orElse(false);
            case TransposedConvolution convolution ->
                channels % convolution.groups() == 0
                        && convolution.filters() % convolution.groups() == 0
                        && spread(convolution);
            case Dense _,
                    MatMul _,
                    Attending _,
                    BatchNorm _,
                    Normalizing _,
                    LocalResponseNorm _,
                    Activation _,
                    ParametricRelu _,
                    GatedLinearUnit _,
                    Softmax _,
                    Elementwise _,
                    Reduce _ -> new SteppedArithmetic(inputs, channelsFirst, batch, steps).step(layer);
            case Embedding _,
                    LearnedTensor _,
                    Concat _,
                    Split _,
                    Slice _,
                    Crop _,
                    Pad _,
                    Reshape _,
                    Permute _,
                    Resampling _,
                    PixelShuffle _,
                    PixelUnshuffle _,
                    ChannelShuffle _,
                    Roll _,
                    Flatten _,
                    Dropout _,
                    Identity _ -> new SteppedShapes(inputs, channelsFirst, batch, steps).step(layer);
        };
    }

    /** Which channels a filter sees. */
    private interface Sees {
        boolean channel(int filter, int channel);
    }

    private boolean convolve(Window window, int filters, boolean bias, Sees sees) {
        Optional<List<boolean[]>> windows = slide(window, false);
        if (windows.isEmpty()) {
            return false;
        }
        for (int sample = 0; sample < batch; sample++) {
            for (int filter = 0; filter < filters; filter++) {
                boolean firstPosition = sample == 0;
                for (boolean[] taps : windows.get()) {
                    boolean firstTerm = true;
                    for (int channel = 0; channel < channels; channel++) {
                        if (!sees.channel(filter, channel)) {
                            continue;
                        }
                        for (boolean inBounds : taps) {
                            steps.multiplyAccumulate(inBounds);
                            sum(firstTerm);
                            firstTerm = false;
                            if (firstPosition) {
                                steps.store(true); // every position uses the same weights
                            }
                        }
                    }
                    if (bias) {
                        steps.add();
                    }
                    if (bias && firstPosition) {
                        steps.store(true);
                    }
                    firstPosition = false;
                }
            }
        }
        output(filters, slidSizes);
        return true;
    }

    private Optional<List<boolean[]>> slide(Window window, boolean ceil) {
        if (window.axes().size() != spatial.length) {
            return Optional.empty();
        }
        List<boolean[]> all = List.of(new boolean[] {true});
        for (int axis = 0; axis < spatial.length; axis++) {
            Optional<List<boolean[]>> along = SlidWindows.slide(window.axes().get(axis), spatial[axis], ceil);
            if (along.isEmpty()) {
                return Optional.empty();
            }
            slidSizes.add(along.get().size());
            all = SlidWindows.cross(all, along.get());
        }
        return Optional.of(all);
    }

    private Optional<List<boolean[]>> adapt(List<Integer> sizes) {
        if (spatial.length == 0 || (!sizes.isEmpty() && sizes.size() != spatial.length)) {
            return Optional.empty();
        }
        List<boolean[]> all = List.of(new boolean[] {true});
        for (int axis = 0; axis < spatial.length; axis++) {
            List<boolean[]> along = SlidWindows.adapt(spatial[axis], sizes.isEmpty() ? 1 : sizes.get(axis));
            slidSizes.add(along.size());
            all = SlidWindows.cross(all, along);
        }
        return Optional.of(all);
    }

    private boolean pool(Reduction reduction, List<boolean[]> windows, boolean keepAxes) {
        for (int map = 0; map < batch * channels; map++) {
            for (boolean[] taps : windows) {
                for (int tap = 1; tap < taps.length; tap++) {
                    if (reduction == Reduction.MAXIMUM) {
                        steps.compare();
                    } else {
                        steps.add();
                    }
                }
                if (reduction == Reduction.AVERAGE) {
                    steps.divide();
                }
            }
        }
        output(channels, keepAxes ? slidSizes : List.of());
        return true;
    }

    /**
     * Every element is multiplied by every tap and added where the tap reaches, on a canvas without edges; what lies
     * outside of the output is out of bounds.
     */
    private boolean spread(TransposedConvolution convolution) {
        List<WindowAxis> axes = convolution.window().axes();
        if (axes.size() != spatial.length) {
            return false;
        }
        List<List<int[]>> reached = new ArrayList<>();
        for (int axis = 0; axis < spatial.length; axis++) {
            WindowAxis window = axes.get(axis);
            int highest = 0;
            for (int element = 0; element < spatial[axis]; element++) {
                for (int tap = 0; tap < window.kernel(); tap++) {
                    highest = Math.max(highest, element * window.stride() + tap * window.dilation());
                }
            }
            int before;
            int size;
            switch (window.padding()) {
                case Padding.Explicit(int start, int end) -> {
                    before = start;
                    size = highest
                            + 1
                            - start
                            - end
                            + convolution.outputPadding().get(axis);
                }
                case Padding.Same(boolean oddAtStart) -> {
                    size = spatial[axis] * window.stride();
                    before = 0;
                    boolean toStart = oddAtStart;
                    for (int left = highest + 1; left > size; left--) {
                        before += toStart ? 1 : 0;
                        toStart = !toStart;
                    }
                }
            }
            if (size < 1) {
                return false;
            }
            slidSizes.add(size);
            List<int[]> along = new ArrayList<>();
            for (int element = 0; element < spatial[axis]; element++) {
                for (int tap = 0; tap < window.kernel(); tap++) {
                    int place = element * window.stride() + tap * window.dilation();
                    along.add(new int[] {place, place >= before && place < before + size ? 1 : 0});
                }
            }
            reached.add(along);
        }
        int filters = convolution.filters();
        int groups = convolution.groups();
        for (int sample = 0; sample < batch; sample++) {
            for (int filter = 0; filter < filters; filter++) {
                Set<List<Integer>> begun = new HashSet<>();
                for (int channel = 0; channel < channels; channel++) {
                    if (filter / (filters / groups) == channel / (channels / groups)) {
                        scatter(reached, 0, List.of(), true, begun);
                    }
                }
            }
        }
        for (int weight = 0; weight < channels * (filters / groups) * taps(axes); weight++) {
            steps.store(true);
        }
        output(filters, slidSizes);
        if (convolution.bias()) {
            for (int element = 0; element < batch * count(steps.output()); element++) {
                steps.add();
            }
            for (int filter = 0; filter < filters; filter++) {
                steps.store(true);
            }
        }
        return true;
    }

    private void scatter(
            List<List<int[]>> reached, int axis, List<Integer> place, boolean inBounds, Set<List<Integer>> begun) {
        if (axis == reached.size()) {
            steps.multiplyAccumulate(inBounds);
            sum(begun.add(place));
            return;
        }
        for (int[] along : reached.get(axis)) {
            List<Integer> longer = new ArrayList<>(place);
            longer.add(along[0]);
            scatter(reached, axis + 1, longer, inBounds && along[1] == 1, begun);
        }
    }

    private static int taps(List<WindowAxis> axes) {
        int taps = 1;
        for (WindowAxis axis : axes) {
            taps *= axis.kernel();
        }
        return taps;
    }

    private void sum(boolean firstTerm) {
        if (!firstTerm) {
            steps.add();
        }
    }

    private void output(int filters, List<Integer> positions) {
        List<Integer> sizes = new ArrayList<>(positions);
        sizes.add(channelsFirst ? 0 : positions.size(), filters);
        steps.output(Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray()));
    }

    static int count(Shape shape) {
        int count = 1;
        for (int size : shape.sizes()) {
            count *= size;
        }
        return count;
    }
}
