package dev.tally.planning.alternative;

import dev.tally.planning.Front;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Which designs of a layer no other makes superfluous: none is as low in multiplies, parameters, peak memory and, where
 * both are known, time, and lower in one. The layer as it is counts too.
 *
 * <p>Of bottlenecks the narrowest always wins that: none of these figures says what a narrow one gives up. So there are
 * two fronts, and on the other a design makes only those superfluous that are no wider at their narrowest (decision
 * 0017).
 */
public final class Fronts {
    private Fronts() {}

    /**
     * On which fronts a design is.
     *
     * @param onFront whether nothing that is as wide at its narrowest makes it superfluous
     * @param onCostFront whether nothing at all does
     */
    public record Mark(boolean onFront, boolean onCostFront) {}

    /**
     * {@return the marks of a layer's designs: first of the layer as it is, then of its alternatives in order}
     *
     * @param nanos what is known of a design's time
     */
    public static List<Mark> of(LayerAlternatives layer, Function<Part, OptionalDouble> nanos) {
        List<Part> parts = new ArrayList<>();
        parts.add(layer.original());
        layer.alternatives().forEach(alternative -> parts.add(alternative.part()));
        List<OptionalDouble> times = parts.stream().map(nanos).toList();
        List<Mark> marks = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            boolean onFront = true;
            boolean onCostFront = true;
            for (int j = 0; j < parts.size(); j++) {
                boolean timed = times.get(i).isPresent() && times.get(j).isPresent();
                if (Front.dominates(
                        costs(parts.get(j), times.get(j), timed), costs(parts.get(i), times.get(i), timed))) {
                    onCostFront = false;
                    onFront &= parts.get(j).narrowest() < parts.get(i).narrowest();
                }
            }
            marks.add(new Mark(onFront, onCostFront));
        }
        return marks;
    }

    private static double[] costs(Part part, OptionalDouble nanos, boolean timed) {
        Figures figures = part.figures();
        return new double[] {
            figures.multiplies(), figures.parameters(), figures.peakActivationBytes(), timed ? nanos.orElseThrow() : 0
        };
    }
}
