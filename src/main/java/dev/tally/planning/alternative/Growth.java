package dev.tally.planning.alternative;

import dev.tally.planning.Figure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a figure grows with a bottleneck's width: by the same for each channel. It pays as long as that is less in all
 * than what the layer costs for whose place it is.
 *
 * @param figure the figure
 * @param saved what the layer costs, less what the alternative costs whatever its width; what both cost is left out
 * @param terms what the alternative costs for each channel of its width, as sums of products
 */
record Growth(Figure figure, long saved, List<Term> terms) {
    Growth {
        terms = List.copyOf(terms);
    }

    /**
     * Part of what a channel costs: a product times a sum.
     *
     * @param factors may be none, which is 1
     * @param sum at least one, of which those that are 0 are not written
     */
    record Term(List<Integer> factors, List<Long> sum) {
        Term {
            factors = List.copyOf(factors);
            sum = List.copyOf(sum);
        }

        /** {@return a product} */
        static Term product(List<Integer> factors) {
            return new Term(factors, List.of());
        }

        long value() {
            long value = sum.isEmpty() ? 1 : sum.stream().reduce(0L, Math::addExact);
            for (int factor : factors) {
                value = Math.multiplyExact(value, factor);
            }
            return value;
        }

        private String text() {
            List<String> summands = sum.stream()
                    .filter(summand -> summand != 0)
                    .map(String::valueOf)
                    .toList();
            String added = String.join(" + ", summands);
            String bracketed = summands.size() > 1 && !factors.isEmpty() ? "(" + added + ")" : added;
            return Stream.concat(factors.stream().map(String::valueOf), Stream.of(bracketed))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("·"));
        }
    }

    /**
     * {@return the cost of a channel}
     *
     * @throws ArithmeticException if it is over 2^63-1
     */
    long slope() {
        return terms.stream().map(Term::value).reduce(0L, Math::addExact);
    }

    /** {@return the greatest width at which the alternative has less of the figure than the layer; 0 if none has} */
    int breakEven() {
        return saved < 1 ? 0 : Math.toIntExact((saved - 1) / slope());
    }

    /** {@return how that comes about, with its sizes: {@code 120,422,400 ÷ (28·28·192 + 28·28·5·5·32) = 154.8}} */
    String formula() {
        long slope = slope();
        long whole = Math.floorDiv(saved, slope);
        long tenth = (saved - whole * slope) * 10 / slope;
        String quotient = saved == whole * slope ? "" + whole : whole + "." + tenth;
        return String.format(Locale.ROOT, "%,d", saved)
                + " ÷ ("
                + terms.stream().map(Term::text).collect(Collectors.joining(" + "))
                + ") = "
                + quotient;
    }
}
