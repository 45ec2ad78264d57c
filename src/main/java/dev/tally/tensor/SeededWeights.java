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
            case "gamma" -> new Around(values, 1, 0.25f);
            case "variance" -> new Around(values, 1, 0.5f);
            case "slope" -> new Around(values, 0.25f, 0.15f);
            case "beta", "mean", "bias", "queryBias", "keyBias", "valueBias", "outputBias" ->
                new Around(values, 0, 0.1f);
            case "table", "tensor" -> new Around(values, 0, 1);
            default ->
                new Around(values, 0, (float) Math.sqrt(3 * KERNEL_VARIANCE / fanIn(node.layer(), slot.shape())));
        };
    }

    /** Uniform from {@code middle - reach} to {@code middle + reach}. */
    private record Around(Seed seed, float middle, float reach) implements FloatValues {
        @Override
        public float at(long index) {
            return middle + reach * seed.uniform(index);
        }

        /** A loop of its own, in which the compiler sees what a number takes. */
        @Override
        public void copy(long from, float[] into, int count) {
            for (int i = 0; i < count; i++) {
                into[i] = middle + reach * seed.uniform(from + i);
            }
        }
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
