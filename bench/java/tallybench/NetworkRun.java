package tallybench;

import dev.tally.engine.Engine;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.java.JavaEngine;
import dev.tally.host.Host;
import dev.tally.host.Pinning;
import dev.tally.tensor.AxisOrder;
import dev.tally.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A ready network by Tally's own engine, as another process asks for it: it answers {@code run SECONDS} and
 * {@code output FILE} with a line of JSON each, until its input ends. Between them it does nothing. The protocol is
 * that of {@code bench/networks/worker.py}.
 */
final class NetworkRun {
    private static final long WARM_UP_NANOS = 1_000_000_000;
    private static final long MOST_WARM_UP_NANOS = 30_000_000_000L;
    private static final int WARM_UP_RUNS = 10;

    /** How long the compiler has to have had nothing to do before the network counts as warm. */
    private static final long QUIET_NANOS = 500_000_000;

    /** Of that time, what odds and ends may take of a core. */
    private static final double IDLE = 0.1;

    /** Of a turn, what is run before it and not timed: caches and clock are as others have left them. */
    private static final double LEAD = 0.2;

    private final PreparedNetwork prepared;
    private final ReadyTask task;

    private NetworkRun(PreparedNetwork prepared, ReadyTask task) {
        this.prepared = prepared;
        this.task = task;
    }

    public static void main(String[] arguments) throws IOException, UnsupportedNetworkException {
        if (arguments.length != 2) {
            System.err.println("usage: NetworkRun NETWORK THREADS");
            System.exit(2);
            return;
        }
        int threads = Integer.parseInt(arguments[1]);
        List<Integer> processors = Pinning.allowedCpus();
        if (processors.size() < threads) {
            throw new IllegalStateException("expected " + threads + " cores to keep threads on, got " + processors);
        }
        ReadyTask task = ReadyTask.named(arguments[0]);
        Engine engine =
                new JavaEngine(processors.subList(0, threads), JavaEngine.WORKSPACE_BYTES, JavaEngine.COMPILING);
        try (Pinning _ = Pinning.to(processors.getFirst());
                Arena arena = Arena.ofShared();
                PreparedNetwork prepared = engine.prepare(task.assignment(threads, arena))) {
            NetworkRun run = new NetworkRun(prepared, task);
            run.warmUp();
            System.out.printf(
                    Locale.ROOT,
                    "{\"version\": \"JDK %s\", \"kernel\": \"%s\"}%n",
                    Host.current().description().jdk(),
                    prepared.kernel());
            run.answer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private void answer(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "run" -> run(Double.parseDouble(words[1]));
                case "output" -> output(Path.of(words[1]));
                default -> throw new IllegalArgumentException("expected run or output, got " + line);
            }
        }
    }

    private void run(double seconds) {
        long nanos = (long) (seconds * 1e9);
        times((long) (LEAD * nanos), 1);
        double[] millis = times(nanos, 3);
        prepared.park();
        double minimum = Arrays.stream(millis).min().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "{\"count\": %d, \"median\": %.5f, \"minimum\": %.5f}%n",
                millis.length,
                Medians.of(millis),
                minimum);
    }

    private void output(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Tensor output = prepared.read(List.of(task.output()), arena).get(task.output());
            if (output == null) {
                throw new IllegalStateException("no output");
            }
            List<Integer> declared =
                    IntStream.rangeClosed(0, output.shape().rank()).boxed().toList();
            AxisOrder order = new AxisOrder(output.batch(), output.shape(), declared);
            ReadyTask.write(output, order, file);
        }
        prepared.park();
        System.out.println("{}");
    }

    /** Until its code is compiled: the compiler is let finish what it has in hand. */
    private void warmUp() {
        long begin = System.nanoTime();
        times(WARM_UP_NANOS, WARM_UP_RUNS);
        boolean quiet = false;
        while (!quiet && System.nanoTime() - begin < MOST_WARM_UP_NANOS) {
            long since = System.nanoTime();
            long busy = CompilerThreads.busyNanos();
            times(QUIET_NANOS, 1);
            quiet = CompilerThreads.busyNanos() - busy <= IDLE * (System.nanoTime() - since);
        }
        prepared.park();
    }

    /** {@return how long runs took for about so long, and at least so many, in milliseconds} */
    private double[] times(long nanos, int fewest) {
        double[] millis = new double[64];
        int count = 0;
        long begin = System.nanoTime();
        long before = begin;
        while (count < fewest || before - begin < nanos) {
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
            }
            prepared.run();
            long after = System.nanoTime();
            millis[count++] = (after - before) / 1e6;
            before = after;
        }
        return Arrays.copyOf(millis, count);
    }
}
