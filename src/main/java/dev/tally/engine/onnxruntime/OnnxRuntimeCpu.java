package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineStatus;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.DataType;
import dev.tally.network.Network;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime on the processor, as people run it: all optimisations, the threads that were asked for in one pool, one
 * operator after another.
 *
 * <p>The pool's threads spin between runs and for some 25 ms after the last; {@link PreparedNetwork#park} waits for
 * their sleep. Were they forbidden to spin, networks would take up to a third longer: docs/decisions/0008.
 */
public final class OnnxRuntimeCpu implements Engine {
    /** Its name in requests. */
    public static final String ID = "onnxruntime-cpu";

    private static final String KERNEL = "CPUExecutionProvider";

    private final Supplier<OnnxRuntime> runtime;
    private final Optimization optimization;
    private final List<Integer> processors;

    /**
     * The engine with all optimisations and threads that the system places.
     *
     * @param runtime gives the library when it is first needed
     */
    public OnnxRuntimeCpu(Supplier<OnnxRuntime> runtime) {
        this(runtime, Optimization.ALL, List.of());
    }

    /**
     * The engine.
     *
     * @param runtime gives the library when it is first needed
     * @param optimization how far graphs are rewritten
     * @param processors where threads are to stay, by number from 0: the caller's first, which it sees to itself, then
     *     one for each of the pool's. With fewer entries than threads none is bound, and outside of Linux none ever is:
     *     the pool's threads may then run where the thread may that prepares the network.
     */
    public OnnxRuntimeCpu(Supplier<OnnxRuntime> runtime, Optimization optimization, List<Integer> processors) {
        this.runtime = runtime;
        this.optimization = optimization;
        this.processors = List.copyOf(processors);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineStatus status() {
        OnnxRuntime library = runtime.get();
        Map<String, String> properties = new TreeMap<>(library.properties());
        properties.put("optimization", optimization.id());
        return new EngineStatus("ONNX Runtime, CPU provider", library.version(), library.unavailable(), properties);
    }

    @Override
    public boolean bindsThreads() {
        return true;
    }

    /** From 0.33 (GoogLeNet, with its norms) to 0.84 (ResNet-50) on an EPYC; half of that where others load it. */
    @Override
    public double usualShareOfPeak() {
        return 0.35;
    }

    @Override
    public void check(Network network, Precision precision, @Nullable String algorithm)
            throws UnsupportedNetworkException {
        requireNumbers(network, precision);
        Exports.of(network, OnnxOptions.DEFAULT);
    }

    /** It would bring float16 to float32 and back around nearly every layer, and be slower for it. */
    private static void requireNumbers(Network network, Precision precision) throws UnsupportedNetworkException {
        Exports.requireType(network, "CPU", DataType.FLOAT32);
        if (precision != Precision.FLOAT32) {
            throw new UnsupportedNetworkException(
                    null, "the CPU provider computes in the precision float32, got " + precision.id());
        }
    }

    @Override
    public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
        requireNumbers(assignment.network(), assignment.precision());
        SessionMaker maker =
                new SessionMaker(runtime.get().environment(), (options, _) -> configure(options, assignment.threads()));
        OnnxOptions options = new OnnxOptions(ElementType.FLOAT, assignment.exposed(), 1);
        return new PreparedSession(maker, assignment, options, KERNEL);
    }

    private void configure(SessionOptions options, int threads) throws OrtException {
        options.setOptimizationLevel(optimization.level());
        if (threads > 1 && processors.size() >= threads && PoolThreads.LINUX) {
            options.addConfigEntry("session.intra_op_thread_affinities", affinities(processors.subList(1, threads)));
        }
    }

    /** {@return the processors of threads, one group each, as ONNX Runtime counts them: from 1 on} */
    static String affinities(List<Integer> processors) {
        return processors.stream()
                .map(processor -> String.valueOf(processor + 1))
                .collect(Collectors.joining(";"));
    }
}
