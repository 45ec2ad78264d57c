package tallybench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How contenders are timed: each is warmed up by itself, then they take turns, so that what slows the host meets all of
 * them, forwards and backwards, so that none always follows the same. Who has run is parked before the next one runs.
 */
final class Turns {
    private static final long STRETCH_NANOS = 15_000_000;
    private static final int FEWEST_RUNS = 3;

    private static final int STEADY_WINDOWS = 3;
    private static final double STEADY = 0.02;

    /** Of the time, that compiling takes of a core at most where nothing more than odds and ends is compiled. */
    private static final double IDLE = 0.1;

    /** The last round to the first where the compiler came late: the rounds are repeated. */
    private static final double FALLEN = 0.85;

    private static final int MOST_REPETITIONS = 3;

    private final int rounds;

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
                medians.get(i).add(stretch(contenders.get(i), STRETCH_NANOS));
                contenders.get(i).park();
            }
        }
        return medians;
    }

    /** Whether a contender was faster in the end than in the beginning, by so much that it was compiled meanwhile. */
    private static boolean falls(List<Double> medians) {
        return medians.getLast() < FALLEN * medians.getFirst();
    }

    /**
     * How long to warm up.
     *
     * @param windowNanos for how long the rate is looked at
     * @param leastNanos the least
     * @param enoughNanos enough though the rate is not steady, as on a host that is not quiet, if nothing is compiled
     * @param mostNanos the most
     */
    private record WarmUp(long windowNanos, long leastNanos, long enoughNanos, long mostNanos) {
        /** Of code that has not run before: first it runs interpreted, and at the end parts of it still may. */
        static final WarmUp NEW = new WarmUp(50_000_000, 300_000_000, 1_000_000_000, 5_000_000_000L);

        /** Of code that another layer has warmed up, or that is no bytecode. */
        static final WarmUp KNOWN = new WarmUp(STRETCH_NANOS, 60_000_000, 200_000_000, 300_000_000);
    }

    /** Runs in windows until the last three of them took equally long and the compiler had nothing to do meanwhile. */
    private static void warmUp(ConvolutionContender contender) {
        WarmUp warmUp = contender.isNewCode() ? WarmUp.NEW : WarmUp.KNOWN;
        List<Double> windows = new ArrayList<>();
        List<Long> compiling = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        long begin = System.nanoTime();
        long elapsed;
        do {
            compiling.add(CompilerThreads.busyNanos());
            ends.add(System.nanoTime());
            windows.add(stretch(contender, warmUp.windowNanos));
            elapsed = System.nanoTime() - begin;
        } while (elapsed < warmUp.mostNanos
                && (elapsed < warmUp.leastNanos
                        || !(steady(windows) || elapsed >= warmUp.enoughNanos)
                        || !idle(compiling, ends)));
    }

    private static boolean steady(List<Double> windows) {
        if (windows.size() < STEADY_WINDOWS) {
            return false;
        }
        List<Double> last = windows.subList(windows.size() - STEADY_WINDOWS, windows.size());
        return Collections.max(last) <= (1 + STEADY) * Collections.min(last);
    }

    private static boolean idle(List<Long> compiling, List<Long> at) {
        int since = Math.max(0, at.size() - STEADY_WINDOWS);
        long busy = CompilerThreads.busyNanos() - compiling.get(since);
        return busy <= IDLE * (System.nanoTime() - at.get(since));
    }

    /** {@return the median time of some runs after each other, in nanoseconds} */
    private static double stretch(ConvolutionContender contender, long nanos) {
        double[] runs = new double[16];
        int count = 0;
        long begin = System.nanoTime();
        long before = begin;
        while (count < FEWEST_RUNS || before - begin < nanos) {
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
