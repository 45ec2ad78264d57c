package dev.tally.engine.java;

import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.ConvolutionPlan;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.kernel.convolution.Operands;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Image;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Numbers;
import dev.tally.kernel.memory.Workspace;
import dev.tally.network.BatchNorm;
import dev.tally.network.Node;
import org.jspecify.annotations.Nullable;

/** Makes layers that sum products ready, with the norms that go into their weights. */
final class Products {
    private Products() {}

    /**
     * What a layer reads and writes.
     *
     * @param residual what is added; null for nothing
     */
    record Images(Image input, @Nullable Blocks residual, Image output) {}

    static ConvolutionPlan plan(
            Stage stage,
            ConvolutionAlgorithm algorithm,
            Geometry geometry,
            Images images,
            Learned learned,
            Setting setting) {
        Node node = stage.main();
        // Plans pack the weights: as they were given they are needed no longer than that.
        try (Workspace given = new Workspace(setting.workspace().access())) {
            Numbers weights = numbers(stage, geometry, learned, given);
            Buffer bias = Learned.slot(node, "bias").isPresent() ? learned.buffer(node, "bias", given) : null;
            for (Node norm : stage.norms()) {
                if (norm.layer() instanceof BatchNorm layer) {
                    Affine affine = Affine.of(layer, norm, learned);
                    bias = shift(bias, affine, given);
                }
            }
            Operands operands = new Operands(
                    images.input,
                    stage.before().isEmpty() ? null : rescaling(stage, learned),
                    weights,
                    bias,
                    images.residual,
                    images.output);
            return algorithm.plan(geometry, operands, stage.rectifier(), setting);
        }
    }

    /** Of dense layers, which may have hundreds of megabytes, they are never there twice. */
    private static Numbers numbers(Stage stage, Geometry geometry, Learned learned, Workspace given) {
        Node node = stage.main();
        if (stage.norms().isEmpty() && !Geometries.convolves(node.layer())) {
            return learned.lazily(node, "kernel");
        }
        Buffer weights = learned.buffer(node, "kernel", given);
        for (Node norm : stage.norms()) {
            if (norm.layer() instanceof BatchNorm layer) {
                scale(weights, geometry, Affine.of(layer, norm, learned).scales());
            }
        }
        return weights;
    }

    /** {@return what is done to what the layer reads} */
    static Rescaling rescaling(Stage stage, Learned learned) {
        if (!(stage.before().getFirst().layer() instanceof BatchNorm layer)) {
            throw new IllegalArgumentException(stage.main() + " is not after a batch norm");
        }
        return Affine.of(layer, stage.before().getFirst(), learned)
                .rescaling(Stages.rectifier(stage.before().getLast()));
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
