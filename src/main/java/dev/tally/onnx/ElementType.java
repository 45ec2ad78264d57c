package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;

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

    /** Puts numbers from the beginning of an array into a buffer, in whose byte order they then stand. */
    void put(float[] values, int count, ByteBuffer into) {
        switch (this) {
            case FLOAT -> {
                into.asFloatBuffer().put(values, 0, count);
                into.position(into.position() + count * Float.BYTES);
            }
            case FLOAT16 -> {
                short[] halves = new short[count];
                for (int i = 0; i < count; i++) {
                    halves[i] = Float.floatToFloat16(values[i]);
                }
                put(halves, into);
            }
            case BFLOAT16 -> {
                short[] halves = new short[count];
                for (int i = 0; i < count; i++) {
                    halves[i] = (short) bfloat16(values[i]);
                }
                put(halves, into);
            }
            case INT64 -> {
                for (int i = 0; i < count; i++) {
                    into.putLong((long) values[i]);
                }
            }
        }
    }

    private static void put(short[] halves, ByteBuffer into) {
        into.asShortBuffer().put(halves);
        into.position(into.position() + halves.length * Short.BYTES);
    }

    /** The upper half of a float's bits, rounded to nearest, ties to even; it is infinite where that overflows. */
    private static int bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? 0x7FC0 : (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
    }
}
