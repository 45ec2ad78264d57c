package dev.tally.kernel.convolution;

import dev.tally.kernel.memory.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a convolution reads and writes, in the layouts that {@link Geometry} says.
 *
 * @param weights read when it is planned
 * @param bias a number for each output channel, read when it is planned; null for none
 */
public record Operands(
        Buffer input, Buffer weights, @Nullable Buffer bias, Buffer output) {
    /** Checks once that all are as large as a geometry says: plans then compute addresses within them. */
    void requireSizesOf(Geometry geometry) {
        require("input", input, geometry.inputElements());
        require("weights", weights, geometry.weightElements());
        require("output", output, geometry.outputElements());
        if (bias != null) {
            require("bias", bias, geometry.oc());
        }
    }

    private static void require(String what, Buffer buffer, long floats) {
        if (buffer.bytes() < floats * Float.BYTES) {
            throw new IllegalArgumentException(
                    what + ": expected at least " + floats + " floats, got " + buffer.bytes() / Float.BYTES);
        }
    }
}
