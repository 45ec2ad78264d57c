package dev.tally.analysis;

import dev.tally.analysis.Reach.Moving;
import dev.tally.analysis.Reach.Unknown;
import dev.tally.network.MatMul;
import dev.tally.network.Shape;

/** With which axis of a layer's output elements move that moved along an axis of an input. */
final class AxisMoves {
    private AxisMoves() {}

    /** Broadcasting: axes are aligned at the last; an element that is repeated sees the same everywhere. */
    static Reach stretch(Moving moving, Shape input, Shape output) {
        int axis = moving.axis() + output.rank() - input.rank();
        return input.size(moving.axis()) == output.size(axis) ? moving.along(axis) : moving.fixed();
    }

    /**
     * Rows move with the first input, columns with the second; what is summed over is seen whole.
     *
     * @param index which input it is
     */
    static Reach multiply(Moving moving, MatMul product, int index, Shape input, Shape output) {
        int rank = input.rank();
        int axis = moving.axis();
        if (axis == (index == 0 || product.transposeSecond() ? rank - 1 : rank - 2)) {
            return Reach.WHOLE;
        }
        return axis >= rank - 2 ? moving.along(output.rank() - (index == 0 ? 2 : 1)) : stretch(moving, input, output);
    }

    /**
     * An axis survives where as many elements stand before it and it is as long. Otherwise it is mixed into those whose
     * steps are neither multiples of its length nor together a divisor of its step.
     */
    static Reach reshape(Moving moving, Shape input, Shape output) {
        int size = input.size(moving.axis());
        long before = input.elementsBefore(moving.axis());
        long length = input.elements() / before;
        int mixed = 0;
        for (int axis = 0; axis < output.rank(); axis++) {
            long otherBefore = output.elementsBefore(axis);
            long otherLength = output.elements() / otherBefore;
            if (otherBefore == before && output.size(axis) == size) {
                return moving.along(axis);
            }
            boolean apart = otherLength / output.size(axis) % length == 0 || length / size % otherLength == 0;
            mixed |= apart || output.size(axis) == 1 ? 0 : 1 << axis;
        }
        return size == 1 ? moving.fixed() : new Unknown(mixed);
    }
}
