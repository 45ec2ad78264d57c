package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.description.ReadyNetworks;
import dev.tally.engine.ReadyNetworkCheck;
import dev.tally.engine.UnsupportedNetworkException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every ready network that the engine has all kernels for, as a whole, against the reference; of the others why not.
 */
class JavaReadyNetworksTest {
    /** Types of layers that a network has and the engine has no kernel for. */
    private static final Map<String, String> LACKING =
            Map.of("convnext-tiny", "layer_norm", "vit-b-16", "learned_tensor");

    private final JavaEngine engine = JavaEngines.uncompiled();

    static Set<String> names() {
        return ReadyNetworks.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesWhatTheReferenceDoesOrSaysWhatItLacks(String name) throws UnsupportedNetworkException {
        String lacking = LACKING.get(name);
        if (lacking == null) {
            ReadyNetworkCheck.check(engine, name);
        } else {
            assertThat(catchThrowableOfType(
                            UnsupportedNetworkException.class, () -> ReadyNetworkCheck.check(engine, name)))
                    .hasMessageStartingWith("the engine java has no kernel for " + lacking + " yet");
        }
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void whatIsLackingIsThere(String name) {
        assertThat(names()).contains(name);
    }

    static Set<String> lacking() {
        return LACKING.keySet();
    }
}
