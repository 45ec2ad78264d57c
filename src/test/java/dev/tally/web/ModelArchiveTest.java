package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.onnx.OnnxModel;
import dev.tally.onnx.OnnxOptions;
import dev.tally.tensor.FloatValues;
import dev.tally.tensor.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ModelArchiveTest {
    private static final Weights ZEROS = (_, _) -> new FloatValues() {
        @Override
        public float at(long index) {
            return 0;
        }

        @Override
        public void copy(long from, float[] into, int count) {
            // there are zeros
        }
    };

    private static OnnxModel dense(long inputs, int units) throws Exception {
        String json = "{\"input\": [" + inputs + "], \"layers\": [{\"type\": \"dense\", \"units\": " + units
                + ", \"bias\": false}]}";
        return OnnxModel.of(
                DescriptionReader.read(DescriptionJson.read(json.getBytes(StandardCharsets.UTF_8)))
                        .network(),
                OnnxOptions.DEFAULT);
    }

    @Test
    void holdsTheModelAndItsWeightsAsTheyAre() throws Exception {
        OnnxModel model = dense(3, 5);
        ModelArchive archive = new ModelArchive(model);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        archive.write(out, (_, _) -> index -> index);

        assertThat(out.size()).isEqualTo(archive.size());
        try (ZipInputStream read = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            ZipEntry first = read.getNextEntry();
            assertThat(first).hasToString("model.onnx");
            assertThat(first.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(read.readAllBytes()).isEqualTo(model.withoutWeights());
            ZipEntry second = read.getNextEntry();
            assertThat(second).hasToString("weights.bin");
            assertThat(second.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(read.readAllBytes())
                    .hasSize(60)
                    .startsWith(0, 0, 0, 0, 0, 0, 0x80, 0x3F)
                    .endsWith(0, 0, 0x60, 0x41);
            assertThat(read.getNextEntry()).isNull();
        }
    }

    @Test
    void hasTheSameBytesEachTime() throws Exception {
        ModelArchive archive = new ModelArchive(dense(3, 5));
        ByteArrayOutputStream once = new ByteArrayOutputStream();
        archive.write(once, ZEROS);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        archive.write(again, ZEROS);

        assertThat(again.toByteArray()).isEqualTo(once.toByteArray());
    }

    /** Where sizes and offsets take fields of ZIP64. */
    @Test
    void knowsItsSizeBeyond4GigabytesToo() throws Exception {
        ModelArchive archive = new ModelArchive(dense(1 << 15, (1 << 15) + 1));
        Counter counter = new Counter();
        archive.write(counter, ZEROS);

        assertThat(archive.size()).isGreaterThan(4L << 30).isEqualTo(counter.bytes);
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int from, int length) {
            bytes += length;
        }
    }
}
