package dev.tally.engine;

import dev.tally.network.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that runs networks. Safe for use by several threads; one measurement at a time is the caller's affair. */
public interface Engine {
    /** {@return its stable name in requests and answers: {@code onnxruntime-cpu}} */
    String id();

    /** {@return what it is and whether it is available here; looked up once, which may take a library some seconds} */
    EngineStatus status();

    /**
     * {@return the algorithms that a caller may ask for, in the order in which the engine tries them; none where it
     * chooses by itself alone} The same whether it is available or not.
     */
    default List<Algorithm> algorithms() {
        return List.of();
    }

    /** {@return whether a caller may ask for the algorithm with this id} */
    default boolean hasAlgorithm(String id) {
        return algorithms().stream().anyMatch(algorithm -> algorithm.id().equals(id));
    }

    /**
     * Checks that this engine can run a network, before anything is allocated.
     *
     * @param algorithm the id of the one of {@link #algorithms} that all of the network's convolutions are to be
     *     computed by; null lets the engine choose. An engine without algorithms is never given one.
     * @throws UnsupportedNetworkException if a layer, the type of the elements or the precision is none of this
     *     engine's, or the algorithm does not apply to a layer, with the reason
     */
    void check(Network network, Precision precision, @Nullable String algorithm) throws UnsupportedNetworkException;

    /**
     * Checks that this engine can run a network by algorithms of its own choice.
     *
     * @throws UnsupportedNetworkException as above
     */
    default void check(Network network, Precision precision) throws UnsupportedNetworkException {
        check(network, precision, null);
    }

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
