package dev.tally.network;

/** Where the channels stand in a shape. Shapes never hold the batch. */
public enum Layout {
    /** {@code height × width × channels}, as the lecture and Keras write it. */
    CHANNELS_LAST("channels_last"),
    /** {@code channels × height × width}, as PyTorch and ONNX write it. */
    CHANNELS_FIRST("channels_first");

    private final String id;

    Layout(String id) {
        this.id = id;
    }

    /** {@return the name in the JSON description} */
    public String id() {
        return id;
    }

    /** {@return the index of the channel axis in a shape of this rank} */
    public int channelAxis(int rank) {
        return this == CHANNELS_LAST ? rank - 1 : 0;
    }

    /** {@return the index, in a shape, of the spatial axis with this ordinal: 0 is the outermost} */
    public int spatialAxis(int ordinal) {
        return this == CHANNELS_LAST ? ordinal : ordinal + 1;
    }

    /** {@return the number of channels of a shape} */
    public int channels(Shape shape) {
        return shape.size(channelAxis(shape.rank()));
    }

    /** {@return the size of a shape along the spatial axis with this ordinal: 0 is the outermost} */
    public int spatial(Shape shape, int ordinal) {
        return shape.size(spatialAxis(ordinal));
    }

    /** {@return the shape with these channels and these spatial sizes, outermost first} */
    public Shape shape(int channels, int[] spatial) {
        int[] sizes = new int[spatial.length + 1];
        for (int i = 0; i < spatial.length; i++) {
            sizes[spatialAxis(i)] = spatial[i];
        }
        sizes[channelAxis(sizes.length)] = channels;
        return Shape.of(sizes);
    }
}
