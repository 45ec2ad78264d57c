package dev.tally.tensor;

import dev.tally.network.Input;
import dev.tally.network.Network;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;

/** What a network is given, made up from a seed: uniform from -1 to 1; whole numbers where they are looked up. */
public final class SeededInputs {
    private SeededInputs() {}

    /**
     * {@return a tensor for each input of a network, a pure function of the seed and the input's name}
     *
     * @param arena holds the tensors
     */
    public static Map<Input, Tensor> of(Network network, long seed, Arena arena) {
        TokenInputs tokens = TokenInputs.of(network);
        Map<Input, Tensor> inputs = new HashMap<>();
        for (Input input : network.inputs()) {
            Seed values = new Seed(seed).of("input").of(input.name());
            int vocabulary = tokens.vocabulary(input).orElse(0);
            FloatValues made =
                    vocabulary == 0 ? values::uniform : index -> Math.floorMod(values.bits(index), (long) vocabulary);
            inputs.put(
                    input,
                    Tensor.allocate(arena, network.batch(), input.shape()).fill(made));
        }
        return inputs;
    }
}
