package tallybench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a running service for pages of its latency table, one request after the other, and checks each before its time
 * counts. First it follows all pages to the end: every row has to be on exactly one.
 */
final class LatencyBenchmark {
    private static final String PATH = "/v1/latencies";
    private static final int WARM_UP = 300;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(20_261_125);
    private final String base;
    private final int requests;

    private LatencyBenchmark(int port, int requests) {
        this.base = "http://127.0.0.1:" + port;
        this.requests = requests;
    }

    /**
     * Arguments: {@code keys}, the service's port and a file, which gets the keys of all ready networks' steps, a line
     * each; or {@code pages}, the port, how many requests to time of each kind, and how many rows there are.
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("keys")) {
            new LatencyBenchmark(port, 1).writeKeys(Path.of(arguments[2]));
        } else {
            new LatencyBenchmark(port, Integer.parseInt(arguments[2])).run(Integer.parseInt(arguments[3]));
        }
    }

    private void writeKeys(Path file) throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        for (JsonNode ready : read(send("/v1/networks", null))) {
            JsonNode analysis = read(
                    send("/v1/analyses", "{\"ready\": \"" + ready.get("name").asString() + "\", \"estimate\": {}}"));
            analysis.at("/estimate/layers")
                    .forEach(layer -> keys.add(layer.get("key").asString()));
            keys.add("network " + analysis.get("networkHash").asString());
        }
        Files.write(file, keys);
    }

    private void run(int rows) throws IOException {
        List<Map.Entry<String, List<JsonNode>>> seen = new ArrayList<>();
        for (int i = 0; i < WARM_UP; i++) {
            read(send(PATH + "?limit=" + (1 + i), null));
        }
        List<String> cursors = walk(rows, seen);
        System.out.printf("%nlimit 100, %d requests each%n", requests);
        List<JsonNode> some =
                seen.stream().flatMap(page -> page.getValue().stream()).toList();
        Supplier<JsonNode> any = () -> some.get(random.nextInt(some.size()));
        page("nothing", () -> "", _ -> true);
        for (String field : List.of("engine", "host", "threads", "precision")) {
            page(field, () -> "", any, List.of(field));
        }
        page(
                "algorithm",
                () -> "&algorithm=direct",
                row -> text(row, "algorithm").equals("direct"));
        page("key", () -> "", any, List.of("key"));
        page("key, engine, host, threads", () -> "", any, List.of("key", "engine", "host", "threads"));
        page("engine, host", () -> "", any, List.of("engine", "host"));
        page("engine, host, threads, precision", () -> "", any, List.of("engine", "host", "threads", "precision"));
        prefix("prefix of a few rows in each", 24, any, List.of());
        prefix("prefix of most rows", 4, any, List.of());
        prefix("prefix of a few rows, engine", 24, any, List.of("engine"));
        prefix("prefix, all filters", 24, any, List.of("engine", "host", "threads", "precision"));
        page("prefix of none", () -> "&keyPrefix=zzz", _ -> false);
        page("combination of none", () -> "&engine=java&precision=tf32", _ -> false);
        page("a page anywhere", () -> "&cursor=" + cursors.get(random.nextInt(cursors.size())), _ -> true);
        page("the last page", () -> "&cursor=" + cursors.getLast(), _ -> true);
        page(
                "a page anywhere, engine and prefix",
                () -> "&engine=java&keyPrefix=conv&cursor=" + cursors.get(random.nextInt(cursors.size())),
                row -> text(row, "engine").equals("java") && text(row, "key").startsWith("conv"));
        System.out.printf("%nlimit 1000%n");
        page("nothing", () -> "&limit=1000", _ -> true);
        page("as CSV", () -> "&limit=1000&format=csv", _ -> true);
        System.out.printf("%nan analysis%n");
        String network = "{\"ready\": \"googlenet\", \"batch\": 1";
        String asked = network + ", \"estimate\": {\"engine\": \"java\", \"host\": \"" + text(any.get(), "host")
                + "\", \"threads\": 1}}";
        time(
                "of GoogLeNet",
                () -> send("/v1/analyses?detail=totals", network + "}"),
                answer -> answer.contains("totals"));
        time(
                "of GoogLeNet with its estimate",
                () -> send("/v1/analyses?detail=totals", asked),
                answer -> read(answer).at("/estimate/complete").asBoolean());
    }

    private List<String> walk(int rows, List<Map.Entry<String, List<JsonNode>>> seen) throws IOException {
        Set<String> visited = new HashSet<>();
        List<String> cursors = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        String path = PATH + "?limit=1000";
        while (!path.isEmpty()) {
            long start = System.nanoTime();
            String answer = send(path, null);
            times.add((System.nanoTime() - start) / 1e6);
            JsonNode page = read(answer);
            List<JsonNode> latencies = page.get("latencies").valueStream().toList();
            for (JsonNode row : latencies) {
                String name = row.get("key") + " " + row.get("engine") + row.get("host") + row.get("threads")
                        + row.get("precision") + row.path("algorithm");
                expect(visited.add(name), "a row twice: " + name);
            }
            if (times.size() % 10 == 1) {
                seen.add(Map.entry(path, latencies));
            }
            path = page.path("next").asString("");
            if (!path.isEmpty()) {
                cursors.add(path.replaceAll(".*cursor=", ""));
            }
        }
        expect(visited.size() == rows, "visited " + visited.size() + " rows of " + rows);
        System.out.printf("every page of %,d rows, limit 1000%n", rows);
        print("one after the other", times);
        return cursors;
    }

    private void prefix(String name, int letters, Supplier<JsonNode> any, List<String> fields) throws IOException {
        Supplier<JsonNode> convolution = () -> {
            JsonNode row;
            do {
                row = any.get();
            } while (!text(row, "key").startsWith("conv k"));
            return row;
        };
        String[] prefix = {""};
        page(
                name,
                () -> "&keyPrefix=" + encoded(prefix[0]),
                () -> {
                    JsonNode row = convolution.get();
                    prefix[0] = text(row, "key").substring(0, letters);
                    return row;
                },
                fields);
    }

    /** Filters by fields of a row that there is, so that there is always an answer. */
    private void page(String name, Supplier<String> more, Supplier<JsonNode> any, List<String> fields)
            throws IOException {
        JsonNode[] wanted = new JsonNode[1];
        page(
                name,
                () -> {
                    wanted[0] = any.get();
                    StringBuilder query = new StringBuilder();
                    fields.forEach(field ->
                            query.append('&').append(field).append('=').append(encoded(text(wanted[0], field))));
                    return query + more.get();
                },
                row -> fields.stream().allMatch(field -> text(row, field).equals(text(wanted[0], field))),
                true);
    }

    private void page(String name, Supplier<String> query, Predicate<JsonNode> expected) throws IOException {
        page(name, query, expected, false);
    }

    private void page(String name, Supplier<String> query, Predicate<JsonNode> expected, boolean some)
            throws IOException {
        time(name, () -> send(PATH + "?" + query.get().replaceFirst("&", ""), null), answer -> {
            if (!answer.startsWith("{")) {
                return answer.startsWith("key,engine,");
            }
            List<JsonNode> rows = read(answer).get("latencies").valueStream().toList();
            return rows.stream().allMatch(expected) && (!some || !rows.isEmpty());
        });
    }

    private interface Asking {
        String get() throws IOException;
    }

    private void time(String name, Asking asking, Predicate<String> sound) throws IOException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            long start = System.nanoTime();
            String answer = asking.get();
            times.add((System.nanoTime() - start) / 1e6);
            expect(sound.test(answer), name + ": " + answer.substring(0, Math.min(300, answer.length())));
        }
        print(name, times);
    }

    private static void print(String name, List<Double> times) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "  %-36s median %6.2f ms   p99 %6.2f ms   longest %6.2f ms%n",
                name,
                sorted[sorted.length / 2],
                sorted[(int) Math.ceil(0.99 * sorted.length) - 1],
                Arrays.stream(sorted).max().orElseThrow());
    }

    private String send(String path, String json) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        if (json != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            expect(response.statusCode() == 200, path + ": " + response.body());
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asString("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static void expect(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalStateException(otherwise);
        }
    }
}
