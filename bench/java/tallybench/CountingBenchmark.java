package tallybench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Shows that counting never touches the database: posts analyses without {@code measure}, one after the other, to an
 * application whose pool of connections counts what is taken from it. A worker takes some by itself all the time, so
 * the same span of time without any request is counted beside.
 */
final class CountingBenchmark {
    private static final String TAKEN = "hikaricp_connections_acquire_seconds_count";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    private CountingBenchmark(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** Arguments: port, analyses. */
    public static void main(String[] arguments) throws Exception {
        CountingBenchmark benchmark = new CountingBenchmark(Integer.parseInt(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        benchmark.analyse(1_000);
        long before = benchmark.taken();
        long start = System.nanoTime();
        benchmark.analyse(count);
        long nanos = System.nanoTime() - start;
        long meanwhile = benchmark.taken() - before;
        Thread.sleep(nanos / 1_000_000);
        long idle = benchmark.taken() - before - meanwhile;
        System.out.printf(
                "%,d analyses in %.1f s: %,d connections taken from the pool; in as long without any: %,d%n",
                count, nanos / 1e9, meanwhile, idle);
        // What a worker takes by itself differs by a few; a single connection for each analysis would be all of them.
        if (meanwhile - idle > count / 100) {
            throw new IllegalStateException("analyses take connections");
        }
    }

    private void analyse(int count) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/analyses?detail=totals"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"ready\": \"lecture-bottleneck\"}"))
                .build();
        for (int i = 0; i < count; i++) {
            if (client.send(request, BodyHandlers.ofString()).statusCode() != 200) {
                throw new IllegalStateException("not analysed");
            }
        }
    }

    private long taken() throws Exception {
        String metrics = client.send(
                        HttpRequest.newBuilder(URI.create(base + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith(TAKEN))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the pool does not count"));
    }
}
