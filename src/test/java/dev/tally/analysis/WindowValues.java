package dev.tally.analysis;

import dev.tally.network.AdaptivePooling;
import dev.tally.network.Convolving;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.Pooling;
import dev.tally.network.Reduction;
import dev.tally.network.Resampling;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.Arrays;
import java.util.List;

/**
 * Layers that work an element out from those near it, in numbers and plain loops.
 *
 * @param outside what is read beyond the ends of an axis
 */
record WindowValues(Layout layout, double outside) {
    Values convolution(Convolving layer, Node node, Values input, List<Values> weights) {
        Window window = layer.window();
        int channelAxis = layout.channelAxis(node.shape().rank());
        int ofGroup = weights.getFirst().shape().size(1);
        int filtersOfGroup = layout.channels(node.shape()) / layer.groups(layout.channels(input.shape()));
        return Values.made(node.shape(), out -> {
            int filter = out[channelAxis];
            double[] sum = {layer.bias() ? weights.getLast().at(filter) : 0};
            Values.each(window.kernel(), tap -> {
                int[] in = out.clone();
                for (int i = 0; i < tap.length; i++) {
                    WindowAxis axis = window.axes().get(i);
                    int at = layout.spatialAxis(i);
                    in[at] = out[at] * axis.stride()
                            + tap[i] * axis.dilation()
                            - (int) axis.before(input.shape().size(at));
                }
                for (int channel = 0; channel < ofGroup; channel++) {
                    in[channelAxis] = filter / filtersOfGroup * ofGroup + channel;
                    sum[0] += input.at(in, outside) * weights.getFirst().at(kernel(filter, channel, tap));
                }
            });
            return sum[0];
        });
    }

    Values transposed(TransposedConvolution layer, Node node, Values input, List<Values> weights) {
        Window window = layer.window();
        int channelAxis = layout.channelAxis(node.shape().rank());
        int filtersOfGroup = layer.filters() / layer.groups();
        int ofGroup = layout.channels(input.shape()) / layer.groups();
        return Values.made(node.shape(), out -> {
            int filter = out[channelAxis];
            double[] sum = {layer.bias() ? weights.getLast().at(filter) : 0};
            Values.each(window.kernel(), tap -> {
                int[] in = out.clone();
                for (int i = 0; i < tap.length; i++) {
                    WindowAxis axis = window.axes().get(i);
                    int at = layout.spatialAxis(i);
                    int distance = out[at] + (int) axis.cutBefore() - tap[i] * axis.dilation();
                    if (Math.floorMod(distance, axis.stride()) != 0) {
                        return;
                    }
                    in[at] = Math.floorDiv(distance, axis.stride());
                }
                for (int i = 0; i < ofGroup; i++) {
                    int channel = filter / filtersOfGroup * ofGroup + i;
                    in[channelAxis] = channel;
                    sum[0] += input.at(in, outside)
                            * weights.getFirst().at(kernel(channel, filter % filtersOfGroup, tap));
                }
            });
            return sum[0];
        });
    }

    private static int[] kernel(int first, int second, int[] tap) {
        int[] index = new int[2 + tap.length];
        index[0] = first;
        index[1] = second;
        System.arraycopy(tap, 0, index, 2, tap.length);
        return index;
    }

    Values pool(Pooling layer, Node node, Values input) {
        return Values.made(node.shape(), out -> {
            double[] met = {Double.NEGATIVE_INFINITY, 0};
            Values.each(layer.window().kernel(), tap -> {
                int[] in = out.clone();
                for (int i = 0; i < tap.length; i++) {
                    WindowAxis axis = layer.window().axes().get(i);
                    int at = layout.spatialAxis(i);
                    in[at] = out[at] * axis.stride()
                            + tap[i] * axis.dilation()
                            - (int) axis.before(input.shape().size(at));
                }
                meet(met, input.at(in, outside));
            });
            return met[layer.reduction() == Reduction.MAXIMUM ? 0 : 1];
        });
    }

    /** The greatest and the sum. */
    static void meet(double[] met, double value) {
        met[0] = Math.max(met[0], value);
        met[1] += value;
    }

    Values adaptivePool(AdaptivePooling layer, Node node, Values input) {
        int axes = input.shape().rank() - 1;
        return Values.made(node.shape(), out -> {
            double[] met = {Double.NEGATIVE_INFINITY, 0};
            int[] first = new int[axes];
            int[] sizes = new int[axes];
            for (int i = 0; i < axes; i++) {
                int in = layout.spatial(input.shape(), i);
                int window = layer.global() ? 0 : out[layout.spatialAxis(i)];
                int windows = layer.global() ? 1 : layer.outputSize().get(i);
                first[i] = window * in / windows;
                sizes[i] = Math.ceilDiv((window + 1) * in, windows) - first[i];
            }
            int channel = out.length == 1 ? out[0] : out[layout.channelAxis(out.length)];
            Values.each(sizes, step -> {
                int[] in = new int[axes + 1];
                for (int i = 0; i < axes; i++) {
                    in[layout.spatialAxis(i)] = first[i] + step[i];
                }
                in[layout.channelAxis(in.length)] = channel;
                meet(met, input.at(in));
            });
            return met[layer.reduction() == Reduction.MAXIMUM ? 0 : 1];
        });
    }

    Values resampled(Resampling layer, Node node, Values input) {
        int axes = input.shape().rank() - 1;
        int[] near = new int[axes];
        Arrays.fill(near, layer.interpolation() == Resampling.Interpolation.NEAREST ? 1 : 4);
        return Values.made(node.shape(), out -> {
            double[] sum = {0};
            Values.each(near, step -> {
                double weight = 1;
                int[] at = out.clone();
                for (int i = 0; i < axes; i++) {
                    int axis = layout.spatialAxis(i);
                    int in = input.shape().size(axis);
                    int size = node.shape().size(axis);
                    if (near[i] == 1) {
                        at[axis] = out[axis] * in / size;
                    } else {
                        int centre = (2 * out[axis] + 1) * in - size;
                        at[axis] = Math.floorDiv(centre, 2 * size) - 1 + step[i];
                        double distance = Math.abs(centre - 2.0 * size * at[axis]) / (2 * size);
                        weight *= layer.interpolation() == Resampling.Interpolation.LINEAR
                                ? Math.max(0, 1 - distance)
                                : keys(distance);
                    }
                }
                sum[0] += weight == 0 ? 0 : weight * input.at(at, outside);
            });
            return sum[0];
        });
    }

    /** The cubic kernel of Keys (1981), a = -3/4. */
    private static double keys(double x) {
        double a = -0.75;
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }
}
