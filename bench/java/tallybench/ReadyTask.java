package tallybench;

import dev.tally.description.DescriptionReader;
import dev.tally.description.ReadyNetwork;
import dev.tally.description.ReadyNetworks;
import dev.tally.engine.Assignment;
import dev.tally.engine.Precision;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.AxisOrder;
import dev.tally.tensor.SeededInputs;
import dev.tally.tensor.SeededWeights;
import dev.tally.tensor.Tensor;
import dev.tally.tensor.Weights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A ready network of one input and one output, with the weights and the input that Tally measures with.
 *
 * @param network the network
 * @param input its only input
 * @param output its only output
 */
record ReadyTask(Network network, Input input, Source output) {
    static final Weights WEIGHTS = new SeededWeights(SeededWeights.SEED);

    /**
     * {@return the ready network of a name}
     *
     * @throws IllegalArgumentException if there is none, or it has several inputs or outputs
     */
    static ReadyTask named(String name) {
        ReadyNetwork ready = ReadyNetworks.find(name);
        if (ready == null) {
            throw new IllegalArgumentException("expected one of " + ReadyNetworks.names() + ", got " + name);
        }
        Network network = DescriptionReader.read(ready.json()).network();
        return new ReadyTask(network, only(network.inputs(), name), only(network.outputs(), name));
    }

    private static <T> T only(List<? extends T> ports, String name) {
        if (ports.size() != 1) {
            throw new IllegalArgumentException(name + ": expected one input and one output, got " + ports);
        }
        return ports.getFirst();
    }

    /** {@return what the network is given} */
    Tensor values(Arena arena) {
        Tensor values = SeededInputs.of(network, SeededWeights.SEED, arena).get(input);
        if (values == null) {
            throw new IllegalStateException(input + " has no values");
        }
        return values;
    }

    /** {@return what an engine is to prepare} */
    Assignment assignment(int threads, Arena arena) {
        return new Assignment(network, WEIGHTS, Map.of(input, values(arena)), threads, Precision.FLOAT32, Set.of());
    }

    /**
     * {@return how a value of the input's shape stands in a model}
     *
     * @param permutation for each axis of the model's tensor, the axis of the network's that it is
     */
    AxisOrder order(List<Integer> permutation) {
        return new AxisOrder(network.batch(), input.shape(), permutation);
    }

    /** Writes a tensor's numbers in four bytes each, the lowest first, in the order of a model's tensor. */
    static void write(Tensor tensor, AxisOrder order, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(order.elements() * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        order.forEach((model, declared) -> bytes.putFloat((int) model * Float.BYTES, tensor.at(declared)));
        Files.write(file, bytes.array());
    }
}
