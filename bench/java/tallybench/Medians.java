package tallybench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Medians and quartiles. */
final class Medians {
    private Medians() {}

    static double of(List<Double> values) {
        return of(sorted(values));
    }

    /** {@return the median of numbers that are sorted by this} */
    static double of(double[] values) {
        Arrays.sort(values);
        return quantile(values, 0.5);
    }

    /** {@return half of the distance between the quartiles, relative to the median} */
    static double spread(List<Double> values) {
        double[] sorted = sorted(values);
        return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2 / quantile(sorted, 0.5);
    }

    /** {@return the quotients of the values at the same places} */
    static List<Double> ratios(List<Double> over, List<Double> under) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < over.size(); i++) {
            ratios.add(over.get(i) / under.get(i));
        }
        return ratios;
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
