package dev.tally.planning;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far two figures put the same things in one order, whatever the distances between them: 1 in the same order, 0 in
 * none that has to do with each other, -1 in the reverse one.
 *
 * @param n how many things there are
 * @param spearman C. Spearman's rho: the correlation of the ranks (1904); things that are equal share their mean rank
 * @param kendall M. G. Kendall's tau-b: pairs in the same order less pairs in the reverse one, over the geometric mean
 *     of the numbers of pairs that either figure tells apart (1945)
 */
public record RankCorrelation(int n, double spearman, double kendall) {
    /**
     * {@return the correlation of two figures; empty with fewer than two things, or where all are equal in one figure}
     * Takes n log n steps, Kendall's by W. R. Knight's method (J. Am. Stat. Assoc. 61, 1966).
     *
     * @param first one figure of each thing
     * @param second the other, in the same order
     */
    public static Optional<RankCorrelation> of(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException("expected as many of the second figure as of the first, " + first.length
                    + ", got " + second.length);
        }
        int n = first.length;
        int[] firstRanks = twiceRanks(first);
        int[] secondRanks = twiceRanks(second);
        if (n < 2 || isConstant(firstRanks) || isConstant(secondRanks)) {
            return Optional.empty();
        }
        return Optional.of(new RankCorrelation(n, spearman(firstRanks, secondRanks), kendall(firstRanks, secondRanks)));
    }

    /** {@return for each number twice its rank from 1 on, which is an integer too where equal ones share the mean} */
    private static int[] twiceRanks(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int[] ranks = new int[sorted.length];
        for (int begin = 0, end = 0; begin < sorted.length; begin = end) {
            while (end < sorted.length && Double.compare(sorted[begin], sorted[end]) == 0) {
                end++;
            }
            // The mean of begin + 1 to end.
            Arrays.fill(ranks, begin, end, begin + 1 + end);
        }
        return Arrays.stream(numbers)
                .mapToInt(number -> ranks[Arrays.binarySearch(sorted, number)])
                .toArray();
    }

    private static boolean isConstant(int[] ranks) {
        return Arrays.stream(ranks).allMatch(rank -> rank == ranks[0]);
    }

    private static double spearman(int[] first, int[] second) {
        int mean = first.length + 1;
        double products = 0;
        double firstSquares = 0;
        double secondSquares = 0;
        for (int i = 0; i < first.length; i++) {
            double a = first[i] - mean;
            double b = second[i] - mean;
            products += a * b;
            firstSquares += a * a;
            secondSquares += b * b;
        }
        return products / Math.sqrt(firstSquares * secondSquares);
    }

    private static double kendall(int[] first, int[] second) {
        long[] pairs = new long[first.length];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (long) first[i] << Integer.SIZE | second[i];
        }
        Arrays.sort(pairs);
        // Where the first figure ties, the second ascends: such pairs are no exchanges.
        int[] bySecond = Arrays.stream(pairs).mapToInt(pair -> (int) pair).toArray();
        long reversed = exchanges(bySecond, new int[bySecond.length], 0, bySecond.length);
        long all = pairsOf(pairs.length);
        long tiedInFirst = ties(Arrays.stream(first).asLongStream().sorted().toArray());
        long tiedInSecond = ties(Arrays.stream(second).asLongStream().sorted().toArray());
        long ordered = all - tiedInFirst - tiedInSecond + ties(pairs);
        return (ordered - 2.0 * reversed) / Math.sqrt((double) (all - tiedInFirst) * (all - tiedInSecond));
    }

    private static long pairsOf(long things) {
        return things * (things - 1) / 2;
    }

    private static long ties(long[] sorted) {
        long ties = 0;
        for (int begin = 0, end = 0; begin < sorted.length; begin = end) {
            while (end < sorted.length && sorted[begin] == sorted[end]) {
                end++;
            }
            ties += pairsOf(end - begin);
        }
        return ties;
    }

    /** Sorts a part by merging; {@return how many pairs of neighbours a bubble sort would exchange} */
    private static long exchanges(int[] ranks, int[] room, int begin, int end) {
        if (end - begin < 2) {
            return 0;
        }
        int middle = (begin + end) >>> 1;
        long exchanges = exchanges(ranks, room, begin, middle) + exchanges(ranks, room, middle, end);
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            if (right == end || (left < middle && ranks[left] <= ranks[right])) {
                room[i] = ranks[left++];
            } else {
                exchanges += middle - left;
                room[i] = ranks[right++];
            }
        }
        System.arraycopy(room, begin, ranks, begin, end - begin);
        return exchanges;
    }
}
