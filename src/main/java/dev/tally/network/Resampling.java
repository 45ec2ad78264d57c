package dev.tally.network;

/** A layer that makes more or fewer elements along the spatial axes, each worked out from those near it. */
public sealed interface Resampling extends Layer permits Resize, Upsample {
    /** How an element is worked out. */
    enum Interpolation {
        /** As the nearest element: {@code floor(position · input / output)}. */
        NEAREST("nearest", 1),
        /** From the two elements around it along each axis, weighted by distance; bilinear over two axes. */
        LINEAR("linear", 2),
        /** From the four elements around it along each axis (Keys, 1981); bicubic over two axes. */
        CUBIC("cubic", 4);

        private final String id;
        private final int taps;

        Interpolation(String id, int taps) {
            this.id = id;
            this.taps = taps;
        }

        /** {@return the name in the JSON description} */
        public String id() {
            return id;
        }

        /** {@return how many elements along an axis an output element is worked out from} */
        public int taps() {
            return taps;
        }
    }

    /** {@return how an element is worked out} */
    Interpolation interpolation();
}
