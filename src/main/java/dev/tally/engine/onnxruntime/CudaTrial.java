package dev.tally.engine.onnxruntime;

import dev.tally.engine.Assignment;
import dev.tally.engine.EngineException;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Convolution;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Padding;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Set;

/**
 * The shortest run that needs all that any needs: the provider and its libraries, a driver, a device, and cuDNN, which
 * is only looked for when there is a convolution to run. To list providers or devices would show less.
 */
final class CudaTrial {
    private CudaTrial() {}

    /** Makes a network ready. */
    @FunctionalInterface
    interface Preparation {
        PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException;
    }

    /**
     * Runs a convolution of one element.
     *
     * @throws EngineException if it cannot be run, with ONNX Runtime's words
     */
    static void run(Preparation preparation) {
        WindowAxis axis = new WindowAxis(1, 1, 1, Padding.VALID);
        Network network = new NetworkBuilder("trial")
                .input("in", Shape.of(1, 1, 1))
                .layer("convolution", "conv2d", new Convolution(1, new Window(List.of(axis, axis)), 1, true), "in")
                .build();
        try (Arena arena = Arena.ofConfined()) {
            Assignment assignment = new Assignment(
                    network,
                    new SeededWeights(SeededWeights.SEED),
                    SeededInputs.of(network, SeededWeights.SEED, arena),
                    1,
                    Precision.FLOAT32,
                    Set.of());
            try (PreparedNetwork prepared = preparation.prepare(assignment)) {
                prepared.run();
            }
        } catch (UnsupportedNetworkException e) {
            throw new EngineException("the trial's convolution is refused: " + e.getMessage(), e);
        }
    }
}
