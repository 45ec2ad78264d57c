package dev.tally.kernel.image;

import dev.tally.kernel.emit.Rectifier;
import java.util.Arrays;

/** What is done to an image before it is read: {@code rectify(x · scale + shift)}, a batch norm at inference. */
public final class Rescaling {
    private final float[] scales;
    private final float[] shifts;
    private final Rectifier rectifier;

    /** By a scale and a shift for each channel. */
    public Rescaling(float[] scales, float[] shifts, Rectifier rectifier) {
        this.scales = scales.clone();
        this.shifts = shifts.clone();
        this.rectifier = rectifier;
    }

    /** {@return one that only rectifies} */
    public static Rescaling none(int channels, Rectifier rectifier) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        return new Rescaling(ones, new float[channels], rectifier);
    }

    float scale(int channel) {
        return scales[channel];
    }

    float shift(int channel) {
        return shifts[channel];
    }

    Rectifier rectifier() {
        return rectifier;
    }
}
