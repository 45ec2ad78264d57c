package dev.tally.engine.java;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Rescaling;
import dev.tally.network.BatchNorm;
import dev.tally.network.Node;

/** A batch norm at inference: each channel's scale and shift. */
final class Affine {
    private final float[] scales;
    private final float[] shifts;

    private Affine(float[] scales, float[] shifts) {
        this.scales = scales;
        this.shifts = shifts;
    }

    float[] scales() {
        return scales;
    }

    float[] shifts() {
        return shifts;
    }

    /** {@return the same for images in blocks of channels, rectified} */
    Rescaling rescaling(Rectifier rectifier) {
        return new Rescaling(scales, shifts, rectifier);
    }

    static Affine of(BatchNorm layer, Node node, Learned learned) {
        float[] gamma = learned.numbers(node, "gamma");
        float[] beta = learned.numbers(node, "beta");
        float[] mean = learned.numbers(node, "mean");
        float[] variance = learned.numbers(node, "variance");
        float[] scales = new float[gamma.length];
        float[] shifts = new float[gamma.length];
        for (int i = 0; i < gamma.length; i++) {
            double scale = gamma[i] / Math.sqrt(variance[i] + layer.epsilon());
            scales[i] = (float) scale;
            shifts[i] = (float) (beta[i] - mean[i] * scale);
        }
        return new Affine(scales, shifts);
    }
}
