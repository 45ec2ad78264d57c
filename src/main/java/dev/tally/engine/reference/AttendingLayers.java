package dev.tally.engine.reference;

import dev.tally.engine.reference.SumsOfProducts.Filters;
import dev.tally.network.Attending;
import dev.tally.network.Attention;
import dev.tally.network.MultiHeadAttention;
import dev.tally.network.Shape;
import java.util.List;

/** Scaled dot product attention, with and without projections. */
final class AttendingLayers {
    private AttendingLayers() {}

    static Values of(Attending layer, Operands on) {
        Values first = on.inputs().getFirst();
        Values second = on.inputs().get(Math.min(1, on.inputs().size() - 1));
        Values third = on.inputs().getLast();
        return switch (layer) {
            case Attention _ -> heads(layer.sizes(on.node().inputs()), on.batch(), first, second, third);
            case MultiHeadAttention _ -> new Projected(layer, on, List.of(first, second, third));
        };
    }

    /**
     * {@return what the heads give, a position after the other, the heads' values side by side}
     *
     * <p>A row of the result is a position of a query; head h takes the h-th part of each one's features.
     */
    private static Rows heads(Attending.Sizes sizes, int batch, Values query, Values key, Values value) {
        long rows = batch * sizes.sequences() * sizes.queries();
        return new Rows(rows, sizes.heads() * sizes.valueDim(), row -> {
            long firstKey = (long) row / sizes.queries() * sizes.keys();
            double[] out = new double[sizes.heads() * sizes.valueDim()];
            for (int head = 0; head < sizes.heads(); head++) {
                double[] shares = shares(sizes, head, row, firstKey, query, key);
                for (int i = 0; i < sizes.keys(); i++) {
                    long from = ((firstKey + i) * sizes.heads() + head) * sizes.valueDim();
                    for (int d = 0; d < sizes.valueDim(); d++) {
                        out[head * sizes.valueDim() + d] += shares[i] * value.at(from + d);
                    }
                }
            }
            return out;
        });
    }

    /** {@return softmax(q·k / √d) of a query over all keys of its sequence} */
    private static double[] shares(Attending.Sizes sizes, int head, long row, long firstKey, Values query, Values key) {
        int length = sizes.keyDim();
        double[] q = new double[length];
        for (int d = 0; d < length; d++) {
            q[d] = query.at((row * sizes.heads() + head) * length + d) / Math.sqrt(length);
        }
        double[] shares = new double[sizes.keys()];
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            long from = ((firstKey + i) * sizes.heads() + head) * length;
            for (int d = 0; d < length; d++) {
                shares[i] += q[d] * key.at(from + d);
            }
            greatest = Math.max(greatest, shares[i]);
        }
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp(shares[i] - greatest);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /** Query, key, value and result are each projected: a position's projection is kept for all that ask for it. */
    private static final class Projected implements WholeValues {
        private final Operands on;
        private final Attending.Sizes sizes;
        private final SumsOfProducts query;
        private final SumsOfProducts key;
        private final SumsOfProducts value;
        private final Values points;

        Projected(Attending layer, Operands on, List<Values> inputs) {
            this.on = on;
            sizes = layer.sizes(on.node().inputs());
            List<Shape> roles = Attending.roles(on.node().inputs());
            query = projection("query", inputs.get(0), features(roles.get(0)), sizes.queries(), keyFeatures());
            key = projection("key", inputs.get(1), features(roles.get(1)), sizes.keys(), keyFeatures());
            value = projection("value", inputs.get(2), features(roles.get(2)), sizes.keys(), valueFeatures());
            points = output(heads(sizes, on.batch(), query.rows(), key.rows(), value.rows()));
        }

        private int keyFeatures() {
            return sizes.heads() * sizes.keyDim();
        }

        private int valueFeatures() {
            return sizes.heads() * sizes.valueDim();
        }

        private static int features(Shape shape) {
            return shape.size(shape.rank() - 1);
        }

        private SumsOfProducts output(Values heads) {
            return projection(
                    "output",
                    heads,
                    valueFeatures(),
                    sizes.queries(),
                    features(on.node().shape()));
        }

        private SumsOfProducts projection(String role, Values input, int from, int positions, int to) {
            Filters kernel = WeightedLayers.rows(on.learned(role + "Kernel"), from);
            long rows = on.batch() * sizes.sequences() * positions;
            return WeightedLayers.dense(input, rows, from, to, kernel, on.numbers(role + "Bias"));
        }

        @Override
        public double at(long index) {
            return points.at(index);
        }

        @Override
        public void fill(double[] out, Team team) {
            Values met = heads(sizes, on.batch(), whole(query, team), whole(key, team), whole(value, team));
            int rows = Math.toIntExact(on.batch() * sizes.sequences() * sizes.queries());
            output(Values.of(WholeValues.of(met, Math.multiplyExact(rows, valueFeatures()), team)))
                    .fill(out, team);
        }

        private static Values whole(SumsOfProducts projection, Team team) {
            return Values.of(WholeValues.of(projection, projection.elements(), team));
        }
    }
}
