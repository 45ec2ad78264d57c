package dev.tally.engine.java;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.operator.AxisInterpolation;
import dev.tally.kernel.operator.AxisInterpolation.Taps;
import dev.tally.kernel.operator.Operator;
import dev.tally.network.Resampling.Interpolation;
import dev.tally.network.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Linear and cubic interpolation, one axis after the other, half-pixel coordinates. */
final class Interpolations {
    /** The constant of Keys' kernel that PyTorch and ONNX use. */
    private static final double CUBIC = -0.75;

    private Interpolations() {}

    /** Along those axes first that become shorter, so that nothing on the way is larger than both ends. */
    static Operator of(Interpolation interpolation, Step on) {
        Shape in = on.shape();
        Shape out = on.node().shape();
        List<Integer> order = IntStream.range(0, in.rank() - 1)
                .map(on.storage().layout()::spatialAxis)
                .boxed()
                .sorted(Comparator.comparingDouble(axis -> (double) out.size(axis) / in.size(axis)))
                .toList();
        List<Operator> steps = new ArrayList<>();
        Buffer from = on.input();
        Shape shape = in;
        for (int axis : order) {
            Shape next = shape.with(axis, out.size(axis));
            Buffer to = axis == order.getLast()
                    ? on.output()
                    : on.setting().workspace().allocate(on.storage().elements(next));
            steps.add(new AxisInterpolation(
                    from,
                    to,
                    Math.toIntExact(on.storage().outside(shape, axis)),
                    shape.size(axis),
                    Math.toIntExact(on.storage().strides(shape)[axis]),
                    taps(interpolation, shape.size(axis), next.size(axis)),
                    on.pool()));
            from = to;
            shape = next;
        }
        return () -> steps.forEach(Operator::run);
    }

    /** The middle of an element stands at its number and a half; the first and the last are repeated beyond. */
    private static Taps taps(Interpolation interpolation, int in, int out) {
        int count = interpolation.taps();
        int[][] places = new int[count][out];
        float[][] weights = new float[count][out];
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * in / out - 0.5;
            long first = (long) Math.floor(centre) - count / 2 + 1;
            for (int tap = 0; tap < count; tap++) {
                double distance = Math.abs(centre - (first + tap));
                places[tap][i] = Math.clamp(first + tap, 0, in - 1);
                weights[tap][i] =
                        (float) (interpolation == Interpolation.LINEAR ? Math.max(0, 1 - distance) : keys(distance));
            }
        }
        return new Taps(places, weights);
    }

    /** The cubic kernel of Keys (1981) at a distance of up to 2. */
    private static double keys(double x) {
        return x <= 1
                ? ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1
                : x < 2 ? ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC : 0;
    }
}
