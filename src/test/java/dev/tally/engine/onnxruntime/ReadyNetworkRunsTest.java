package dev.tally.engine.onnxruntime;

import dev.tally.description.ReadyNetworks;
import dev.tally.engine.ReadyNetworkCheck;
import dev.tally.engine.UnsupportedNetworkException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every ready network, as a whole: written as a model, loaded and run, and its outputs those of the reference. On small
 * images, in half a minute; {@code -Dtally.test.fullSize=true} has those that the networks are for, in about two
 * minutes.
 */
class ReadyNetworkRunsTest {
    static Set<String> names() {
        return ReadyNetworks.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyReadyNetworkGivesWhatTheReferenceDoes(String name) throws UnsupportedNetworkException {
        ReadyNetworkCheck.check(new OnnxRuntimeCpu(() -> OnnxRuntime.load(null)), name);
    }
}
