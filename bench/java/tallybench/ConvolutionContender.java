package tallybench;

import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A layer made ready on an engine, by an algorithm, whose output has been checked. */
final class ConvolutionContender implements AutoCloseable {
    /** Tally by an algorithm of its own choice. */
    static final String BEST = "best";

    /** Tally by the plain definition, but fast. */
    static final String DIRECT = "direct";

    /** What it is compared with. */
    static final String OTHER = "onnxruntime";

    private static final ClassLoadingMXBean CLASSES = ManagementFactory.getClassLoadingMXBean();

    private static final Pattern WINOGRAD = Pattern.compile("winograd-(\\d+)x(\\d+)");
    private static final int LARGE_TILE = 5;
    private static final double DIRECT_LIMIT = 5e-6;
    private static final double WINOGRAD_LIMIT = 2e-5;
    private static final double LARGE_TILE_LIMIT = 5e-5;

    private final String name;
    private final PreparedNetwork prepared;
    private final String kernel;
    private final double error;
    private final boolean newCode;

    /**
     * Prepares a layer and checks what it gives.
     *
     * @throws UnsupportedNetworkException if the engine, or the algorithm, cannot run it
     * @throws IllegalStateException if it gives something else than is expected
     */
    ConvolutionContender(String name, Engine engine, Assignment assignment, ExpectedOutput expected)
            throws UnsupportedNetworkException {
        this.name = name;
        long classes = CLASSES.getTotalLoadedClassCount();
        this.prepared = engine.prepare(assignment);
        boolean complete = false;
        try (Arena arena = Arena.ofConfined()) {
            Collection<Source> outputs = assignment.network().outputs();
            Map<Source, Tensor> read = prepared.read(outputs, arena);
            this.newCode = CLASSES.getTotalLoadedClassCount() > classes;
            this.kernel = prepared.kernel();
            this.error = expected.error(read.values().iterator().next());
            double limit = limit(kernel);
            if (!(error <= limit)) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "%s by %s, %s: expected an error of at most %.0e of the largest value, got %.2e",
                        assignment.network().nodes(),
                        name,
                        kernel,
                        limit,
                        error));
            }
            prepared.park();
            complete = true;
        } finally {
            if (!complete) {
                prepared.close();
            }
        }
    }

    /** {@return the largest error that a kernel may have: larger tiles of Winograd's algorithm cancel more} */
    private static double limit(String kernel) {
        double limit = DIRECT_LIMIT;
        Matcher winograd = WINOGRAD.matcher(kernel);
        while (winograd.find()) {
            int tile = Math.max(Integer.parseInt(winograd.group(1)), Integer.parseInt(winograd.group(2)));
            limit = Math.max(limit, tile < LARGE_TILE ? WINOGRAD_LIMIT : LARGE_TILE_LIMIT);
        }
        return limit;
    }

    /** {@return what it is called: {@value #BEST}, {@value #OTHER} or the algorithm} */
    String name() {
        return name;
    }

    String kernel() {
        return kernel;
    }

    /** {@return whether classes were made for it, whose code has to be compiled yet} */
    boolean isNewCode() {
        return newCode;
    }

    void run() {
        prepared.run();
    }

    /** Ends what would go on spinning and disturb who runs next. */
    void park() {
        prepared.park();
    }

    Timed timed(List<Double> roundNanos) {
        return new Timed(name, kernel, error, roundNanos);
    }

    @Override
    public void close() {
        prepared.close();
    }

    /**
     * How long it took.
     *
     * @param name the contender's
     * @param kernel which code ran
     * @param error its largest error, relative to the largest value expected
     * @param roundNanos the median of each round's stretch of runs, in nanoseconds
     */
    record Timed(String name, String kernel, double error, List<Double> roundNanos) {
        double medianNanos() {
            return Medians.of(roundNanos);
        }

        /** {@return how many times longer it took than another, round by round} */
        List<Double> timesLongerThan(Timed other) {
            return Medians.ratios(roundNanos, other.roundNanos);
        }
    }
}
