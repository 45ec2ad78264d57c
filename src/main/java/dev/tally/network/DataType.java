package dev.tally.network;

/** The type of every tensor's elements. It scales bytes and changes no count. */
public enum DataType {
    FLOAT32("float32", 4),
    FLOAT16("float16", 2),
    BFLOAT16("bfloat16", 2),
    INT8("int8", 1);

    private final String id;
    private final int bytes;

    DataType(String id, int bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /** {@return the name in the JSON description} */
    public String id() {
        return id;
    }

    /** {@return the size of one element in bytes} */
    public int bytes() {
        return bytes;
    }
}
