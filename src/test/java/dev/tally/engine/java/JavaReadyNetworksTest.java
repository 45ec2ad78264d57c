package dev.tally.engine.java;

import dev.tally.description.ReadyNetworks;
import dev.tally.engine.ReadyNetworkCheck;
import dev.tally.engine.UnsupportedNetworkException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every ready network, as a whole, against the reference. */
class JavaReadyNetworksTest {
    private final JavaEngine engine = JavaEngines.uncompiled();

    static Set<String> names() {
        return ReadyNetworks.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesWhatTheReferenceDoes(String name) throws UnsupportedNetworkException {
        ReadyNetworkCheck.check(engine, name);
    }
}
