package dev.tally.tensor;

import dev.tally.network.Layer;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WeightSlot;
import dev.tally.network.WindowAxis;

/**
 * Weights made up from a seed: each value a pure function of the seed, the layer's name, the slot's name and the index.
 *
 * <p>Kernels are uniform with a variance of 1.5 / (inputs of a sum), between those of Glorot and Bengio (2010) and He
 * et al. (2015): through a hundred layers, with or without residual sums, values neither vanish into subnormal numbers,
 * which are slow, nor overflow. Norms scale by about 1, with variances of about 1; what is added is small.
 */
public final class SeededWeights implements Weights {
    /** The seed where none is chosen: one for every machine, engine and run. */
    public static final long SEED = 2014;

    private static final double KERNEL_VARIANCE = 1.5;

    private final Seed seed;

    /** The weights of a seed. */
    public SeededWeights(long seed) {
        this.seed = new Seed(seed);
    }

    @Override
    public FloatValues of(Node node, WeightSlot slot) {
        Seed values = seed.of("weight").of(node.name()).of(slot.name());
        return switch (slot.name()) {
            case "gamma" -> around(values, 1, 0.25f);
            case "variance" -> around(values, 1, 0.5f);
            case "slope" -> around(values, 0.25f, 0.15f);
            case "beta", "mean", "bias", "queryBias", "keyBias", "valueBias", "outputBias" -> around(values, 0, 0.1f);
            case "table", "tensor" -> values::uniform;
            default -> around(values, 0, (float) Math.sqrt(3 * KERNEL_VARIANCE / fanIn(node.layer(), slot.shape())));
        };
    }

    private static FloatValues around(Seed seed, float middle, float reach) {
        return index -> middle + reach * seed.uniform(index);
    }

    /** Of how many products a kernel's sums are: all but its outermost axis; where it spreads, those that meet. */
    private static double fanIn(Layer layer, Shape kernel) {
        if (layer instanceof TransposedConvolution transposed) {
            double steps = 1;
            for (WindowAxis axis : transposed.window().axes()) {
                steps *= axis.stride();
            }
            double channels = (double) kernel.size(0) / transposed.groups();
            double taps = (double) kernel.elements() / kernel.size(0) / kernel.size(1);
            return Math.max(1, channels * taps / steps);
        }
        return (double) kernel.elements() / kernel.size(0);
    }
}
