package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.latency.LatencyTable;
import dev.tally.latency.Measured;
import dev.tally.measurement.Measurement;
import dev.tally.network.Network;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LatencyApiTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Network NETWORK = Measured.chain(1, 3, 3);
    private static final String K1 = "conv k1x1 s1x1 d1x1 p0+0,0+0 f3 g1 bias | 16x16x3 | n1 float32 channels_last";

    @LocalServerPort
    private int port;

    @Autowired
    private LatencyTable table;

    @Autowired
    private JdbcClient jdbc;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
        jdbc.sql("delete from latency").update();
        jdbc.sql("delete from latency_conditions").update();
    }

    private void record(Measurement.Conditions conditions, double millis, Instant at) {
        table.record(
                NETWORK,
                "host-a",
                Measured.measurements(
                        Measured.measurement(conditions, NETWORK, Measured.figures(3e6 * millis), _ -> 1e6 * millis)),
                at);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void whatWasNeverMeasuredIsAnEmptyPage() {
        Api.Answer answer = api.get("/v1/latencies");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"latencies\":[]}");
        assertThat(answer.header("Link")).isEmpty();
    }

    @Test
    void everyFigureHasItsUnitInItsName() {
        record(Measured.JAVA, 1, NOON);
        record(Measured.JAVA, 2, NOON.plusSeconds(1));

        JsonNode latency = api.get("/v1/latencies?key=" + encoded(K1))
                .json()
                .get("latencies")
                .get(0);

        assertThat(latency.toString())
                .isEqualTo("{\"key\":\"" + K1 + "\",\"engine\":\"java\",\"precision\":\"float32\",\"threads\":1,"
                        + "\"host\":\"host-a\",\"count\":2,\"medianMillis\":1.5,\"meanMillis\":1.5,"
                        + "\"varianceMillisSquared\":0.5,\"minMillis\":1.0,\"lastMeasured\":\"2026-11-25T12:00:01Z\","
                        + "\"kernel\":\"loops\",\"disturbance\":1.0}");
    }

    @Test
    void csvHasTheSameFigures() {
        record(Measured.conditions("onnxruntime-cuda", "direct", "GPU \"A\", driver 1", 2), 1.25, NOON);

        for (Api.Answer answer : List.of(
                api.get("/v1/latencies?format=csv&keyPrefix=conv+k1"),
                api.get("/v1/latencies?keyPrefix=conv%20k1", "Accept", "text/csv"))) {
            assertThat(answer.type()).isEqualTo("text/csv;charset=UTF-8");
            assertThat(answer.text())
                    .isEqualTo("key,engine,algorithm,precision,threads,host,device,count,medianMillis,meanMillis,"
                            + "varianceMillisSquared,minMillis,lastMeasured,kernel,disturbance\r\n"
                            + "\"" + K1
                            + "\",onnxruntime-cuda,direct,float32,2,host-a,\"GPU \"\"A\"\", driver 1\",1,1.25,1.25,,1.25,"
                            + "2026-11-25T12:00:00Z,loops,1.0\r\n");
        }
    }

    @Test
    void pagesAreFollowedByNextAndByLinkWithTheSameFilters() {
        record(Measured.JAVA, 1, NOON);
        record(Measured.conditions("java", null, null, 2), 1, NOON);
        record(Measured.conditions("onnxruntime-cpu", null, null, 1), 1, NOON);

        List<String> visited = new ArrayList<>();
        String path = "/v1/latencies?engine=java&keyPrefix=" + encoded("conv k") + "&limit=1";
        while (!path.isEmpty()) {
            Api.Answer answer = api.get(path);
            answer.json()
                    .get("latencies")
                    .forEach(it -> visited.add(it.get("key").asString().substring(0, 9) + " "
                            + it.get("engine").asString() + " " + it.get("threads")));
            path = answer.json().path("next").asString("");
            assertThat(answer.header("Link")).isEqualTo(path.isEmpty() ? "" : "<" + path + ">; rel=\"next\"");
            assertThat(visited).hasSizeLessThan(10);
        }

        assertThat(visited)
                .containsExactly("conv k1x1 java 1", "conv k3x3 java 1", "conv k1x1 java 2", "conv k3x3 java 2");
    }

    @Test
    void aTableIsPagedAsAFormTooByLinkAlone() {
        record(Measured.JAVA, 1, NOON);

        String link = api.get("/v1/latencies?format=csv&limit=2").header("Link");

        assertThat(link).matches("</v1/latencies\\?.*format=csv.*cursor=.*>; rel=\"next\"");
        Api.Answer last = api.get(link.replaceAll("<(.*)>.*", "$1"));
        assertThat(last.text().lines()).hasSize(2);
        assertThat(last.header("Link")).isEmpty();
    }

    @Test
    void anEmptyAlgorithmIsTheEnginesOwnChoice() {
        record(Measured.JAVA, 1, NOON);
        record(Measured.conditions("java", "direct", null, 1), 1, NOON);

        assertThat(api.get("/v1/latencies?algorithm=").json().get("latencies")).hasSize(3);
        assertThat(api.get("/v1/latencies?algorithm=direct").json().get("latencies"))
                .hasSize(3);
        assertThat(api.get("/v1/latencies").json().get("latencies")).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "limit=0      | the query parameter \"limit\": expected an integer from 1 to 1000, got \"0\"",
                "limit=1001   | the query parameter \"limit\": expected an integer from 1 to 1000, got \"1001\"",
                "limit=ten    | the query parameter \"limit\": expected an integer from 1 to 1000, got \"ten\"",
                "limit=       | the query parameter \"limit\": expected an integer from 1 to 1000, got \"\"",
                "threads=0.5  | the query parameter \"threads\": expected an integer from 1 to 1048576, got \"0.5\"",
                "engine=jav   | the query parameter \"engine\": expected one of onnxruntime-cpu, java, onnxruntime-cuda, reference, got \"jav\"",
                "engine=onnxruntime | the query parameter \"engine\": expected one of onnxruntime-cpu, java, onnxruntime-cuda, reference; did you mean \"onnxruntime-cpu\"?, got \"onnxruntime\"",
                "precision=fp32 | the query parameter \"precision\": expected one of float32, tf32, float16, got \"fp32\"",
                "cursor=a     | the query parameter \"cursor\": expected the cursor of a \"next\" that this service answered, got \"a\"",
                "cursor=      | the query parameter \"cursor\": expected the cursor of a \"next\" that this service answered, got \"\"",
                "key=a&keyPrefix=b | the query parameter \"keyPrefix\": expected none beside \"key\", got \"b\"",
                "host=%00     | the query parameter \"host\": expected at most 400 printable characters of ASCII, got \"\u0000\"",
                "keyPrefix=%C3%A4 | the query parameter \"keyPrefix\": expected at most 400 printable characters of ASCII, got \"\u00e4\"",
                "hosts=a      | there is no query parameter \"hosts\"; did you mean \"host\"?; there are: algorithm, cursor, engine, format, host, key, keyPrefix, limit, precision, threads",
                "limit=1&limit=2 | the query parameter \"limit\" is given more than once",
            })
    void whatCannotBeAskedForIsToldSo(String query, String detail) {
        assertThat(api.get("/v1/latencies?" + query)
                        .problem(400, "invalid-parameter")
                        .get("detail")
                        .asString())
                .isEqualTo(detail);
    }

    @Test
    void otherFormsAreRefused() {
        api.get("/v1/latencies?format=text").problem(406, "not-acceptable");
        api.post("/v1/latencies", "{}").problem(405, "method-not-allowed");
    }
}
