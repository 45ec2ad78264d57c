package dev.tally.engine.reference;

import dev.tally.network.Resampling;
import dev.tally.network.Resampling.Interpolation;
import java.util.ArrayList;
import java.util.List;

/** More or fewer elements along the spatial axes: one axis after the other, as the weights are products. */
final class ResamplingLayers {
    /** The constant of Keys' kernel that PyTorch and ONNX use. */
    private static final double CUBIC = -0.75;

    private ResamplingLayers() {}

    /**
     * Along one axis, one of those that an element is worked out from: how far it is from the first, and its weight.
     */
    private record Near(long offset, double weight) {}

    static Values of(Resampling layer, Operands on) {
        Grid input = on.inputGrid();
        Grid output = on.outputGrid();
        int spatial = on.node().shape().rank() - 1;
        return index -> {
            int[] at = output.coordinates(index);
            List<List<Near>> axes = new ArrayList<>(spatial);
            for (int i = 0; i < spatial; i++) {
                int axis = Grid.axis(on.layout().spatialAxis(i));
                axes.add(
                        near(layer.interpolation(), at[axis], input.size(axis), output.size(axis), input.stride(axis)));
                at[axis] = 0;
            }
            return sum(on.input(), axes, 0, input.index(at));
        };
    }

    private static double sum(Values input, List<List<Near>> axes, int axis, long index) {
        if (axis == axes.size()) {
            return input.at(index);
        }
        double sum = 0;
        for (Near near : axes.get(axis)) {
            sum += near.weight * sum(input, axes, axis + 1, index + near.offset);
        }
        return sum;
    }

    /** Half-pixel coordinates: the middle of an element stands at its number and a half. Ends are repeated. */
    private static List<Near> near(Interpolation interpolation, int at, int in, int out, long stride) {
        if (interpolation == Interpolation.NEAREST) {
            return List.of(new Near((long) at * in / out * stride, 1));
        }
        double centre = (at + 0.5) * in / out - 0.5;
        int taps = interpolation.taps();
        long first = (long) Math.floor(centre) - taps / 2 + 1;
        List<Near> near = new ArrayList<>(taps);
        for (int i = 0; i < taps; i++) {
            double distance = Math.abs(centre - (first + i));
            double weight = interpolation == Interpolation.LINEAR ? Math.max(0, 1 - distance) : keys(distance);
            near.add(new Near(Math.clamp(first + i, 0, in - 1) * stride, weight));
        }
        return near;
    }

    /** The cubic kernel of Keys (1981) at a distance of up to 2. */
    private static double keys(double x) {
        return x <= 1
                ? ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1
                : x < 2 ? ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC : 0;
    }
}
