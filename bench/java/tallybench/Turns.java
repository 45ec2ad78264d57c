package tallybench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How contenders are timed: each is warmed up by itself, then they take turns, so that what slows the host meets all of
 * them, forwards and backwards, so that none always follows the same. Who has run is parked before the next one runs.
 */
final class Turns {
    private static final long STRETCH_NANOS = 15_000_000;
    private static final int FEWEST_RUNS = 3;

    /** Of code that has not run in this process: the compiler of the virtual machine needs some time for it. */
    private static final long NEW_CODE_NANOS = 300_000_000;

    /** Of code that another layer has warmed up. */
    private static final long KNOWN_CODE_NANOS = 60_000_000;

    /** If the rate is not steady by then, as on a host that is not quiet: so many times as long as at least. */
    private static final int LONGEST = 3;

    private static final int STEADY_WINDOWS = 3;
    private static final double STEADY = 0.02;

    /** The last round to the first where the compiler came late: the rounds are repeated. */
    private static final double FALLEN = 0.85;

    private static final int MOST_REPETITIONS = 3;

    private final int rounds;
    private final Set<String> warm = new HashSet<>();

    Turns(int rounds) {
        this.rounds = rounds;
    }

    /** {@return the contenders' times, in their order} */
    List<ConvolutionContender.Timed> take(List<ConvolutionContender> contenders) {
        for (ConvolutionContender contender : contenders) {
            warmUp(contender);
            contender.park();
        }
        List<List<Double>> medians = rounds(contenders);
        for (int again = 0; again < MOST_REPETITIONS && medians.stream().anyMatch(Turns::falls); again++) {
            medians = rounds(contenders);
        }
        List<ConvolutionContender.Timed> timed = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            timed.add(contenders.get(i).timed(medians.get(i)));
        }
        return timed;
    }

    private List<List<Double>> rounds(List<ConvolutionContender> contenders) {
        List<List<Double>> medians = new ArrayList<>();
        contenders.forEach(_ -> medians.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                int i = round % 2 == 0 ? turn : contenders.size() - 1 - turn;
                medians.get(i).add(stretch(contenders.get(i)));
                contenders.get(i).park();
            }
        }
        return medians;
    }

    /** Whether a contender was faster in the end than in the beginning, by so much that it was compiled meanwhile. */
    private static boolean falls(List<Double> medians) {
        return medians.getLast() < FALLEN * medians.getFirst();
    }

    /** Runs in windows until the last three of them took equally long. */
    private void warmUp(ConvolutionContender contender) {
        boolean compiledAhead = contender.name().equals(ConvolutionContender.OTHER);
        long least = compiledAhead || !warm.add(contender.kernel()) ? KNOWN_CODE_NANOS : NEW_CODE_NANOS;
        List<Double> windows = new ArrayList<>();
        long begin = System.nanoTime();
        long elapsed;
        do {
            windows.add(stretch(contender));
            elapsed = System.nanoTime() - begin;
        } while (elapsed < least || (!steady(windows) && elapsed < LONGEST * least));
    }

    private static boolean steady(List<Double> windows) {
        if (windows.size() < STEADY_WINDOWS) {
            return false;
        }
        List<Double> last = windows.subList(windows.size() - STEADY_WINDOWS, windows.size());
        return Collections.max(last) <= (1 + STEADY) * Collections.min(last);
    }

    /** {@return the median time of some runs after each other, in nanoseconds} */
    private static double stretch(ConvolutionContender contender) {
        double[] runs = new double[16];
        int count = 0;
        long begin = System.nanoTime();
        long before = begin;
        while (count < FEWEST_RUNS || before - begin < STRETCH_NANOS) {
            if (count == runs.length) {
                runs = Arrays.copyOf(runs, 2 * count);
            }
            contender.run();
            long after = System.nanoTime();
            runs[count++] = after - before;
            before = after;
        }
        return Medians.of(Arrays.copyOf(runs, count));
    }
}
