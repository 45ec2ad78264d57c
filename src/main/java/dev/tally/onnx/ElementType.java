package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The type of a tensor's elements in a model. */
public enum ElementType {
    FLOAT(DataType.FLOAT, 4),
    FLOAT16(DataType.FLOAT16, 2),
    BFLOAT16(DataType.BFLOAT16, 2),
    INT64(DataType.INT64, 8);

    private final DataType code;
    private final int bytes;

    ElementType(DataType code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** {@return the size of one element in bytes} */
    public int bytes() {
        return bytes;
    }

    /** {@return the type's number in the format} */
    int code() {
        return code.getNumber();
    }

    /** {@return the element's bits, of which the lowest {@link #bytes()} bytes are written, little-endian} */
    long bits(double value) {
        return switch (this) {
            case FLOAT -> Float.floatToRawIntBits((float) value);
            case FLOAT16 -> Float.floatToFloat16((float) value);
            case BFLOAT16 -> bfloat16((float) value);
            case INT64 -> (long) value;
        };
    }

    /** The upper half of a float's bits, rounded to nearest, ties to even; it is infinite where that overflows. */
    private static int bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? 0x7FC0 : (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
    }
}
