package dev.tally.onnx;

import dev.tally.network.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

    /**
     * {@return the spatial axes of such a value, in an order in which it becomes another one after the other and is
     * never larger than it was or will be}
     */
    List<Integer> shrinkingFirst(List<Long> from, List<Long> to) {
        return IntStream.range(2, from.size())
                .boxed()
                .sorted(Comparator.comparing(axis -> to.get(axis) > from.get(axis)))
                .toList();
    }

    /**
     * {@return such a value with more elements before and after each spatial axis, all of one number}
     *
     * <p>The axes are named: ONNX Runtime then does not make the padding part of a pool behind it, of which some have
     * more than it allows itself. And all of them, in order: where it moves a transposition past a padding, it reorders
     * the numbers of elements as if no axes were named.
     */
    String pad(String value, List<Long> before, List<Long> after, double filling) {
        List<Long> pads = new ArrayList<>(List.of(0L, 0L));
        pads.addAll(before);
        pads.addAll(List.of(0L, 0L));
        pads.addAll(after);
        List<Integer> axes = IntStream.range(0, 2 + before.size()).boxed().toList();
        return draft.add(
                "Pad",
                List.of(value, draft.constant(pads), draft.scalar(filling), draft.constant(axes)),
                Attributes.of("mode", "constant"));
    }
}
