package tallybench;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The geometric mean over layers, each as often as it occurs. */
final class GeometricMean {
    private GeometricMean() {}

    /** {@return the mean of a figure over the layers that have it} */
    static double of(List<ConvolutionResult> results, Function<ConvolutionResult, Optional<Double>> figure) {
        double logarithms = 0;
        int count = 0;
        for (ConvolutionResult result : results) {
            Optional<Double> value = figure.apply(result);
            if (value.isPresent()) {
                logarithms += result.layer().occurrences() * Math.log(value.get());
                count += result.layer().occurrences();
            }
        }
        return Math.exp(logarithms / count);
    }
}
