package dev.tally.kernel.convolution;

import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Image;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What a convolution reads and writes. Where images are in blocks of channels, the input's border has the zeros that
 * taps read, and all of them are of one or two spatial axes.
 *
 * @param input in planes, or in blocks for algorithms that take them
 * @param rescaling what is done to the input before; null for nothing
 * @param weights in the order that {@link Geometry} says; read when it is planned
 * @param bias a number for each output channel, read when it is planned; null for none
 * @param residual what is added to the sums before they are rectified, of the output's sizes; null for nothing
 * @param output as the input
 */
public record Operands(
        Image input,
        @Nullable Rescaling rescaling,
        Numbers weights,
        @Nullable Buffer bias,
        @Nullable Blocks residual,
        Image output) {
    /** Images in planes, and nothing beside what a convolution has to have. */
    public Operands(Buffer input, Numbers weights, @Nullable Buffer bias, Buffer output) {
        this(new Planes(input), null, weights, bias, null, new Planes(output));
    }

    /** {@return the input, in planes} */
    Buffer inputPlanes() {
        return planes("input", input);
    }

    /** {@return the output, in planes} */
    Buffer outputPlanes() {
        return planes("output", output);
    }

    private static Buffer planes(String what, Image image) {
        if (image instanceof Planes(Buffer buffer)) {
            return buffer;
        }
        throw new IllegalArgumentException(what + ": expected planes, got " + image);
    }

    /**
     * Checks once that all are as large as a geometry says, and in planes, and that nothing is done on the way: plans
     * then compute addresses within them.
     */
    void requirePlanesOf(Geometry geometry) {
        require("input", inputPlanes(), geometry.inputElements());
        require("output", outputPlanes(), geometry.outputElements());
        requireNumbersOf(geometry);
        if (rescaling != null || residual != null) {
            throw new IllegalArgumentException("planes are neither rescaled nor added to");
        }
    }

    /** Checks once that all are as large as a geometry says, in planes or in blocks. */
    void requireSizesOf(Geometry geometry) {
        requireNumbersOf(geometry);
        Axis h = geometry.h();
        Axis w = geometry.w();
        switch (input) {
            case Planes(Buffer buffer) -> require("input", buffer, geometry.inputElements());
            case Blocks blocks -> {
                require("input", blocks, geometry.mb(), geometry.ic(), h.in(), w.in());
                if (!blocks.whole().border().has(geometry.border())) {
                    throw new IllegalArgumentException("input: expected a border of " + geometry.border() + ", got "
                            + blocks.whole().border());
                }
            }
        }
        switch (output) {
            case Planes(Buffer buffer) -> require("output", buffer, geometry.outputElements());
            case Blocks blocks -> require("output", blocks, geometry.mb(), geometry.oc(), h.out(), w.out());
        }
        if (residual != null) {
            require("residual", residual, geometry.mb(), geometry.oc(), h.out(), w.out());
        }
    }

    private void requireNumbersOf(Geometry geometry) {
        require("weights", weights, geometry.weightElements());
        if (bias != null) {
            require("bias", bias, geometry.oc());
        }
    }

    private static void require(String what, Blocks blocks, int batch, int channels, int height, int width) {
        if (blocks.whole().batch() != batch
                || blocks.channels() < channels
                || blocks.whole().height() != height
                || blocks.whole().width() != width) {
            throw new IllegalArgumentException(what + ": expected " + batch + " × " + channels + " channels of "
                    + height + " × " + width + ", got " + blocks);
        }
    }

    private static void require(String what, Numbers numbers, long floats) {
        if (numbers.count() < floats) {
            throw new IllegalArgumentException(
                    what + ": expected at least " + floats + " floats, got " + numbers.count());
        }
    }
}
