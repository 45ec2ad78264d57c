package tallybench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Submits jobs to a running service at a fixed rate, and waits for none. A latency is counted from when the request was
 * to be sent, so that a service that stalls does not hide the requests that it kept waiting. At the end every accepted
 * job has to be in the service's list.
 */
final class JobBenchmark {
    private static final int WARM_UP_SECONDS = 10;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    private JobBenchmark(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** Arguments: port, jobs a second, seconds. */
    public static void main(String[] arguments) throws Exception {
        JobBenchmark benchmark = new JobBenchmark(Integer.parseInt(arguments[0]));
        int rate = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        long[] _ = benchmark.submit(rate, WARM_UP_SECONDS);
        long[] nanos = benchmark.submit(rate, seconds);
        Arrays.sort(nanos);
        System.out.printf(
                "%,d jobs at %d a second: median %.1f ms, p90 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms%n",
                nanos.length,
                rate,
                quantile(nanos, 0.5),
                quantile(nanos, 0.9),
                quantile(nanos, 0.99),
                quantile(nanos, 0.999),
                quantile(nanos, 1));
        benchmark.requireAllListed();
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }

    private long[] submit(int rate, int seconds) throws Exception {
        int count = rate * seconds;
        long[] nanos = new long[count];
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                long at = start + TimeUnit.SECONDS.toNanos(i) / rate;
                while (System.nanoTime() < at) {
                    LockSupport.parkNanos(at - System.nanoTime());
                }
                var _ = threads.submit(() -> {
                    submit(number);
                    nanos[number] = System.nanoTime() - at;
                    return null;
                });
            }
        }
        if (Arrays.stream(nanos).anyMatch(time -> time == 0)) {
            throw new IllegalStateException("not every job was accepted");
        }
        return nanos;
    }

    private void submit(int number) throws Exception {
        String body = "{\"name\": \"candidate-" + number + "\", \"input\": [28, 28, 192], \"layers\": ["
                + "{\"type\": \"conv2d\", \"filters\": " + (1 + number % 64) + ", \"kernel\": 1},"
                + "{\"type\": \"conv2d\", \"filters\": 32, \"kernel\": 5, \"padding\": \"same\"}],"
                + " \"measure\": {\"engines\": [\"java\"], \"threads\": 1, \"budgetMillis\": 100}}";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + "/v1/analyses"))
                        .header("Content-Type", "application/json")
                        .header("Prefer", "respond-async")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        JsonNode job = JsonMapper.shared().readTree(answer.body());
        if (answer.statusCode() != 202 || !accepted.add(job.get("id").asString())) {
            System.err.println(answer.statusCode() + " " + answer.body());
            throw new IllegalStateException("expected a job of its own");
        }
    }

    private void requireAllListed() throws Exception {
        Set<String> missing = new HashSet<>(accepted);
        String path = "/v1/jobs?limit=500";
        while (path != null) {
            HttpResponse<String> page =
                    client.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
            JsonNode json = JsonMapper.shared().readTree(page.body());
            json.get("jobs").forEach(job -> missing.remove(job.get("id").asString()));
            path = json.has("next")
                    ? "/v1/jobs?limit=500&cursor=" + json.get("next").asString()
                    : null;
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(missing.size() + " accepted jobs are not listed");
        }
        System.out.printf("all %,d accepted jobs are listed%n", accepted.size());
    }
}
