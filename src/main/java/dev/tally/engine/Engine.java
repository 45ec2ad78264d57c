package dev.tally.engine;

import dev.tally.network.Network;

/** Something that runs networks. Safe for use by several threads; one measurement at a time is the caller's affair. */
public interface Engine {
    /** {@return its stable name in requests and answers: {@code onnxruntime-cpu}} */
    String id();

    /** {@return what it is and whether it is available here; looked up once, which may take a library some seconds} */
    EngineStatus status();

    /**
     * Checks that this engine can run a network, before anything is allocated.
     *
     * @throws UnsupportedNetworkException if a layer, the type of the elements or the precision is none of this
     *     engine's, with the reason
     */
    void check(Network network, Precision precision) throws UnsupportedNetworkException;

    /** {@return whether it computes on the host's processor, so that the host's peak is its limit} */
    default boolean onHost() {
        return true;
    }

    /**
     * {@return whether it binds each of its threads but the caller's to a core of its own} Otherwise they run where the
     * thread may that prepares and runs a network.
     */
    default boolean bindsThreads() {
        return false;
    }

    /**
     * {@return which part of the host's peak it reaches as a rule, above 1 on a faster device: for estimates of how
     * long something will take}
     */
    default double usualShareOfPeak() {
        return 0.2;
    }

    /**
     * {@return a network made ready to run}
     *
     * @throws UnsupportedNetworkException if {@link #check} would say so, or it turns out only now
     * @throws EngineException if the engine is not available or fails, with its own words
     */
    PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException;
}
