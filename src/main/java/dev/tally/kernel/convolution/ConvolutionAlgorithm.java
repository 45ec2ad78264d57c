package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import java.util.List;
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

    /** {@return whether it computes a geometry from blocks of channels into such} */
    default boolean computesBlocks(Geometry geometry, int lanes) {
        return false;
    }

    /** {@return whether it computes blocks of channels from planes as well} */
    default boolean readsPlanes() {
        return false;
    }

    /** {@return the same algorithm with tiles of other sizes where there are several to choose from, and itself} */
    default List<ConvolutionAlgorithm> variants() {
        return List.of(this);
    }

    /** {@return whether it may turn out to be the fastest, so that it is worth being timed} */
    default boolean promising(Geometry geometry, int lanes) {
        return declined(geometry, lanes) == null;
    }

    /** {@return whether it can add a residual to its sums} */
    default boolean addsResidual() {
        return false;
    }

    /** {@return whether it can rescale an input in blocks of channels that it reads} */
    default boolean rescales(Geometry geometry) {
        return false;
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
