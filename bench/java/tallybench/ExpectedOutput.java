package tallybench;

import dev.tally.engine.reference.ReferenceLayers;
import dev.tally.engine.reference.Values;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** What a network's output is at some points, in double precision. */
final class ExpectedOutput {
    private static final int MOST_POINTS = 4096;
    private static final int FEWEST_POINTS = 256;

    /** Of all points together; more would take longer than the timing. */
    private static final long MOST_PRODUCTS = 8_000_000;

    private final long[] points;
    private final double[] values;
    private final double largest;

    private ExpectedOutput(long[] points, Values output) {
        this.points = points;
        this.values = LongStream.of(points).mapToDouble(output::at).toArray();
        double most = 0;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
        }
        this.largest = most;
    }

    /** {@return the output of a network's last layer: of all elements, or of some thousands of them} */
    static ExpectedOutput of(Network network, Map<Input, Tensor> inputs, Weights weights) {
        Map<Source, Values> known = new HashMap<>();
        inputs.forEach((input, tensor) -> known.put(input, Values.of(tensor)));
        Node last = network.nodes().getLast();
        for (Node node : network.nodes()) {
            Values values = ReferenceLayers.of(
                    node, network, node.from().stream().map(known::get).toList(), weights);
            known.put(node, node == last ? values : whole(values, node));
        }
        return new ExpectedOutput(points(last), known.get(last));
    }

    /** What a later layer reads many times is worked out once. */
    private static Values whole(Values values, Node node) {
        return Values.of(LongStream.range(0, node.shape().elements())
                .mapToDouble(values::at)
                .toArray());
    }

    private static long[] points(Node node) {
        long elements = node.shape().elements();
        long terms = node.weights().getFirst().shape().elements()
                / node.weights().getFirst().shape().size(0);
        long most = Math.clamp(MOST_PRODUCTS / terms, FEWEST_POINTS, MOST_POINTS);
        if (elements <= most) {
            return LongStream.range(0, elements).toArray();
        }
        SplittableRandom random = new SplittableRandom(elements);
        // The first and the last too, at the edges of everything.
        return LongStream.concat(LongStream.of(0, elements - 1), random.longs(most - 2, 0, elements))
                .toArray();
    }

    /** {@return the largest error of an output at these points, relative to the largest value expected there} */
    double error(Tensor got) {
        double most = 0;
        for (int i = 0; i < points.length; i++) {
            double error = Math.abs(got.at(points[i]) - values[i]);
            most = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(most, error);
        }
        return most / largest;
    }
}
