package tallybench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.JsonNode;

/**
 * What counting costs the service, without HTTP: a description's bytes to its counts and hash, and each step of that.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@NullUnmarked // JMH sets the fields
public class AnalysisBenchmark {
    /** A network to count, and its multiply-accumulates: published, or plain to see. */
    public enum Subject {
        LECTURE(12_443_648),
        GOOGLENET(1_582_671_872),
        RESNET_50(4_089_184_256L),
        CHAIN_OF_10_000(5_000L * 16 * 16 * 8 * 8);

        private final long macs;

        Subject(long macs) {
            this.macs = macs;
        }

        byte[] json() {
            return switch (this) {
                case LECTURE -> """
                    {
                      "name": "inception-3a-5x5-branch",
                      "input": [28, 28, 192],
                      "layers": [
                        {"name": "reduce", "type": "conv2d", "filters": 16, "kernel": 1},
                        {"type": "conv2d", "filters": 32, "kernel": 5, "padding": "same", "activation": "relu"}
                      ]
                    }
                    """.getBytes(UTF_8);
                case GOOGLENET -> resource("googlenet");
                case RESNET_50 -> resource("resnet-50");
                case CHAIN_OF_10_000 ->
                    IntStream.range(0, 5000)
                            .mapToObj(
                                    i -> "{\"type\": \"conv2d\", \"filters\": 16, \"kernel\": 1}, {\"type\": \"relu\"}")
                            .collect(Collectors.joining(",\n", "{\"input\": [8, 8, 16], \"layers\": [\n", "]}"))
                            .getBytes(UTF_8);
            };
        }

        private static byte[] resource(String name) {
            try (InputStream json =
                    DescriptionReader.class.getResourceAsStream("/dev/tally/networks/" + name + ".json")) {
                return json.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Param
    private Subject subject;

    private byte[] json;
    private JsonNode tree;
    private Network network;

    @Setup(Level.Trial)
    public void prepare() {
        json = subject.json();
        tree = DescriptionJson.read(json);
        network = DescriptionReader.read(tree).network();
        long macs = Analysis.of(network).totals().operations().macs();
        if (macs != subject.macs) {
            throw new IllegalStateException(
                    subject + ": expected " + subject.macs + " multiply-accumulates, got " + macs);
        }
    }

    /** All of it, as the service does for each request. */
    @Benchmark
    public void bytesToCountsAndHash(Blackhole blackhole) {
        Network read = DescriptionReader.read(DescriptionJson.read(json)).network();
        blackhole.consume(Analysis.of(read));
        blackhole.consume(read.hash());
    }

    @Benchmark
    public JsonNode bytesToTree() {
        return DescriptionJson.read(json);
    }

    @Benchmark
    public Network treeToNetwork() {
        return DescriptionReader.read(tree).network();
    }

    @Benchmark
    public Analysis networkToCounts() {
        return Analysis.of(network);
    }

    @Benchmark
    public String networkToHash() {
        return network.hash();
    }
}
