package dev.tally.planning.alternative;

import dev.tally.planning.Front;
import java.util.ArrayList;
import java.util.List;

/**
 * Which designs of a layer no other makes superfluous: none is as low in multiplies, parameters, peak memory and, where
 * that is known of all of them, time, and lower in one. The layer as it is counts too.
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

    /** {@return the marks of a layer's designs: first of the layer as it is, then of its alternatives in order} */
    public static List<Mark> of(TimedDesigns designs) {
        List<Part> parts =
                designs.layer().designs().stream().map(Contender::part).toList();
        List<Double> nanos = designs.nanosOfAll();
        List<double[]> costs = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            costs.add(costs(parts.get(i).figures(), nanos.isEmpty() ? 0 : nanos.get(i)));
        }
        List<Mark> marks = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            boolean onFront = true;
            boolean onCostFront = true;
            for (int j = 0; j < parts.size(); j++) {
                if (Front.dominates(costs.get(j), costs.get(i))) {
                    onCostFront = false;
                    onFront &= parts.get(j).narrowest() < parts.get(i).narrowest();
                }
            }
            marks.add(new Mark(onFront, onCostFront));
        }
        return marks;
    }

    private static double[] costs(Figures figures, double nanos) {
        return new double[] {figures.multiplies(), figures.parameters(), figures.peakActivationBytes(), nanos};
    }
}
