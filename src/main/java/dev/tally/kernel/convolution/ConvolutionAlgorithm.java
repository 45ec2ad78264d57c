package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import org.jspecify.annotations.Nullable;

/** A way to compute convolutions. */
public interface ConvolutionAlgorithm {
    /** {@return its stable name in requests and reports} */
    String id();

    /** {@return what it is, in a line} */
    String description();

    /** {@return why it cannot compute a geometry; null if it can} */
    @Nullable
    String unsupported(Geometry geometry, int lanes);

    /** {@return why another is to be preferred where there is a choice; null if none is} */
    default @Nullable String declined(Geometry geometry, int lanes) {
        return null;
    }

    /** {@return how many bytes a plan packs weights into and computes in, about} */
    long workspaceBytes(Geometry geometry, int lanes, int threads);

    /**
     * {@return a convolution made ready}
     *
     * @throws IllegalArgumentException if it does not support the geometry, or an operand is too small
     */
    ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting);
}
