package dev.tally.engine;

import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A network that an engine has made ready: its weights are loaded, its inputs in place. Used by one thread at a time;
 * closing it frees all that it holds.
 */
public interface PreparedNetwork extends AutoCloseable {
    /** {@return which code of the engine runs, under a stable name: a provider, an algorithm and its tile} */
    String kernel();

    /**
     * {@return how many multiplications and additions a run executes less than the layers' direct definitions have,
     * below 0 where it executes more; 0 where the engine does not say}
     */
    default long savedFlops() {
        return 0;
    }

    /**
     * Runs the network once on the inputs that it was prepared with; returns when all outputs are computed and, from a
     * device, copied back.
     *
     * @throws EngineException if the engine fails
     */
    void run();

    /**
     * Runs the network once and {@return copies of what some of its layers gave, in the order of their shapes' axes}
     *
     * @param sources outputs of the network, or exposed ones
     * @param arena holds the copies
     * @throws EngineException if the engine fails
     */
    Map<Source, Tensor> read(Collection<? extends Source> sources, Arena arena);

    /**
     * {@return the time that a run takes on the engine's device in nanoseconds, without the copies to it and back;
     * empty where the engine has no memory of its own, so that {@link #run} is that time} Measured by this call, which
     * may run the network many times.
     *
     * @param budgetNanos about how long it may take
     * @throws EngineException if the engine fails
     */
    default OptionalLong deviceNanos(long budgetNanos) {
        return OptionalLong.empty();
    }

    /** Ends or parks threads that would go on spinning for a while: something else is measured next. */
    default void park() {}

    @Override
    void close();
}
