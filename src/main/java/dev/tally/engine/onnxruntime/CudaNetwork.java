package dev.tally.engine.onnxruntime;

import dev.tally.engine.PreparedNetwork;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * A network on a GPU. A run takes its inputs to the device and brings its outputs back: ONNX Runtime's binding for Java
 * has no tensors that stay there. So the device's own time comes from sessions with several copies of the network.
 */
final class CudaNetwork implements PreparedNetwork {
    /** A graph of so many layers is still made ready in seconds. */
    private static final int MOST_LAYERS = 2_000;

    private static final int LARGEST_STEP = 16;

    private final PreparedSession one;
    private final int layers;
    private final IntFunction<PreparedSession> copied;

    /**
     * A network.
     *
     * @param one the session that runs it
     * @param layers how many layers it has
     * @param copied makes a session with so many copies of it
     */
    CudaNetwork(PreparedSession one, int layers, IntFunction<PreparedSession> copied) {
        this.one = one;
        this.layers = layers;
        this.copied = copied;
    }

    @Override
    public String kernel() {
        return one.kernel();
    }

    @Override
    public void run() {
        one.run();
    }

    @Override
    public Map<Source, Tensor> read(Collection<? extends Source> sources, Arena arena) {
        return one.read(sources, arena);
    }

    /**
     * {@inheritDoc} It is the slope over 1, 1 + s and 1 + 2s copies of the network in one graph ({@link CopiesSlope}),
     * each copy after the first reduced to one number on the device; its weights and inputs are warm in the device's
     * caches as far as they fit. Empty also where a copy's time does not rise above the noise.
     */
    @Override
    public OptionalLong deviceNanos(long budgetNanos) {
        long begin = System.nanoTime();
        one.run();
        int step = step(layers, System.nanoTime() - begin, budgetNanos);
        try (PreparedSession some = copied.apply(1 + step);
                PreparedSession more = copied.apply(1 + 2 * step)) {
            return CopiesSlope.nanos(
                    List.of(
                            new CopiesSlope.Copied(1, one::run),
                            new CopiesSlope.Copied(1 + step, some::run),
                            new CopiesSlope.Copied(1 + 2 * step, more::run)),
                    budgetNanos,
                    System::nanoTime);
        }
    }

    /**
     * {@return by how many copies each graph is larger than the one before: as many as make a graph of layers that is
     * still ready in seconds, and as all runs that there are at least fit into the budget with}
     */
    static int step(int layers, long runNanos, long budgetNanos) {
        int most = Math.clamp(MOST_LAYERS / (2 * Math.max(1, layers)), 1, LARGEST_STEP);
        // 1, 1 + s and 1 + 2s copies, each so often.
        long runs = budgetNanos / (CopiesSlope.LEAST_RUNS * Math.max(1, runNanos));
        return Math.clamp((runs - 3) / 3, 1, most);
    }

    @Override
    public void park() {
        one.park();
    }

    @Override
    public void close() {
        one.close();
    }
}
