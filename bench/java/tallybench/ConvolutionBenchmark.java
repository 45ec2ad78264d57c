package tallybench;

import dev.tally.engine.Algorithm;
import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineStatus;
import dev.tally.engine.Precision;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.engine.java.JavaEngine;
import dev.tally.engine.onnxruntime.OnnxRuntime;
import dev.tally.engine.onnxruntime.OnnxRuntimeCpu;
import dev.tally.host.Host;
import dev.tally.host.HostDescription;
import dev.tally.host.Peak;
import dev.tally.host.Pinning;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions by Tally's own kernels and by ONNX Runtime, layer by layer, each in the layout that both take and give:
 * channels first. Outputs are compared with the reference before anything is timed; then the contenders run in turns in
 * one process on threads kept on their cores.
 */
final class ConvolutionBenchmark {
    /** Loops without vectors, for what nothing else computes: seconds for a large layer. */
    private static final String PLAIN = "plain";

    private static final Weights WEIGHTS = new SeededWeights(SeededWeights.SEED);

    private final ConvolutionOptions options;
    private final Engine tally;
    private final Engine other;
    private final Turns turns;
    private final Map<String, ExpectedOutput> expected = new HashMap<>();

    private ConvolutionBenchmark(ConvolutionOptions options, List<Integer> processors) {
        this.options = options;
        this.tally = new JavaEngine(processors, JavaEngine.WORKSPACE_BYTES, JavaEngine.COMPILING);
        this.other = new OnnxRuntimeCpu(() -> OnnxRuntime.load(null), options.optimization(), processors);
        this.turns = new Turns(options.rounds());
    }

    public static void main(String[] arguments) throws IOException, UnsupportedNetworkException {
        List<Integer> processors = Pinning.allowedCpus();
        if (List.of(arguments).contains("--help")) {
            System.out.println(ConvolutionOptions.USAGE);
            return;
        }
        ConvolutionOptions options;
        try {
            options = ConvolutionOptions.of(arguments, Runtime.getRuntime().availableProcessors());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + ConvolutionOptions.USAGE);
            System.exit(2);
            return;
        }
        ConvolutionBenchmark benchmark = new ConvolutionBenchmark(options, processors);
        benchmark.describe();
        if (processors.isEmpty()) {
            System.out.println("threads cannot be kept on their cores here");
            benchmark.run();
        } else {
            try (Pinning _ = Pinning.to(processors.getFirst())) {
                benchmark.run();
            }
        }
    }

    private void describe() {
        HostDescription host = Host.current().description();
        System.out.printf(
                Locale.ROOT, "host  %s, %s, cores: %d%n", host.processor(), host.operatingSystem(), host.cores());
        System.out.printf(
                Locale.ROOT,
                "JDK   %s%s%n",
                host.jdk(),
                host.withoutVectors() == null ? "" : "; no vectors: " + host.withoutVectors());
        for (int threads : options.threads()) {
            Peak peak = Host.current().remeasuredPeak(threads);
            System.out.printf(
                    Locale.ROOT,
                    "peak  %.0f GFLOP/s, threads: %d, %s%n",
                    peak.flopsPerSecond() / 1e9,
                    peak.threads(),
                    peak.how());
            if (threads > host.cores()) {
                System.out.printf(
                        Locale.ROOT, "      %d threads share %d cores: such times say little%n", threads, host.cores());
            }
        }
        for (Engine engine : List.of(tally, other)) {
            EngineStatus status = engine.status();
            if (status.unavailable() != null) {
                throw new IllegalStateException(engine.id() + " is not available: " + status.unavailable());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s%s %s%n",
                    engine.id(),
                    status.description(),
                    status.version() == null ? "" : " " + status.version(),
                    status.properties());
        }
        System.out.printf(
                Locale.ROOT,
                "ms: medians of %d rounds; ×: ONNX Runtime's time ÷ Tally's, median of the rounds,%n",
                options.rounds());
        System.out.printf(
                Locale.ROOT, "±: half of the distance between its quartiles; GF/s: by the direct algorithm's count%n");
    }

    private void run() throws IOException, UnsupportedNetworkException {
        long begin = System.nanoTime();
        ConvolutionTable table = new ConvolutionTable(System.out, options.algorithms());
        List<Runnable> summaries = new ArrayList<>();
        try (ConvolutionCsv csv =
                options.csv().isPresent() ? new ConvolutionCsv(options.csv().get()) : null) {
            for (int threads : options.threads()) {
                Map<String, ConvolutionResult> known = new HashMap<>();
                for (ConvolutionSet set : options.sets()) {
                    List<ConvolutionResult> results = run(set, threads, known, table, csv);
                    table.end(set, threads, results);
                    summaries.add(() -> table.end(set, threads, results));
                }
            }
        }
        if (summaries.size() > 1) {
            System.out.printf(Locale.ROOT, "%nall of them%n");
            summaries.forEach(Runnable::run);
        }
        System.out.printf(Locale.ROOT, "%nin %.0f s%n", (System.nanoTime() - begin) / 1e9);
    }

    /** A layer of an earlier set is not timed again. */
    private List<ConvolutionResult> run(
            ConvolutionSet set,
            int threads,
            Map<String, ConvolutionResult> known,
            ConvolutionTable table,
            @Nullable ConvolutionCsv csv)
            throws UnsupportedNetworkException {
        table.begin(set, threads);
        List<ConvolutionResult> results = new ArrayList<>();
        for (ConvolutionLayer layer : set.layers()) {
            String hash = layer.network().hash();
            ConvolutionResult before = known.get(hash);
            ConvolutionResult result =
                    before == null ? new ConvolutionResult(layer, time(layer.network(), threads)) : before.of(layer);
            known.put(hash, result);
            results.add(result);
            table.row(result);
            if (csv != null) {
                csv.row(set, threads, result);
            }
        }
        return results;
    }

    private List<ConvolutionContender.Timed> time(Network network, int threads) throws UnsupportedNetworkException {
        List<ConvolutionContender> contenders = new ArrayList<>();
        try (Arena arena = Arena.ofShared()) {
            Map<Input, Tensor> inputs = SeededInputs.of(network, SeededWeights.SEED, arena);
            ExpectedOutput output =
                    expected.computeIfAbsent(network.hash(), _ -> ExpectedOutput.of(network, inputs, WEIGHTS));
            Assignment chosen = new Assignment(network, WEIGHTS, inputs, threads, Precision.FLOAT32, Set.of(), null);
            try {
                contenders.add(new ConvolutionContender(ConvolutionContender.BEST, tally, chosen, output));
                for (String algorithm : algorithms()) {
                    forced(algorithm, chosen, output).ifPresent(contenders::add);
                }
                contenders.add(new ConvolutionContender(ConvolutionContender.OTHER, other, chosen, output));
                return turns.take(contenders);
            } finally {
                contenders.forEach(ConvolutionContender::close);
            }
        }
    }

    /** {@return those that are forced} */
    private List<String> algorithms() {
        return options.algorithms()
                ? tally.algorithms().stream()
                        .map(Algorithm::id)
                        .filter(id -> !id.equals(PLAIN))
                        .toList()
                : List.of(ConvolutionContender.DIRECT);
    }

    /** {@return Tally by an algorithm; empty where it does not apply} */
    private Optional<ConvolutionContender> forced(String algorithm, Assignment chosen, ExpectedOutput output) {
        Assignment assignment = new Assignment(
                chosen.network(),
                chosen.weights(),
                chosen.inputs(),
                chosen.threads(),
                chosen.precision(),
                chosen.exposed(),
                algorithm);
        try {
            return Optional.of(new ConvolutionContender(algorithm, tally, assignment, output));
        } catch (UnsupportedNetworkException e) {
            return Optional.empty();
        }
    }
}
