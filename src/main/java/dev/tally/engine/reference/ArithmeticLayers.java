package dev.tally.engine.reference;

import dev.tally.engine.EngineException;
import dev.tally.engine.reference.PoolingLayers.Met;
import dev.tally.network.Elementwise;
import dev.tally.network.Embedding;
import dev.tally.network.GatedLinearUnit;
import dev.tally.network.MatMul;
import dev.tally.network.ParametricRelu;
import dev.tally.network.Reduce;
import dev.tally.network.Shape;
import dev.tally.tensor.FloatValues;
import java.util.ArrayList;
import java.util.List;

/** Layers that bring elements of one tensor, or of several, together by arithmetic. */
final class ArithmeticLayers {
    private ArithmeticLayers() {}

    static Values elementwise(Elementwise layer, Operands on) {
        Grid output = on.outputGrid();
        List<Values> stretched = new ArrayList<>();
        for (int i = 0; i < on.inputs().size(); i++) {
            Values input = on.inputs().get(i);
            Shape shape = on.node().inputs().get(i);
            Grid grid = new Grid(on.batch(), shape);
            stretched.add(
                    shape.equals(on.node().shape())
                            ? input
                            : index -> input.at(grid.stretched(output.coordinates(index))));
        }
        return index -> {
            double combined = stretched.getFirst().at(index);
            for (int i = 1; i < stretched.size(); i++) {
                combined = combine(layer.operator(), combined, stretched.get(i).at(index));
            }
            return combined;
        };
    }

    private static double combine(Elementwise.Operator operator, double one, double other) {
        return switch (operator) {
            case ADD -> one + other;
            case SUBTRACT -> one - other;
            case MULTIPLY -> one * other;
            case DIVIDE -> one / other;
        };
    }

    static Values product(MatMul layer, Operands on) {
        Grid output = on.outputGrid();
        Grid left = new Grid(on.batch(), on.node().inputs().getFirst());
        Grid right = new Grid(on.batch(), on.node().inputs().getLast());
        Values first = on.inputs().getFirst();
        Values second = on.inputs().getLast();
        int terms = layer.terms(on.node().input());
        int along = right.rank() - (layer.transposeSecond() ? 1 : 2);
        return index -> {
            int[] at = output.coordinates(index);
            int column = at[at.length - 1];
            at[at.length - 1] = 0;
            long row = left.stretched(at);
            at[at.length - 2] = layer.transposeSecond() ? column : 0;
            at[at.length - 1] = layer.transposeSecond() ? 0 : column;
            long other = right.stretched(at);
            double sum = 0;
            for (int i = 0; i < terms; i++) {
                sum += first.at(row + i) * second.at(other + i * right.stride(along));
            }
            return sum;
        };
    }

    static Values reduce(Reduce layer, Operands on) {
        Grid input = on.inputGrid();
        Grid output = on.outputGrid();
        boolean[] reduced = layer.reduced(on.node().input(), on.layout());
        return index -> {
            int[] at = output.coordinates(index);
            int[] from = new int[input.rank()];
            int[] to = new int[input.rank()];
            from[0] = at[0];
            to[0] = at[0] + 1;
            int next = 1;
            for (int i = 0; i < reduced.length; i++) {
                int axis = Grid.axis(i);
                from[axis] = reduced[i] ? 0 : at[next];
                to[axis] = reduced[i] ? input.size(axis) : at[next] + 1;
                next += reduced[i] && !layer.keepDimensions() ? 0 : 1;
            }
            Met met = new Met();
            input.each(from, to, place -> met.add(on.input().at(place)));
            return switch (layer.operator()) {
                case MEAN -> met.mean();
                case SUM -> met.sum();
                case MAXIMUM -> met.greatest();
            };
        };
    }

    static Values parametricRelu(ParametricRelu layer, Operands on) {
        Learned slope = on.numbers("slope");
        return index -> {
            double x = on.input().at(index);
            return x > 0 ? x : x * slope.at(layer.perChannel() ? on.channel(index) : 0);
        };
    }

    static Values gated(GatedLinearUnit layer, Operands on) {
        Grid input = on.inputGrid();
        Grid output = on.outputGrid();
        int axis = Grid.axis(layer.axis().index(on.node().input(), on.layout()));
        long gate = output.size(axis) * input.stride(axis);
        return index -> {
            long first = input.index(output.coordinates(index));
            return on.input().at(first) * Functions.sigmoid(on.input().at(first + gate));
        };
    }

    static Values embedding(Embedding layer, Operands on) {
        FloatValues table = on.learned("table");
        return index -> {
            long entry = Math.round(on.input().at(index / layer.units()));
            if (entry < 0 || entry >= layer.vocabulary()) {
                throw new EngineException(on.node().name() + " expected a number from 0 to " + (layer.vocabulary() - 1)
                        + " to look up, got " + entry);
            }
            return table.at(entry * layer.units() + index % layer.units());
        };
    }
}
