package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.tally.onnx.ElementType;
import dev.tally.onnx.OnnxModel.Port;
import dev.tally.tensor.AxisOrder;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * One of ONNX Runtime's tensors and the native memory that it lies in, elements in the model's type and order. The
 * memory is the arena's; the tensor itself has to be closed.
 */
final class BoundTensor implements AutoCloseable {
    /**
     * The most bytes of one tensor: the binding takes buffers, which Java indexes with 31 bits, and 8 elements less.
     */
    static final long MAX_BYTES = Integer.MAX_VALUE - 8L * Long.BYTES;

    private final OnnxTensor tensor;
    private final MemorySegment data;
    private final ElementType type;

    private BoundTensor(OnnxTensor tensor, MemorySegment data, ElementType type) {
        this.tensor = tensor;
        this.data = data;
        this.type = type;
    }

    /** {@return a tensor of zeros for one of a model's inputs or outputs} */
    static BoundTensor allocate(OrtEnvironment environment, Arena arena, Port port, AxisOrder order)
            throws OrtException {
        return allocate(environment, arena, port.type(), order.dims(), order.elements());
    }

    /** {@return a tensor of zeros} */
    static BoundTensor allocate(OrtEnvironment environment, Arena arena, ElementType type, long[] dims, long elements)
            throws OrtException {
        MemorySegment data = arena.allocate(Math.multiplyExact(elements, (long) type.bytes()), Tensor.ALIGNMENT);
        OnnxTensor tensor = OnnxTensor.createTensor(
                environment, data.asByteBuffer().order(ByteOrder.nativeOrder()), dims, javaType(type));
        return new BoundTensor(tensor, data, type);
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case INT64 -> OnnxJavaType.INT64;
        };
    }

    /** {@return the tensor, on this memory} */
    OnnxTensor tensor() {
        return tensor;
    }

    /** Puts numbers in, by their index in this memory. */
    void fill(FloatValues values) {
        long elements = data.byteSize() / type.bytes();
        switch (type) {
            case FLOAT -> {
                for (long i = 0; i < elements; i++) {
                    data.setAtIndex(ValueLayout.JAVA_FLOAT, i, values.at(i));
                }
            }
            case FLOAT16, BFLOAT16, INT64 -> {
                for (long i = 0; i < elements; i++) {
                    set(i, values.at(i));
                }
            }
        }
    }

    /** Puts a declared tensor in, in the model's order. */
    void fill(Tensor values, AxisOrder order) {
        order.forEach((model, declared) -> set(model, values.at(declared)));
    }

    /** Takes a declared tensor out. */
    void copyTo(Tensor values, AxisOrder order) {
        order.forEach((model, declared) -> values.set(declared, get(model)));
    }

    private void set(long index, float value) {
        switch (type) {
            case FLOAT -> data.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
            case FLOAT16 -> data.setAtIndex(ValueLayout.JAVA_SHORT, index, Float.floatToFloat16(value));
            case BFLOAT16 -> throw new IllegalStateException("no engine's precision is bfloat16");
            case INT64 -> data.setAtIndex(ValueLayout.JAVA_LONG, index, (long) value);
        }
    }

    private float get(long index) {
        return switch (type) {
            case FLOAT -> data.getAtIndex(ValueLayout.JAVA_FLOAT, index);
            case FLOAT16 -> Float.float16ToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT, index));
            case BFLOAT16 -> throw new IllegalStateException("no engine's precision is bfloat16");
            case INT64 -> data.getAtIndex(ValueLayout.JAVA_LONG, index);
        };
    }

    @Override
    public void close() {
        tensor.close();
    }
}
