package tallybench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tallybench.ConvolutionContender.Timed;

/**
 * A layer's times.
 *
 * @param layer the layer
 * @param timed of Tally by its own choice, by each algorithm that was asked for and applies, and of ONNX Runtime
 */
record ConvolutionResult(ConvolutionLayer layer, List<Timed> timed) {
    /** {@return a contender's times; empty where it cannot run the layer} */
    Optional<Timed> of(String name) {
        return timed.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    Timed best() {
        return of(ConvolutionContender.BEST).orElseThrow();
    }

    Timed other() {
        return of(ConvolutionContender.OTHER).orElseThrow();
    }

    /** {@return Tally by each algorithm} */
    List<Timed> algorithms() {
        return timed.stream()
                .filter(each -> !Set.of(ConvolutionContender.BEST, ConvolutionContender.OTHER)
                        .contains(each.name()))
                .toList();
    }

    /** {@return ONNX Runtime's time to a contender's, round by round} */
    List<Double> ratios(Timed contender) {
        return other().timesLongerThan(contender);
    }

    /** {@return ONNX Runtime's time to a contender's: the median of the rounds; empty where there is none} */
    Optional<Double> ratio(String name) {
        return of(name).map(contender -> Medians.of(ratios(contender)));
    }

    /** {@return the time of what Tally chose to that of its fastest algorithm, 1 where it chose that} */
    double lost() {
        return algorithms().stream()
                .map(algorithm -> Medians.of(best().timesLongerThan(algorithm)))
                .max(Comparator.naturalOrder())
                .map(most -> Math.max(1, most))
                .orElse(1.0);
    }

    /** {@return the same times, of a layer that does the same work in another set} */
    ConvolutionResult of(ConvolutionLayer other) {
        return new ConvolutionResult(other, timed);
    }
}
