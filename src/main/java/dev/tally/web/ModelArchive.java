package dev.tally.web;

import dev.tally.onnx.OnnxModel;
import dev.tally.tensor.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A model and the file of its weights as a ZIP archive. Both are stored as they are: made-up numbers do not compress.
 *
 * <p>Of what is stored, length and checksum have to stand in front, or who reads the archive as it comes, as Java's
 * {@code ZipInputStream} does, cannot tell where it ends. So the weights are made up twice: that is quicker than
 * sending them.
 */
record ModelArchive(OnnxModel model) {
    static final String MODEL_FILE = "model.onnx";

    /** From this on, a size or an offset stands in a field of ZIP64. */
    private static final long ZIP64 = 0xFFFF_FFFFL;

    private static final int LOCAL_HEADER = 30;
    private static final int LOCAL_ZIP64 = 20;
    private static final int CENTRAL_HEADER = 46;
    private static final int CENTRAL_ZIP64 = 4;
    private static final int CENTRAL_ZIP64_FIELD = 8;
    private static final int END = 22;
    private static final int END_ZIP64 = 76;

    /**
     * The same archive has the same bytes whenever it is made. (Of 1980-01-01 the JDK writes more than the format's.)
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** {@return how many bytes {@link #write} writes: what the JDK's archives of stored entries have} */
    long size() {
        long modelSize = model.withoutWeights().length;
        long weightsSize = model.weightsSize();
        long weightsAt = local(MODEL_FILE, modelSize) + modelSize;
        long centralAt = weightsAt + local(OnnxModel.WEIGHTS_FILE, weightsSize) + weightsSize;
        return centralAt
                + central(MODEL_FILE, modelSize, 0)
                + central(OnnxModel.WEIGHTS_FILE, weightsSize, weightsAt)
                + END
                + (centralAt >= ZIP64 ? END_ZIP64 : 0);
    }

    private static int local(String name, long size) {
        return LOCAL_HEADER + name.length() + (size >= ZIP64 ? LOCAL_ZIP64 : 0);
    }

    private static int central(String name, long size, long offset) {
        int fields = (size >= ZIP64 ? 2 : 0) + (offset >= ZIP64 ? 1 : 0);
        return CENTRAL_HEADER + name.length() + (fields == 0 ? 0 : CENTRAL_ZIP64 + fields * CENTRAL_ZIP64_FIELD);
    }

    /** Writes the archive, in memory that does not grow with the weights. */
    void write(OutputStream out, Weights weights) throws IOException {
        byte[] file = model.withoutWeights();
        CRC32 checksum = new CRC32();
        checksum.update(file);
        // Not closed: that would write more to a client that is gone, and the stream is not ours.
        ZipOutputStream archive = new ZipOutputStream(out);
        archive.putNextEntry(entry(MODEL_FILE, file.length, checksum));
        archive.write(file);
        archive.closeEntry();
        checksum.reset();
        model.writeWeights(new CheckedOutputStream(OutputStream.nullOutputStream(), checksum), weights);
        archive.putNextEntry(entry(OnnxModel.WEIGHTS_FILE, model.weightsSize(), checksum));
        model.writeWeights(archive, weights);
        archive.closeEntry();
        archive.finish();
    }

    private static ZipEntry entry(String name, long size, CRC32 checksum) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(TIME);
        return entry;
    }
}
