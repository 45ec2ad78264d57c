package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Concat;
import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.DepthwiseConvolution;
import dev.tally.network.Dropout;
import dev.tally.network.Elementwise;
import dev.tally.network.Flatten;
import dev.tally.network.Identity;
import dev.tally.network.Layer;
import dev.tally.network.Layout;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import dev.tally.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one layer by its direct definition, in plain loops, and counts the steps that it takes. It reads a layer's
 * attributes and an input's sizes and shares no arithmetic with what it checks. One file, so that the loops of all
 * layers are read together.
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
            case Dense(int units, boolean bias) -> dense(units, bias);
            case BatchNorm _ -> batchNorm();
            case LocalResponseNorm norm -> localResponseNorm(norm.size());
            case Activation(ActivationFunction function) -> activate(function);
            case Softmax(Axis axis) -> softmax(axis);
            case Elementwise(Elementwise.Operator _) -> addUp();
            case Concat(Axis axis) -> concatenate(axis);
            case Flatten _ -> {
                steps.output(Shape.of(count(input)));
                yield true;
            }
            case Dropout _, Identity _ -> true;
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

    private boolean dense(int units, boolean bias) {
        int last = input.rank() - 1;
        boolean firstLine = true;
        for (int line = 0; line < batch * count(input) / input.size(last); line++) {
            for (int unit = 0; unit < units; unit++) {
                for (int i = 0; i < input.size(last); i++) {
                    steps.multiplyAccumulate(true);
                    sum(i == 0);
                    if (firstLine) {
                        steps.store(true);
                    }
                }
                if (bias) {
                    steps.add();
                }
                if (bias && firstLine) {
                    steps.store(true);
                }
            }
            firstLine = false;
        }
        steps.output(resized(last, units));
        return true;
    }

    /** Folded into one factor and one summand; γ and β are trained, mean and variance stored. */
    private boolean batchNorm() {
        for (int element = 0; element < batch * count(input); element++) {
            steps.multiply();
            steps.add();
        }
        for (int channel = 0; channel < channels; channel++) {
            for (boolean trained : new boolean[] {true, true, false, false}) {
                steps.store(trained);
            }
        }
        return true;
    }

    /** {@code x / (k + alpha / n · Σ x²)^beta}. */
    private boolean localResponseNorm(int size) {
        for (int place = 0; place < batch * count(input) / channels; place++) {
            for (int channel = 0; channel < channels; channel++) {
                int first = channel - (size - 1) / 2;
                for (int other = first; other < first + size; other++) {
                    steps.multiply(other >= 0 && other < channels);
                    sum(other == first);
                }
                steps.multiply();
                steps.add();
                steps.raise();
                steps.divide();
            }
        }
        return true;
    }

    private boolean activate(ActivationFunction function) {
        for (int element = 0; element < batch * count(input); element++) {
            switch (function) {
                case RELU -> steps.compare();
                case RELU6 -> {
                    steps.compare();
                    steps.compare();
                }
                case LEAKY_RELU -> {
                    steps.compare();
                    steps.multiply();
                }
                case ELU -> {
                    steps.compare();
                    steps.exponentiate();
                    steps.add();
                }
                case SIGMOID -> sigmoid();
                case TANH -> {
                    steps.multiply(); // 2x
                    sigmoid();
                    steps.add(); // 1 - …
                }
                case SILU -> {
                    sigmoid();
                    steps.multiply();
                }
            }
        }
        return true;
    }

    private void sigmoid() {
        steps.exponentiate();
        steps.add();
        steps.divide();
    }

    private boolean softmax(Axis axis) {
        int along = index(axis);
        if (along < 0) {
            return false;
        }
        for (int line = 0; line < batch * count(input) / input.size(along); line++) {
            for (int i = 0; i < input.size(along); i++) {
                steps.exponentiate();
                sum(i == 0);
                steps.divide();
            }
        }
        return true;
    }

    private boolean addUp() {
        if (inputs.size() < 2 || inputs.stream().distinct().count() > 1) {
            return false;
        }
        for (int element = 0; element < batch * count(input); element++) {
            for (int i = 0; i < inputs.size(); i++) {
                sum(i == 0);
            }
        }
        return true;
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
        steps.output(resized(along, size));
        return true;
    }

    private void sum(boolean firstTerm) {
        if (!firstTerm) {
            steps.add();
        }
    }

    /** The axis as an index, or -1 where the input has no such axis. */
    private int index(Axis axis) {
        int rank = input.rank();
        int index = axis.number().orElse(channelsFirst ? 0 : -1);
        index += index < 0 ? rank : 0;
        return index < rank ? index : -1;
    }

    private Shape resized(int axis, int size) {
        int[] sizes = input.sizes().stream().mapToInt(Integer::intValue).toArray();
        sizes[axis] = size;
        return Shape.of(sizes);
    }

    private void output(int filters, List<Integer> positions) {
        List<Integer> sizes = new ArrayList<>(positions);
        sizes.add(channelsFirst ? 0 : positions.size(), filters);
        steps.output(Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static int count(Shape shape) {
        int count = 1;
        for (int size : shape.sizes()) {
            count *= size;
        }
        return count;
    }
}
