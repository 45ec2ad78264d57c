package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.tally.onnx.OnnxModel.Initializer;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A model as bytes. Weights never become a protobuf message: what stands around them is written by hand, and they go
 * out in pieces.
 */
final class ModelWriter {
    private static final int PIECE_ELEMENTS = 1 << 14;

    /** Readers map the file; a tensor of a page or more starts at one. */
    private static final int PAGE_BYTES = 4_096;

    /** Where smaller tensors start: at a cache line. */
    private static final int LINE_BYTES = 64;

    private final ModelProto header;
    private final GraphProto graph;
    private final List<Initializer> initializers;

    /**
     * A model's parts.
     *
     * @param header the model without its graph
     * @param graph the graph without these weights
     */
    ModelWriter(ModelProto header, GraphProto graph, List<Initializer> initializers) {
        this.header = header;
        this.graph = graph;
        this.initializers = initializers;
    }

    long size() {
        long graphSize = graphSize();
        return header.getSerializedSize()
                + CodedOutputStream.computeTagSize(ModelProto.GRAPH_FIELD_NUMBER)
                + lengthSize(graphSize)
                + graphSize;
    }

    private long graphSize() {
        long size = graph.getSerializedSize();
        for (Initializer initializer : initializers) {
            long tensor = tensorSize(initializer);
            size += CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER) + lengthSize(tensor) + tensor;
        }
        return size;
    }

    private static long tensorSize(Initializer initializer) {
        return description(initializer).build().getSerializedSize()
                + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
                + lengthSize(initializer.bytes())
                + initializer.bytes();
    }

    private static long lengthSize(long length) {
        return CodedOutputStream.computeUInt64SizeNoTag(length);
    }

    private static TensorProto.Builder description(Initializer initializer) {
        return TensorProto.newBuilder()
                .setName(initializer.name())
                .setDataType(initializer.type().code())
                .addAllDims(initializer.dimensions());
    }

    void write(OutputStream out, Weights weights) throws IOException {
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        header.writeTo(coded);
        open(coded, ModelProto.GRAPH_FIELD_NUMBER, graphSize());
        graph.writeTo(coded);
        for (Initializer initializer : initializers) {
            open(coded, GraphProto.INITIALIZER_FIELD_NUMBER, tensorSize(initializer));
            description(initializer).build().writeTo(coded);
            open(coded, TensorProto.RAW_DATA_FIELD_NUMBER, initializer.bytes());
            coded.flush();
            writeValues(out, initializer, weights);
        }
        coded.flush();
    }

    private static void open(CodedOutputStream coded, int field, long length) throws IOException {
        coded.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        coded.writeUInt64NoTag(length);
    }

    private static void writeValues(OutputStream out, Initializer initializer, Weights weights) throws IOException {
        FloatValues values = initializer.values(weights);
        ElementType type = initializer.type();
        long elements = initializer.elements();
        float[] numbers = new float[(int) Math.min(elements, PIECE_ELEMENTS)];
        ByteBuffer piece = ByteBuffer.allocate(numbers.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < elements; i += numbers.length) {
            int count = (int) Math.min(numbers.length, elements - i);
            values.copy(i, numbers, count);
            type.put(numbers, count, piece.clear());
            out.write(piece.array(), 0, piece.position());
        }
    }

    byte[] withoutWeights() {
        GraphProto.Builder whole = graph.toBuilder();
        long offset = 0;
        for (Initializer initializer : initializers) {
            offset = start(offset, initializer);
            whole.addInitializer(description(initializer)
                    .setDataLocation(DataLocation.EXTERNAL)
                    .addExternalData(entry("location", OnnxModel.WEIGHTS_FILE))
                    .addExternalData(entry("offset", Long.toString(offset)))
                    .addExternalData(entry("length", Long.toString(initializer.bytes()))));
            offset += initializer.bytes();
        }
        return header.toBuilder().setGraph(whole).build().toByteArray();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static long start(long offset, Initializer initializer) {
        int alignment = initializer.bytes() >= PAGE_BYTES ? PAGE_BYTES : LINE_BYTES;
        return Math.ceilDiv(offset, alignment) * alignment;
    }

    long weightsSize() {
        long end = 0;
        for (Initializer initializer : initializers) {
            end = start(end, initializer) + initializer.bytes();
        }
        return end;
    }

    void writeWeights(OutputStream out, Weights weights) throws IOException {
        long end = 0;
        for (Initializer initializer : initializers) {
            long start = start(end, initializer);
            out.write(new byte[(int) (start - end)]);
            writeValues(out, initializer, weights);
            end = start + initializer.bytes();
        }
    }
}
