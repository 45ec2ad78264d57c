package dev.tally.onnx;

import dev.tally.network.Layout;
import java.util.List;

/** Values as ONNX's image operators take them: batch, channels, then the spatial axes. */
record Images(GraphDraft draft, Layout layout) {
    /** {@return the order of such a value of a shape with so many axes} */
    List<Integer> order(int rank) {
        return Operand.channelsFirst(rank, layout.channelAxis(rank));
    }

    /** {@return the value in that order} */
    Operand of(Operand operand) {
        return draft.arrange(operand, order(operand.rank()));
    }
}
