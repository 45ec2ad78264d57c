package dev.tally.analysis;

import dev.tally.network.Activation;
import dev.tally.network.ActivationFunction;
import dev.tally.network.Attention;
import dev.tally.network.Axis;
import dev.tally.network.BatchNorm;
import dev.tally.network.Dense;
import dev.tally.network.Elementwise;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.GroupNorm;
import dev.tally.network.InstanceNorm;
import dev.tally.network.Layer;
import dev.tally.network.LayerNorm;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.MatMul;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Reduce;
import dev.tally.network.RmsNorm;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The loops of the layers that have no window: sums, products, functions, statistics. */
final class SteppedArithmetic {
    private final List<Shape> inputs;
    private final Shape input;
    private final boolean channelsFirst;
    private final int channels;
    private final int batch;
    private final Steps steps;
    private final SteppedFunctions functions;

    SteppedArithmetic(List<Shape> inputs, boolean channelsFirst, int batch, Steps steps) {
        this.inputs = inputs;
        this.input = inputs.getFirst();
        this.channelsFirst = channelsFirst;
        this.channels = input.size(channelsFirst ? 0 : input.rank() - 1);
        this.batch = batch;
        this.steps = steps;
        this.functions = new SteppedFunctions(steps);
    }

    /** Says whether the layer fits. */
    boolean step(Layer layer) {
        return switch (layer) {
            case Dense(int units, boolean bias) -> {
                int last = input.rank() - 1;
                project(count(input) / input.size(last), input.size(last), units, bias);
                steps.output(resized(last, units));
                yield true;
            }
            case MatMul(boolean transposeSecond) -> matMul(transposeSecond);
            case Attention(int heads) -> attention(heads);
            case MultiHeadAttention attention -> multiHeadAttention(attention);
            case BatchNorm _ -> batchNorm();
            case LayerNorm norm -> normalizeFrom(norm.first(), true, norm.affine(), norm.affine() && norm.bias());
            case RmsNorm norm -> normalizeFrom(norm.first(), false, norm.affine(), false);
            case GroupNorm norm -> {
                int size = channels % norm.groups() == 0 ? channels / norm.groups() : 0;
                yield size > 0 && normalize(size, norm.affine());
            }
            case InstanceNorm norm -> normalize(1, norm.affine());
            case LocalResponseNorm norm -> localResponseNorm(norm.size());
            case Activation(ActivationFunction function) -> {
                for (int element = 0; element < batch * count(input); element++) {
                    functions.apply(function);
                }
                yield true;
            }
            case ParametricRelu(boolean perChannel) -> {
                for (int element = 0; element < batch * count(input); element++) {
                    steps.compare();
                    steps.multiply();
                }
                for (int slope = 0; slope < (perChannel ? channels : 1); slope++) {
                    steps.store(true);
                }
                yield true;
            }
            case GatedLinearUnit(Axis axis) -> gate(axis);
            case Softmax(Axis axis, boolean logarithm) -> softmax(axis, logarithm);
            case Elementwise(Elementwise.Operator operator) -> combine(operator);
            case Reduce reduce -> reduce(reduce);
            default -> throw new IllegalArgumentException("not here: " + layer);
        };
    }

    /** A line of {@code from} elements becomes one of {@code to}, at so many positions of a sample. */
    private void project(int positions, int from, int to, boolean bias) {
        boolean first = true;
        for (int position = 0; position < batch * positions; position++) {
            for (int unit = 0; unit < to; unit++) {
                for (int i = 0; i < from; i++) {
                    steps.multiplyAccumulate(true);
                    sum(i == 0);
                    if (first) {
                        steps.store(true); // every position uses the same weights
                    }
                }
                if (bias) {
                    steps.add();
                }
                if (bias && first) {
                    steps.store(true);
                }
            }
            first = false;
        }
    }

    /** Walks the output, and for each element the line of the first and the column of the second. */
    private boolean matMul(boolean transposeSecond) {
        if (inputs.size() != 2 || input.rank() < 2 || inputs.get(1).rank() < 2) {
            return false;
        }
        List<Integer> a = input.sizes();
        List<Integer> b = new ArrayList<>(inputs.get(1).sizes());
        if (transposeSecond) {
            Collections.swap(b, b.size() - 1, b.size() - 2);
        }
        int terms = a.getLast();
        if (b.get(b.size() - 2) != terms) {
            return false;
        }
        List<Integer> stretched = stretch(a.subList(0, a.size() - 2), b.subList(0, b.size() - 2));
        if (stretched == null) {
            return false;
        }
        stretched.add(a.get(a.size() - 2));
        stretched.add(b.getLast());
        Shape output = shape(stretched);
        for (int element = 0; element < batch * count(output); element++) {
            for (int term = 0; term < terms; term++) {
                steps.multiplyAccumulate(true);
                sum(term == 0);
            }
        }
        steps.output(output);
        return true;
    }

    private boolean attention(int heads) {
        if (inputs.size() != 3) {
            return false;
        }
        Shape key = inputs.get(1);
        Shape value = inputs.get(2);
        if (!fit(input, key, value)
                || last(key) != last(input)
                || last(input) % heads != 0
                || last(value) % heads != 0) {
            return false;
        }
        attend(input, key, heads, last(input) / heads, last(value) / heads);
        steps.output(resized(input.rank() - 1, last(value)));
        return true;
    }

    private boolean multiHeadAttention(MultiHeadAttention attention) {
        Shape key = inputs.size() > 1 ? inputs.get(1) : input;
        Shape value = inputs.size() > 2 ? inputs.get(2) : key;
        int heads = attention.heads();
        if (inputs.size() > 3 || !fit(input, key, value)) {
            return false;
        }
        if (attention.keyDim().isEmpty() && last(input) % heads != 0) {
            return false;
        }
        int keyDim = attention.keyDim().orElse(last(input) / heads);
        int valueDim = attention.valueDim().orElse(keyDim);
        project(count(input) / last(input), last(input), heads * keyDim, attention.bias());
        project(count(key) / last(key), last(key), heads * keyDim, attention.bias());
        project(count(value) / last(value), last(value), heads * valueDim, attention.bias());
        attend(input, key, heads, keyDim, valueDim);
        project(count(input) / last(input), heads * valueDim, last(input), attention.bias());
        return true;
    }

    private static boolean fit(Shape query, Shape key, Shape value) {
        int rank = query.rank();
        return rank >= 2
                && key.rank() == rank
                && value.rank() == rank
                && key.sizes().subList(0, rank - 1).equals(value.sizes().subList(0, rank - 1))
                && key.sizes().subList(0, rank - 2).equals(query.sizes().subList(0, rank - 2));
    }

    /** Every head of every sequence: a score for each pair of query and key, their softmax, a mean of the values. */
    private void attend(Shape query, Shape key, int heads, int keyDim, int valueDim) {
        int queries = query.size(query.rank() - 2);
        int keys = key.size(key.rank() - 2);
        int sequences = count(query) / last(query) / queries;
        for (int head = 0; head < batch * sequences * heads; head++) {
            for (int q = 0; q < queries; q++) {
                for (int k = 0; k < keys; k++) {
                    for (int i = 0; i < keyDim; i++) {
                        steps.multiplyAccumulate(true);
                        sum(i == 0);
                    }
                    steps.multiply(); // by 1 / √keyDim
                    steps.exponentiate();
                    sum(k == 0);
                }
                for (int k = 0; k < keys; k++) {
                    steps.divide();
                }
                for (int i = 0; i < valueDim; i++) {
                    for (int k = 0; k < keys; k++) {
                        steps.multiplyAccumulate(true);
                        sum(k == 0);
                    }
                }
            }
        }
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

    /** The sets are the elements that agree in all coordinates before an axis. */
    private boolean normalizeFrom(Axis first, boolean centred, boolean gamma, boolean beta) {
        int from = index(first);
        if (from < 0) {
            return false;
        }
        int size = 1;
        for (int axis = from; axis < input.rank(); axis++) {
            size *= input.size(axis);
        }
        for (int done = 0; done < batch * count(input); done += size) {
            normalizeSet(size, centred, gamma, beta);
        }
        for (int weight = 0; weight < size; weight++) {
            storeAffine(gamma, beta);
        }
        return true;
    }

    /** The sets are so many channels at all positions. */
    private boolean normalize(int channelsOfASet, boolean affine) {
        int size = channelsOfASet * (count(input) / channels);
        for (int channel = 0; channel < batch * channels; channel += channelsOfASet) {
            normalizeSet(size, true, affine, affine);
        }
        for (int channel = 0; channel < channels; channel++) {
            storeAffine(affine, affine);
        }
        return true;
    }

    private void storeAffine(boolean gamma, boolean beta) {
        if (gamma) {
            steps.store(true);
        }
        if (beta) {
            steps.store(true);
        }
    }

    private void normalizeSet(int size, boolean centred, boolean gamma, boolean beta) {
        for (int i = 0; centred && i < size; i++) {
            sum(i == 0);
        }
        if (centred) {
            steps.divide(); // the mean
        }
        for (int i = 0; i < size; i++) {
            if (centred) {
                steps.add(); // less the mean
            }
            steps.multiply(); // squared
            sum(i == 0);
        }
        steps.divide(); // the variance, or the mean square
        steps.add(); // ε
        steps.raise(); // to the power of -1/2
        for (int i = 0; i < size; i++) {
            steps.multiply();
            if (gamma) {
                steps.multiply();
            }
            if (beta) {
                steps.add();
            }
        }
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

    private boolean gate(Axis axis) {
        int along = index(axis);
        if (along < 0 || input.size(along) % 2 == 1) {
            return false;
        }
        for (int pair = 0; pair < batch * count(input); pair += 2) {
            functions.sigmoid();
            steps.multiply();
        }
        steps.output(resized(along, input.size(along) / 2));
        return true;
    }

    private boolean softmax(Axis axis, boolean logarithm) {
        int along = index(axis);
        if (along < 0) {
            return false;
        }
        for (int line = 0; line < batch * count(input) / input.size(along); line++) {
            for (int i = 0; i < input.size(along); i++) {
                steps.exponentiate();
                sum(i == 0);
            }
            if (logarithm) {
                steps.takeLogarithm();
            }
            for (int i = 0; i < input.size(along); i++) {
                if (logarithm) {
                    steps.add();
                } else {
                    steps.divide();
                }
            }
        }
        return true;
    }

    private boolean combine(Elementwise.Operator operator) {
        boolean ofTwo = operator == Elementwise.Operator.SUBTRACT || operator == Elementwise.Operator.DIVIDE;
        if (inputs.size() < 2 || (ofTwo && inputs.size() > 2)) {
            return false;
        }
        List<Integer> stretched = new ArrayList<>(input.sizes());
        for (Shape other : inputs.subList(1, inputs.size())) {
            stretched = stretch(stretched, other.sizes());
            if (stretched == null) {
                return false;
            }
        }
        Shape output = shape(stretched);
        for (int element = 0; element < batch * count(output); element++) {
            for (int i = 1; i < inputs.size(); i++) {
                switch (operator) {
                    case ADD, SUBTRACT -> steps.add();
                    case MULTIPLY -> steps.multiply();
                    case DIVIDE -> steps.divide();
                }
            }
        }
        steps.output(output);
        return true;
    }

    /** NumPy's rule, read from the end; null where the sizes do not go together. */
    private static @Nullable List<Integer> stretch(List<Integer> a, List<Integer> b) {
        List<Integer> stretched = new ArrayList<>();
        for (int back = 1; back <= Math.max(a.size(), b.size()); back++) {
            int mine = back <= a.size() ? a.get(a.size() - back) : 1;
            int its = back <= b.size() ? b.get(b.size() - back) : 1;
            if (mine != its && mine != 1 && its != 1) {
                return null;
            }
            stretched.addFirst(mine == 1 ? its : mine);
        }
        return stretched;
    }

    /** Sorts all elements into those of one result each, by their coordinates along what is left. */
    private boolean reduce(Reduce reduce) {
        boolean[] reduced = new boolean[input.rank()];
        for (Axis axis : reduce.axes()) {
            int along = index(axis);
            if (along < 0 || reduced[along]) {
                return false;
            }
            reduced[along] = true;
        }
        Map<List<Integer>, Integer> results = new HashMap<>();
        for (int element = 0; element < count(input); element++) {
            List<Integer> left = new ArrayList<>();
            int rest = element;
            for (int axis = input.rank() - 1; axis >= 0; axis--) {
                if (!reduced[axis]) {
                    left.addFirst(rest % input.size(axis));
                }
                rest /= input.size(axis);
            }
            results.merge(left, 1, Integer::sum);
        }
        for (int sample = 0; sample < batch; sample++) {
            for (int elements : results.values()) {
                for (int i = 1; i < elements; i++) {
                    if (reduce.operator() == Reduce.Operator.MAXIMUM) {
                        steps.compare();
                    } else {
                        steps.add();
                    }
                }
                if (reduce.operator() == Reduce.Operator.MEAN) {
                    steps.divide();
                }
            }
        }
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            if (!reduced[axis]) {
                sizes.add(input.size(axis));
            } else if (reduce.keepDimensions()) {
                sizes.add(1);
            }
        }
        steps.output(sizes.isEmpty() ? Shape.of(1) : shape(sizes));
        return true;
    }

    private void sum(boolean firstTerm) {
        if (!firstTerm) {
            steps.add();
        }
    }

    /** The axis as an index, or -1 where the input has no such axis. */
    private int index(Axis axis) {
        return index(axis, input, channelsFirst);
    }

    static int index(Axis axis, Shape input, boolean channelsFirst) {
        int rank = input.rank();
        int index = axis.number().orElse(channelsFirst ? 0 : -1);
        index += index < 0 ? rank : 0;
        return index >= 0 && index < rank ? index : -1;
    }

    private Shape resized(int axis, int size) {
        List<Integer> sizes = new ArrayList<>(input.sizes());
        sizes.set(axis, size);
        return shape(sizes);
    }

    static Shape shape(List<Integer> sizes) {
        return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int count(Shape shape) {
        return SteppingOracle.count(shape);
    }

    private static int last(Shape shape) {
        return shape.size(shape.rank() - 1);
    }
}
