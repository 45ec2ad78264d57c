package dev.tally.engine;

import dev.tally.network.DataType;

/** In which numbers an engine computes. */
public enum Precision {
    /** Everything in float32. */
    FLOAT32("float32"),
    /** float32 whose products are taken of factors rounded to 10 bits of mantissa (NVIDIA's TensorFloat-32). */
    TF32("tf32"),
    /** Weights and activations in float16. */
    FLOAT16("float16");

    private final String id;

    Precision(String id) {
        this.id = id;
    }

    /** {@return what a network of such elements is computed in where nobody says} */
    public static Precision byDefault(DataType type) {
        return type == DataType.FLOAT16 ? FLOAT16 : FLOAT32;
    }

    /** {@return the name in requests and answers} */
    public String id() {
        return id;
    }
}
