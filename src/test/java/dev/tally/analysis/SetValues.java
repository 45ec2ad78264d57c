package dev.tally.analysis;

import dev.tally.network.Attention;
import dev.tally.network.MatMul;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Node;
import dev.tally.network.Reduce;
import dev.tally.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Layers that bring elements together across a whole axis, in numbers and plain loops. */
final class SetValues {
    private SetValues() {}

    static Values dense(Values input, Values kernel, double[] bias) {
        int axis = input.shape().rank() - 1;
        return Values.made(input.shape().with(axis, kernel.shape().size(0)), out -> {
            int[] in = out.clone();
            double sum = bias.length == 0 ? 0 : bias[out[axis]];
            for (int i = 0; i < kernel.shape().size(1); i++) {
                in[axis] = i;
                sum += input.at(in) * kernel.at(out[axis], i);
            }
            return sum;
        });
    }

    static Values softmax(Values input, int axis, boolean logarithm) {
        return Values.made(input.shape(), out -> {
            int[] in = out.clone();
            double greatest = Double.NEGATIVE_INFINITY;
            for (in[axis] = 0; in[axis] < input.shape().size(axis); in[axis]++) {
                greatest = Math.max(greatest, input.at(in));
            }
            double sum = 0;
            for (in[axis] = 0; in[axis] < input.shape().size(axis); in[axis]++) {
                sum += Math.exp(input.at(in) - greatest);
            }
            double x = input.at(out) - greatest;
            return logarithm ? x - Math.log(sum) : Math.exp(x) / sum;
        });
    }

    /** Each set of elements, numbered by where they stand, brought to mean 0 (where centred) and variance 1. */
    static Values normalized(Values input, int sets, ToIntFunction<int[]> set, boolean centred) {
        double[] count = new double[sets];
        double[] mean = new double[sets];
        double[] square = new double[sets];
        int[] sizes = Values.sizes(input.shape());
        Values.each(sizes, index -> {
            count[set.applyAsInt(index)]++;
            mean[set.applyAsInt(index)] += centred ? input.at(index) : 0;
        });
        Values.each(sizes, index -> {
            int of = set.applyAsInt(index);
            square[of] += Math.pow(input.at(index) - mean[of] / count[of], 2);
        });
        return Values.made(input.shape(), index -> {
            int of = set.applyAsInt(index);
            return (input.at(index) - mean[of] / count[of]) / Math.sqrt(square[of] / count[of] + 1e-5);
        });
    }

    static Values reduced(Reduce layer, Values input, boolean[] reduced, Shape output) {
        double[] greatest = new double[(int) output.elements()];
        double[] sum = new double[greatest.length];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        Values.each(Values.sizes(input.shape()), index -> {
            int place = 0;
            for (int axis = 0; axis < reduced.length; axis++) {
                place = reduced[axis] ? place : place * input.shape().size(axis) + index[axis];
            }
            greatest[place] = Math.max(greatest[place], input.at(index));
            sum[place] += input.at(index);
        });
        double[] made = layer.operator() == Reduce.Operator.MAXIMUM ? greatest : sum;
        int[] next = {0};
        return Values.made(output, _ -> made[next[0]++]);
    }

    static Values product(MatMul layer, Node node, Values first, Values second) {
        int rank = node.shape().rank();
        Shape one = first.shape();
        return Values.made(node.shape(), out -> {
            double sum = 0;
            for (int term = 0; term < one.size(one.rank() - 1); term++) {
                int[] left = out.clone();
                int[] right = out.clone();
                left[rank - 1] = term;
                right[rank - 2] = layer.transposeSecond() ? out[rank - 1] : term;
                right[rank - 1] = layer.transposeSecond() ? term : out[rank - 1];
                sum += first.stretched(left) * second.stretched(right);
            }
            return sum;
        });
    }

    static Values attention(Attention layer, List<Values> inputs) {
        return heads(layer.heads(), inputs.getFirst(), inputs.get(1), inputs.getLast());
    }

    static Values attention(MultiHeadAttention layer, List<Values> inputs, List<Values> weights) {
        int each = layer.bias() ? 2 : 1;
        Values query = inputs.getFirst();
        Values key = inputs.get(Math.min(1, inputs.size() - 1));
        Values met = heads(
                layer.heads(),
                project(query, weights, 0, each),
                project(key, weights, each, each),
                project(inputs.getLast(), weights, 2 * each, each));
        return project(met, weights, 3 * each, each);
    }

    private static Values project(Values input, List<Values> weights, int slot, int each) {
        return dense(input, weights.get(slot), each == 2 ? weights.get(slot + 1).numbers() : new double[0]);
    }

    private static Values heads(int heads, Values query, Values key, Values value) {
        int last = query.shape().rank() - 1;
        int keys = key.shape().size(last - 1);
        int keyDim = query.shape().size(last) / heads;
        int valueDim = value.shape().size(last) / heads;
        Shape output = query.shape().with(last, value.shape().size(last));
        return Values.made(output, out -> {
            int head = out[last] / valueDim;
            double[] scores = new double[keys];
            double greatest = Double.NEGATIVE_INFINITY;
            int[] q = out.clone();
            int[] k = out.clone();
            for (int i = 0; i < keys; i++) {
                k[last - 1] = i;
                for (int d = head * keyDim; d < (head + 1) * keyDim; d++) {
                    q[last] = d;
                    k[last] = d;
                    scores[i] += query.at(q) * key.at(k) / Math.sqrt(keyDim);
                }
                greatest = Math.max(greatest, scores[i]);
            }
            double sum = 0;
            double met = 0;
            int[] v = out.clone();
            for (int i = 0; i < keys; i++) {
                v[last - 1] = i;
                double weight = Math.exp(scores[i] - greatest);
                sum += weight;
                met += weight * value.at(v);
            }
            return met / sum;
        });
    }
}
