package tallybench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Streams random candidates to a running service, over one or more connections, and posts single requests at a fixed
 * rate meanwhile. Every line's count is compared with the library's own before a figure is printed.
 */
final class BatchBenchmark {
    private static final long SEED = 20_140_917;
    private static final int REQUESTS_A_SECOND = 50;

    private final int port;
    private final int count;
    private final int connections;
    private final Path file;
    private final long[] multiplies;
    private final long[] offsets;

    private BatchBenchmark(int port, int count, int connections, Path file) {
        this.port = port;
        this.count = count;
        this.connections = connections;
        this.file = file;
        this.multiplies = new long[count];
        this.offsets = new long[count + 1];
    }

    /** Arguments: port, candidates, connections, a file to write the candidates to, rounds, stalled readers. */
    public static void main(String[] arguments) throws Exception {
        BatchBenchmark benchmark = new BatchBenchmark(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Path.of(arguments[3]));
        benchmark.draw();
        benchmark.run(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
    }

    /** Draws the candidates before anything is timed, and counts them by the library. */
    private void draw() throws IOException {
        Candidates candidates = new Candidates(SEED);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                byte[] json = (candidates.next() + "\n").getBytes(UTF_8);
                out.write(json);
                offsets[i + 1] = offsets[i] + json.length;
                multiplies[i] = Analysis.of(DescriptionReader.read(DescriptionJson.read(json))
                                .network())
                        .totals()
                        .operations()
                        .multiplies();
            }
        }
        System.out.printf(
                "%,d candidates, %,d bytes each on average, %,d multiplies in all%n",
                count, offsets[count] / count, sum());
    }

    private long sum() {
        return Arrays.stream(multiplies).sum();
    }

    private void run(int rounds, int stalled) throws Exception {
        List<Socket> stalledReaders = new ArrayList<>();
        for (int i = 0; i < stalled; i++) {
            stalledReaders.add(stall());
        }
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            for (int round = 1; round <= rounds; round++) {
                SingleRequests singles = new SingleRequests(port, REQUESTS_A_SECOND);
                Thread poster = Thread.ofPlatform().start(singles);
                long start = System.nanoTime();
                long checksum = 0;
                List<Future<Long>> sums = new ArrayList<>();
                for (int i = 0; i < connections; i++) {
                    int from = (int) ((long) count * i / connections);
                    int to = (int) ((long) count * (i + 1) / connections);
                    sums.add(threads.submit(stream(threads, from, to)));
                }
                for (Future<Long> sum : sums) {
                    checksum += sum.get();
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                singles.stop();
                poster.join();
                if (checksum != sum()) {
                    throw new IllegalStateException("expected " + sum() + " multiplies, got " + checksum);
                }
                System.out.printf(
                        "round %d: %,7.0f lines/s, %5.1f MB/s in; single requests at %d/s meanwhile: %s%n",
                        round, count / seconds, offsets[count] / seconds / 1e6, REQUESTS_A_SECOND, singles.latencies());
            }
        }
        for (Socket socket : stalledReaders) {
            socket.close();
        }
    }

    /** {@return who sends lines from one number to another, reads their answers and sums up their counts} */
    private Callable<Long> stream(ExecutorService threads, int from, int to) {
        return () -> {
            try (SocketChannel channel =
                            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    FileChannel lines = FileChannel.open(file)) {
                head(channel.socket().getOutputStream(), "totals", offsets[to] - offsets[from]);
                Future<?> sender = threads.submit(() -> send(lines, offsets[from], offsets[to], channel));
                BatchAnswer answer = new BatchAnswer(channel.socket().getInputStream());
                long sum = 0;
                for (int i = from; i < to; i++) {
                    sum += answer.expectLine(i - from + 1, multiplies[i]);
                }
                answer.expectSummary(to - from);
                sender.get();
                return sum;
            }
        };
    }

    private static void send(FileChannel lines, long from, long to, SocketChannel channel) {
        try {
            for (long at = from; at < to; ) {
                at += lines.transferTo(at, Math.min(to - at, 1 << 20), channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void head(OutputStream out, String detail, long length) throws IOException {
        out.write(("POST /v1/analyses?detail=" + detail + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-ndjson\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        out.flush();
    }

    /** Sends a little, for which there is much to read, and reads nothing. */
    private Socket stall() throws IOException {
        byte[] line = "{\"ready\": \"googlenet\"}\n".getBytes(UTF_8);
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        head(socket.getOutputStream(), "full", 1 << 30);
        for (int i = 0; i < 1000; i++) {
            socket.getOutputStream().write(line);
        }
        return socket;
    }
}
