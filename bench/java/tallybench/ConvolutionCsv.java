package tallybench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tallybench.ConvolutionContender.Timed;

/** Writes what was measured as CSV: a line a layer and contender. */
final class ConvolutionCsv implements AutoCloseable {
    private final PrintWriter out;

    /** A file, with a header. */
    ConvolutionCsv(Path file) throws IOException {
        out = new PrintWriter(Files.newBufferedWriter(file));
        out.println("set,threads,layer,geometry,occurrences,contender,kernel,medianMillis,gflopsPerSecond,"
                + "onnxruntimeOverThis,spread,error");
        out.flush();
    }

    void row(ConvolutionSet set, int threads, ConvolutionResult result) {
        ConvolutionLayer layer = result.layer();
        for (Timed timed : result.timed()) {
            List<Double> ratios = result.ratios(timed);
            out.printf(
                    Locale.ROOT,
                    "%s,%d,\"%s\",\"%s\",%d,%s,\"%s\",%.6f,%.2f,%.4f,%.4f,%.3e%n",
                    set.name(),
                    threads,
                    layer.name(),
                    layer.geometry(),
                    layer.occurrences(),
                    timed.name(),
                    timed.kernel(),
                    timed.medianNanos() / 1e6,
                    layer.flops() / timed.medianNanos(),
                    Medians.of(ratios),
                    Medians.spread(ratios),
                    timed.error());
        }
        out.flush();
    }

    @Override
    public void close() {
        out.close();
    }
}
