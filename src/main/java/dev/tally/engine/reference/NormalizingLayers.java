package dev.tally.engine.reference;

import dev.tally.network.BatchNorm;
import dev.tally.network.GroupNorm;
import dev.tally.network.InstanceNorm;
import dev.tally.network.LayerNorm;
import dev.tally.network.Layout;
import dev.tally.network.LocalResponseNorm;
import dev.tally.network.Normalizing;
import dev.tally.network.RmsNorm;
import dev.tally.network.Shape;
import dev.tally.network.Softmax;

/** Layers that scale elements by figures of those around them, or by what training left of such figures. */
final class NormalizingLayers {
    private NormalizingLayers() {}

    static Values batch(BatchNorm layer, Operands on) {
        Learned gamma = on.numbers("gamma");
        Learned beta = on.numbers("beta");
        Learned mean = on.numbers("mean");
        Learned variance = on.numbers("variance");
        return index -> {
            int channel = on.channel(index);
            double centred = on.input().at(index) - mean.at(channel);
            return centred / Math.sqrt(variance.at(channel) + layer.epsilon()) * gamma.at(channel) + beta.at(channel);
        };
    }

    static Values of(Normalizing layer, Operands on) {
        return switch (layer) {
            case LayerNorm(var _, var _, var _, double epsilon) -> lastAxes(layer, epsilon, on);
            case RmsNorm(var _, var _, double epsilon) -> lastAxes(layer, epsilon, on);
            case GroupNorm(var _, var _, double epsilon) -> channels(layer, epsilon, on);
            case InstanceNorm(var _, double epsilon) -> channels(layer, epsilon, on);
        };
    }

    /** Sets of neighbouring elements, each element of a set with a γ and β of its own. */
    private static Values lastAxes(Normalizing layer, double epsilon, Operands on) {
        Shape shape = on.node().input();
        long sets = layer.sets(shape, on.layout());
        long size = shape.elements() / sets;
        Learned gamma = on.numbers("gamma");
        Learned beta = on.numbers("beta");
        Remembered figures =
                new Remembered(set -> figures(i -> on.input().at(set * size + i), size, layer.centred(), epsilon));
        return index -> {
            double[] known = figures.get(index / size);
            int learned = (int) (index % size);
            return scaled((on.input().at(index) - known[0]) / known[1], gamma, beta, learned);
        };
    }

    /** Sets of neighbouring channels at all positions, each channel with a γ and β of its own. */
    private static Values channels(Normalizing layer, double epsilon, Operands on) {
        Shape shape = on.node().input();
        int sets = Math.toIntExact(layer.sets(shape, on.layout()));
        int channels = on.channels() / sets;
        long size = shape.elements() / sets;
        boolean together = on.layout() == Layout.CHANNELS_FIRST;
        Learned gamma = on.numbers("gamma");
        Learned beta = on.numbers("beta");
        Remembered figures = new Remembered(set -> {
            long first = together ? set * size : set / sets * shape.elements() + (long) set % sets * channels;
            Values elements = i -> on.input().at(first + (together ? i : i / channels * on.channels() + i % channels));
            return figures(elements, size, layer.centred(), epsilon);
        });
        return index -> {
            int channel = on.channel(index);
            double[] known = figures.get(index / shape.elements() * sets + channel / channels);
            return scaled((on.input().at(index) - known[0]) / known[1], gamma, beta, channel);
        };
    }

    private static double scaled(double value, Learned gamma, Learned beta, int learned) {
        return (gamma.isEmpty() ? value : value * gamma.at(learned)) + (beta.isEmpty() ? 0 : beta.at(learned));
    }

    /** {@return the mean (0 where it is not taken off), and the root of the variance and ε} */
    private static double[] figures(Values elements, long count, boolean centred, double epsilon) {
        double mean = 0;
        if (centred) {
            for (long i = 0; i < count; i++) {
                mean += elements.at(i);
            }
            mean /= count;
        }
        double squares = 0;
        for (long i = 0; i < count; i++) {
            double off = elements.at(i) - mean;
            squares += off * off;
        }
        return new double[] {mean, Math.sqrt(squares / count + epsilon)};
    }

    static Values localResponse(LocalResponseNorm layer, Operands on) {
        long stride = on.channelStride();
        int channels = on.channels();
        int before = (layer.size() - 1) / 2;
        return index -> {
            int channel = on.channel(index);
            int last = (int) Math.min(channels - 1L, (long) channel - before + layer.size() - 1);
            double squares = 0;
            for (int i = Math.max(0, channel - before); i <= last; i++) {
                double value = on.input().at(index + (i - channel) * stride);
                squares += value * value;
            }
            double base = layer.bias() + layer.alpha() / layer.size() * squares;
            return on.input().at(index) / Math.pow(base, layer.beta());
        };
    }

    /** The greatest is taken off first, so that no exponential overflows. */
    static Values softmax(Softmax layer, Operands on) {
        Grid grid = on.inputGrid();
        int axis = Grid.axis(layer.axis().index(on.node().input(), on.layout()));
        int size = grid.size(axis);
        long stride = grid.stride(axis);
        Remembered figures = new Remembered(row -> {
            long first = row / stride * stride * size + row % stride;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                greatest = Math.max(greatest, on.input().at(first + i * stride));
            }
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += Math.exp(on.input().at(first + i * stride) - greatest);
            }
            return new double[] {greatest, sum};
        });
        return index -> {
            double[] known = figures.get(index / stride / size * stride + index % stride);
            double x = on.input().at(index) - known[0];
            return layer.logarithm() ? x - Math.log(known[1]) : Math.exp(x) / known[1];
        };
    }
}
