package tallybench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.description.ReadyNetworks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sweeps of GoogLeNet on a running service, one at a time and several at once, with single requests meanwhile. */
final class SweepBenchmark {
    private static final int CANDIDATES = 99_200;
    private static final int CHECKED_EVERY = 997;
    private static final int REQUESTS_A_SECOND = 50;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final ObjectNode network = network();

    private SweepBenchmark(int port) {
        this.port = port;
    }

    /** Arguments: port, rounds of one sweep, sweeps at once. */
    public static void main(String[] arguments) throws Exception {
        SweepBenchmark benchmark = new SweepBenchmark(Integer.parseInt(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        for (String keep :
                List.of("", ", \"keep\": {\"best\": 100, \"by\": \"multiplies\"}", ", \"keep\": \"front\"")) {
            for (int round = 1; round <= rounds; round++) {
                long begin = System.nanoTime();
                benchmark.sweep(keep);
                System.out.printf(
                        "%,d candidates%s: %.2f s%n",
                        CANDIDATES, keep.replaceAll("[\\\\{}\"]", ""), (System.nanoTime() - begin) / 1e9);
            }
        }
        benchmark.several(Integer.parseInt(arguments[2]));
    }

    /** The paper's, but for the widths of the bottlenecks of 3a and 4b. */
    private static ObjectNode network() {
        String json =
                Objects.requireNonNull(ReadyNetworks.find("googlenet")).json().toString();
        return (ObjectNode)
                DescriptionJson.read(json.replace("\"reduce3\":96,\"three\":128", "\"reduce3\":\"$a\",\"three\":128")
                        .replace("\"reduce5\":16,\"five\":32", "\"reduce5\":\"$b\",\"five\":32")
                        .replace("\"reduce3\":112", "\"reduce3\":\"$c\"")
                        .replace(
                                "\"reduce5\":24,\"five\":64,\"pool\":64}},{\"name\":\"4c\"",
                                "\"reduce5\":\"$d\",\"five\":64,\"pool\":64}},{\"name\":\"4c\"")
                        .getBytes(UTF_8));
    }

    private String body(String keep) {
        return "{\"network\": " + network + ", \"parameters\": {\"a\": {\"from\": 8, \"to\": 128, \"step\": 8},"
                + " \"b\": {\"from\": 4, \"to\": 40, \"step\": 4}, \"c\": {\"from\": 16, \"to\": 256, \"step\": 8},"
                + " \"d\": {\"from\": 4, \"to\": 80, \"step\": 4}}" + keep + "}";
    }

    /** Reads a sweep to its summary; compares some of its lines with what the library counts. */
    private void sweep(String keep) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/sweeps"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(keep)))
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        require(response.statusCode() == 200, "status " + response.statusCode());
        String last = "";
        long candidates = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{\"candidate\"") && candidates++ % CHECKED_EVERY == 0) {
                    check(JsonMapper.shared().readTree(line));
                }
                last = line;
            }
        }
        JsonNode summary = JsonMapper.shared().readTree(last).path("summary");
        require(summary.path("complete").asBoolean(), "a summary, got " + last);
        require(summary.path("counted").asLong() == CANDIDATES, "all counted, got " + last);
        require(
                keep.isEmpty()
                        ? candidates == CANDIDATES
                        : candidates == summary.path("kept").asLong(),
                "all lines");
    }

    private void check(JsonNode line) {
        ObjectNode alone = network.deepCopy();
        line.path("parameters")
                .properties()
                .forEach(parameter ->
                        alone.withObjectProperty("parameters").set(parameter.getKey(), parameter.getValue()));
        var counted = Analysis.of(DescriptionReader.read(alone).network());
        require(
                line.at("/totals/multiplies").asLong()
                                == counted.totals().operations().multiplies()
                        && line.path("networkHash")
                                .asString()
                                .equals(counted.network().hash()),
                "what the library counts, got " + line);
    }

    private void several(int sweeps) throws Exception {
        SingleRequests singles = new SingleRequests(port, REQUESTS_A_SECOND);
        try (ExecutorService pool = Executors.newFixedThreadPool(sweeps)) {
            Callable<Void> sweep = () -> {
                sweep("");
                return null;
            };
            long begin = System.nanoTime();
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < sweeps; i++) {
                running.add(pool.submit(sweep));
            }
            Thread poster = Thread.ofPlatform().start(singles);
            for (Future<Void> one : running) {
                one.get();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            singles.stop();
            poster.join();
            System.out.printf(
                    "%d sweeps at once: %.1f s; single requests meanwhile, %d/s: %s%n",
                    sweeps, seconds, REQUESTS_A_SECOND, singles.latencies());
        }
    }

    private static void require(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalStateException("expected " + expected);
        }
    }
}
