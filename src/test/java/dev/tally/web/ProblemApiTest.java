package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Bad requests: each gets a problem that helps, and leaves no trace in the log. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ProblemApiTest {
    private static final int MEGABYTE = 1 << 20;

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @AfterEach
    void nothingIsLogged(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("\tat ", "ERROR");
    }

    static Stream<Arguments> malformedBodies() {
        return Stream.of(
                Arguments.of("{", "line 1, column 2"),
                Arguments.of("{\n  \"input\": [1,]}", "line 2, column 15"),
                Arguments.of("{\"a\": NaN}", "NaN"),
                Arguments.of("{/* a comment */}", "line 1, column 2"),
                Arguments.of("{\"name\": \"a\", \"name\": \"b\"}", "Duplicate property \"name\""),
                Arguments.of("{} {}", "line 1"),
                Arguments.of("[".repeat(5000), "nesting"),
                Arguments.of("", "missing"),
                Arguments.of(" \n", "missing"),
                Arguments.of("\u0000", "line 1"));
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void malformedJsonIsToldWhereAndWhy(String body, String help) {
        JsonNode problem = problem(400, "malformed-json", () -> api.analyse(body));

        assertThat(problem.get("detail").asString()).contains(help).doesNotContain("StreamRead", "Feature");
    }

    static Stream<Arguments> invalidNetworks() {
        String conv = "{\"type\": \"conv2d\", \"filters\": 4, \"kernel\": 3}";
        return Stream.of(
                Arguments.of("[]", "", "expected a network"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2\", \"filters\": 4, \"kernel\": 3}]}",
                        "/layers/0/type",
                        "did you mean \"conv2d\"?"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 4, \"kernel\": 3, \"strides\": 1}]}",
                        "/layers/0/strides",
                        "did you mean \"stride\"?"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 4, \"kernel\": 9}]}",
                        "/layers/0/kernel",
                        "height axis: kernel 9 is larger than the padded input 8"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 4, \"kernel\": 3, \"groups\": 2}]}",
                        "/layers/0/groups",
                        "a divisor of the 3 input channels, got 2"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 4, \"kernel\": 2.5}]}",
                        "/layers/0/kernel",
                        "expected an integer"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": \"4\", \"kernel\": 3}]}",
                        "/layers/0/filters",
                        "write it without quotes"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 0, \"kernel\": 3}]}",
                        "/layers/0/filters",
                        "got 0"),
                Arguments.of("{\"input\": [8, 8, -3], \"layers\": [" + conv + "]}", "/input/2", "got -3"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"name\": \"a\", \"type\": \"relu\", \"from\": \"b\"}, {\"name\": \"b\", \"type\": \"relu\"}]}",
                        "/layers/1",
                        "\"b\" → \"a\" → \"b\""),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [" + conv
                                + ", {\"type\": \"add\", \"from\": [\"conv2d_1\", \"input\"]}]}",
                        "/layers/1/from",
                        "input 1 is 6×6×4, input 2, got 8×8×3"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": \"$width\", \"kernel\": 3}]}",
                        "/layers/0/filters",
                        "$width is used but not given"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"parameters\": {\"n\": 0}, \"layers\": [{\"type\": \"conv2d\", \"filters\": \"8 / $n\", \"kernel\": 3}]}",
                        "/layers/0/filters",
                        "a division by zero"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"blocks\": {\"a\": {\"layers\": [{\"type\": \"block\", \"block\": \"a\"}]}}, \"layers\": [{\"type\": \"block\", \"block\": \"a\"}]}",
                        "/blocks/a/layers/0/block",
                        "a → a"),
                Arguments.of(
                        "{\"input\": [8, 8, 3], \"layers\": [{\"type\": \"relu\", \"repeat\": 2147483647}]}",
                        "/layers/0/repeat",
                        "more than 10000 layers"),
                Arguments.of("{\"ready\": \"googlnet\"}", "/ready", "did you mean \"googlenet\"?"));
    }

    @ParameterizedTest
    @MethodSource("invalidNetworks")
    void anInvalidNetworkIsToldWhereAndWhy(String body, String pointer, String help) {
        JsonNode problem = problem(422, "invalid-network", () -> api.analyse(body));

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).contains(help);
    }

    @Test
    void severalErrorsComeTogether() {
        JsonNode problem = problem(422, "invalid-network", () -> api.analyse("""
                {"input": [8, 8, 3], "layers": [
                  {"type": "conv2d", "filters": -1, "kernel": 3},
                  {"type": "dense", "units": true},
                  {"type": "relu", "from": "nowhere"}]}"""));

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactly("/layers/0/filters", "/layers/1/units", "/layers/2/from");
    }

    @Test
    void aCountOver63BitsNamesItsLayer() {
        JsonNode problem = problem(422, "count-overflow", () -> api.analyse("""
                {"input": [2000000000, 2], "layers": [
                  {"type": "relu"},
                  {"name": "wide", "type": "conv1d", "filters": 2000000000, "kernel": 1000000000}]}"""));

        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("wide");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/layers/1");
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        String padded = " ".repeat(MEGABYTE) + "{}";

        problem(413, "body-too-large", () -> api.analyse(padded));
        problem(
                413,
                "body-too-large",
                () -> api.send(
                        "POST",
                        "/v1/analyses",
                        BodyPublishers.fromPublisher(
                                BodyPublishers.ofString(padded)), // of unknown length: sent in chunks
                        "Content-Type",
                        "application/json"));
    }

    @Test
    void aBodyOfTheLimitsLengthIsRead() {
        String network = "{\"ready\": \"lecture-direct\"}";

        assertThat(api.analyse(" ".repeat(MEGABYTE - network.length()) + network)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFormIsRefusedWithHelpForCurl() {
        JsonNode problem = problem(
                415,
                "unsupported-media-type",
                () -> api.send(
                        "POST",
                        "/v1/analyses",
                        BodyPublishers.ofString("{}"),
                        "Content-Type",
                        "application/x-www-form-urlencoded"));

        assertThat(problem.get("detail").asString()).contains("--json");
    }

    @Test
    void aContentTypeThatIsNoneIsShown() {
        JsonNode problem = problem(
                415,
                "unsupported-media-type",
                () -> api.send("POST", "/v1/analyses", BodyPublishers.ofString("{}"), "Content-Type", "json"));

        assertThat(problem.get("detail").asString()).contains("got json");
    }

    @Test
    void aFormWithoutBoundariesIsNotParsed() {
        String form = "multipart/form-data";

        problem(
                415,
                "unsupported-media-type",
                () -> api.send("POST", "/v1/analyses", BodyPublishers.ofString("{}"), "Content-Type", form));
        assertThat(api.get("/v1/networks", "Content-Type", form).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "nonsense", "application/xml"})
    void aFormThatDoesNotExistIsNotAcceptable(String accept) {
        problem(406, "not-acceptable", () -> api.analyse("{\"ready\": \"lecture-direct\"}", "Accept", accept));
    }

    @Test
    void anUnknownFormatIsNotAcceptable() {
        problem(406, "not-acceptable", () -> api.post("/v1/analyses?format=xml", "{\"ready\": \"lecture-direct\"}"));
    }

    @Test
    void anUnknownDetailNamesTheKnownOnes() {
        JsonNode problem = problem(
                400,
                "invalid-parameter",
                () -> api.post("/v1/analyses?detail=some", "{\"ready\": \"lecture-direct\"}"));

        assertThat(problem.get("detail").asString()).contains("full, totals", "\"some\"");
    }

    @Test
    void whoWantsATableGetsProblemsToo() {
        problem(422, "invalid-network", () -> api.analyse("{}", "Accept", "text/csv"));
        problem(404, "not-found", () -> api.get("/v1/nothing", "Accept", "text/csv"));
    }

    @Test
    void unknownPathsNamesAndMethodsAreToldSo() {
        problem(404, "not-found", () -> api.get("/v2/analyses"));
        problem(404, "not-found", () -> api.get("/v1/networks/googlnet"));
        problem(404, "not-found", () -> api.get("/problems/none"));
        problem(404, "not-found", () -> api.get("/error"));
        problem(405, "method-not-allowed", () -> api.get("/v1/analyses"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/a|b HTTP/1.1",
                "GET /v1/%zz HTTP/1.1",
                "GET /../../etc/passwd HTTP/1.1",
                "GET /v1/networks/%00 HTTP/1.1",
                "GET /v1/networks?format=%FF HTTP/1.1",
                "GET /v1/layers?x=% HTTP/1.1",
                "GET /v1/networks/a%2Fb HTTP/1.1",
                "GET /v1/networks;x=y/..;/ HTTP/1.1",
                "BLAH / HTTP/1.1",
                "GET / HTTP/9.9",
                "POST /v1/analyses HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz",
                "POST /v1/analyses HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: -5",
                "POST /v1/analyses HTTP/1.1\r\nContent-Type: ///",
            })
    void whatIsNotHttpIsAProblemToo(String request) throws IOException {
        String answer = raw(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|501|505).*");
        assertThat(answer).contains("Content-Type: application/problem+json").contains("\"type\":\"/problems/");
    }

    @Test
    void aStatusWithoutAKindOfItsOwnIsExplained() throws IOException {
        assertThat(
                        raw(
                                "POST /v1/analyses HTTP/1.1\r\nTransfer-Encoding: unheard-of\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ")
                .contains("\"detail\":\"Not Implemented\"");
    }

    private JsonNode problem(int status, String type, Supplier<Api.Answer> request) {
        Api.Answer answer = request.get();
        JsonNode problem = answer.problem(status, type);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(answer.text()).hasSizeLessThan(20_000);
        return problem;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
