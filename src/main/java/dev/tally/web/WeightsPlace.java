package dev.tally.web;

import dev.tally.onnx.OnnxModel;
import dev.tally.tensor.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a model's weights stand, and with that the form of the answer. */
enum WeightsPlace {
    /** In the model itself. */
    INSIDE(WeightsPlace.ONNX) {
        @Override
        long size(OnnxModel model) {
            return model.size();
        }

        @Override
        void write(OnnxModel model, OutputStream out, Weights weights) throws IOException {
            model.write(out, weights);
        }
    },
    /** In a file beside it, both in an archive. */
    EXTERNAL(WeightsPlace.ZIP) {
        @Override
        long size(OnnxModel model) {
            return new ModelArchive(model).size();
        }

        @Override
        void write(OnnxModel model, OutputStream out, Weights weights) throws IOException {
            new ModelArchive(model).write(out, weights);
        }
    };

    static final String ONNX = "application/onnx";
    static final String ZIP = "application/zip";

    private final String type;

    WeightsPlace(String type) {
        this.type = type;
    }

    /** {@return the media type of the answer} */
    String type() {
        return type;
    }

    /** {@return what a file of that form is called after the dot} */
    String extension() {
        return type.substring(type.indexOf('/') + 1);
    }

    /** {@return how many bytes {@link #write} writes} */
    abstract long size(OnnxModel model);

    /** Writes a model and its weights. */
    abstract void write(OnnxModel model, OutputStream out, Weights weights) throws IOException;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the place with this name}
     *
     * @throws IllegalArgumentException if there is none
     */
    static WeightsPlace of(String id) {
        return Arrays.stream(values())
                .filter(place -> place.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of "
                        + Arrays.stream(values()).map(WeightsPlace::id).collect(Collectors.joining(", "))));
    }
}
