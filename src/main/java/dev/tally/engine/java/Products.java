package dev.tally.engine.java;

import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.ConvolutionPlan;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.kernel.convolution.Operands;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.network.BatchNorm;
import dev.tally.network.Node;
import org.jspecify.annotations.Nullable;

/** Makes layers that sum products ready, with the norms that go into their weights. */
final class Products {
    private Products() {}

    static ConvolutionPlan plan(Chain chain, ConvolutionAlgorithm algorithm, Geometry geometry, Step on) {
        Node node = chain.first();
        // Plans pack the weights: as they were given they are needed no longer than that.
        try (Workspace given = new Workspace(on.setting().workspace().access())) {
            Buffer weights = on.learned().buffer(node, "kernel", given);
            Buffer bias = Learned.slot(node, "bias").isPresent() ? on.learned().buffer(node, "bias", given) : null;
            for (Node norm : chain.norms()) {
                if (norm.layer() instanceof BatchNorm layer) {
                    Affine affine = Affine.of(layer, norm, on.learned());
                    scale(weights, geometry, affine.scales());
                    bias = shift(bias, affine, given);
                }
            }
            Operands operands = new Operands(on.input(), weights, bias, on.output());
            return algorithm.plan(geometry, operands, chain.rectifier(), on.setting());
        }
    }

    /** Multiplies each filter by its channel's scale. */
    private static void scale(Buffer weights, Geometry geometry, float[] scales) {
        long taps = geometry.taps();
        for (long pair = 0; pair < geometry.weightElements() / taps; pair++) {
            float scale = scales[channel(pair, geometry)];
            for (long i = pair * taps; i < (pair + 1) * taps; i++) {
                weights.set(i, weights.get(i) * scale);
            }
        }
    }

    /** {@return the output channel of a pair of channels, in the order of the weights} */
    private static int channel(long pair, Geometry geometry) {
        if (!geometry.transposed()) {
            return (int) (pair / geometry.groupIc());
        }
        long group = pair / geometry.groupOc() / geometry.groupIc();
        return (int) (group * geometry.groupOc() + pair % geometry.groupOc());
    }

    private static Buffer shift(@Nullable Buffer bias, Affine affine, Workspace given) {
        Buffer shifted = given.allocate(affine.shifts().length);
        for (int i = 0; i < affine.shifts().length; i++) {
            shifted.set(i, affine.shifts()[i] + (bias == null ? 0 : bias.get(i) * affine.scales()[i]));
        }
        return shifted;
    }
}
