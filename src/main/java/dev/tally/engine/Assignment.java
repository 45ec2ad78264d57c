package dev.tally.engine;

import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is to prepare.
 *
 * @param network the network
 * @param weights what its layers store; read while it is prepared
 * @param inputs what it is given in every run, by input, of the network's batch and the inputs' shapes; the tensors
 *     outlive what is prepared
 * @param threads how many threads compute, at least 1
 * @param precision in which numbers
 * @param exposed whose values {@link PreparedNetwork#read} can give beside the network's outputs; each costs the engine
 *     chances to fuse layers, so none where times are measured
 * @param algorithm the id of the one of the engine's algorithms that all of the network's convolutions are to be
 *     computed by; null lets the engine choose
 */
public record Assignment(
        Network network,
        Weights weights,
        Map<Input, Tensor> inputs,
        int threads,
        Precision precision,
        Set<Source> exposed,
        @Nullable String algorithm) {
    public Assignment {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, got " + threads);
        }
        inputs = Map.copyOf(inputs);
        for (Input input : network.inputs()) {
            Tensor tensor = inputs.get(input);
            if (tensor == null
                    || tensor.batch() != network.batch()
                    || !tensor.shape().equals(input.shape())) {
                throw new IllegalArgumentException("the input " + input.name() + ": expected a tensor of "
                        + network.batch() + " × " + input.shape() + ", got " + (tensor == null ? "none" : tensor));
            }
        }
        exposed = Set.copyOf(exposed);
    }

    /** What an engine is to prepare by algorithms of its own choice. */
    public Assignment(
            Network network,
            Weights weights,
            Map<Input, Tensor> inputs,
            int threads,
            Precision precision,
            Set<Source> exposed) {
        this(network, weights, inputs, threads, precision, exposed, null);
    }

    /** {@return the same, but for whose values can be read} */
    public Assignment exposing(Set<Source> sources) {
        return new Assignment(network, weights, inputs, threads, precision, sources, algorithm);
    }

    /** {@return what an input of the network is given} */
    public Tensor input(Input input) {
        Tensor tensor = inputs.get(input);
        if (tensor == null) {
            throw new IllegalArgumentException(input + " is no input of the network " + network.name());
        }
        return tensor;
    }
}
