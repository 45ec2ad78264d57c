package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Buffer;
import org.jspecify.annotations.Nullable;

/** What sums begin with. */
final class Biases {
    private Biases() {}

    /** {@return the bias by group, each group's channels filled up to so many with zeros; zeros for none} */
    static Buffer packed(@Nullable Buffer given, Geometry geometry, int channels, Setting setting) {
        Buffer bias = setting.workspace().allocate((long) geometry.g() * channels);
        for (int oc = 0; given != null && oc < geometry.oc(); oc++) {
            bias.set((long) oc / geometry.groupOc() * channels + oc % geometry.groupOc(), given.get(oc));
        }
        return bias;
    }
}
