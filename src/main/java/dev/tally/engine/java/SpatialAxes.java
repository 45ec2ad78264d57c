package dev.tally.engine.java;

import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.operator.Operator;
import dev.tally.network.Layout;
import dev.tally.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** What is done along each spatial axis by itself, with operators of three axes, whatever their number. */
final class SpatialAxes {
    /** No spatial axis: one that is not there, or several inner ones along which all is done. */
    static final int NONE = -1;

    private static final int THREE = 3;

    private SpatialAxes() {}

    /**
     * An axis of an operator.
     *
     * @param axis the ordinal of the layer's spatial axis, or {@link #NONE}: nothing happens along it
     */
    record Along(int axis, int in, int out) {}

    /** Makes an operator of three axes, the outermost first. */
    interface Stage {
        Operator make(Buffer from, Buffer to, int planes, Along[] axes);
    }

    /** {@return the innermost three axes, and then two at a time, with what is inside of them as the third} */
    static Operator byThree(Step on, Stage stage) {
        Layout layout = on.storage().layout();
        Shape in = on.shape();
        Shape out = on.node().shape();
        List<Operator> steps = new ArrayList<>();
        Buffer from = on.input();
        int inside = 1;
        int end = in.rank() - 1;
        do {
            boolean innermost = end == in.rank() - 1;
            int begin = Math.max(0, end - (innermost ? THREE : THREE - 1));
            Along[] axes = {new Along(NONE, 1, 1), new Along(NONE, 1, 1), new Along(NONE, inside, inside)};
            int last = innermost ? THREE : THREE - 1;
            for (int axis = begin; axis < end; axis++) {
                Along along = new Along(axis, layout.spatial(in, axis), layout.spatial(out, axis));
                axes[last - end + axis] = along;
                inside = Math.multiplyExact(inside, along.out);
            }
            int planes = on.planes();
            for (int axis = 0; axis < begin; axis++) {
                planes = Math.multiplyExact(planes, layout.spatial(in, axis));
            }
            Buffer to = begin == 0 ? on.output() : on.setting().workspace().allocate((long) planes * inside);
            steps.add(stage.make(from, to, planes, axes));
            from = to;
            end = begin;
        } while (end > 0);
        return steps.size() == 1 ? steps.getFirst() : () -> steps.forEach(Operator::run);
    }
}
