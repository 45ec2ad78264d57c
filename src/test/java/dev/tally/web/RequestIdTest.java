package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request is called, wherever one looks for it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class RequestIdTest {
    private static final String HEADER = "X-Request-Id";
    private static final String ID = "a1b2-\"c3\"/~d4";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void isTheClientsInEveryAnswer() {
        assertThat(api.get("/v1/networks", HEADER, ID).header(HEADER)).isEqualTo(ID);
        assertThat(api.get("/actuator/health", HEADER, ID).header(HEADER)).isEqualTo(ID);
        assertThat(api.get("/v1/networks", HEADER, "x".repeat(128)).header(HEADER))
                .hasSize(128);
    }

    @Test
    void isDrawnWhereTheClientHasNone() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            ids.add(api.get("/v1/networks/lecture-direct").header(HEADER));
        }

        assertThat(ids).hasSize(20).allMatch(id -> id.matches("[0-9a-f]{16}"));
    }

    @Test
    void isDrawnWhereTheClientsIsNotFitForALog() throws IOException {
        for (String id : new String[] {"", "two words", "a\tb", "caf\u00e9", "\u001b[31mred", "x".repeat(129)}) {
            String answer = raw("GET /v1/networks/lecture-direct HTTP/1.1", HEADER + ": " + id);

            assertThat(answer).as(id).containsPattern("\r\nX-Request-Id: [0-9a-f]{16}\r\n");
        }
    }

    @Test
    void isInTheProblemsOfTheService() {
        assertThat(problem(404, "not-found", api.get("/v1/nothing", HEADER, ID)))
                .isEqualTo(ID);
        assertThat(problem(404, "not-found", api.get("/error", HEADER, ID))).isEqualTo(ID);
        assertThat(problem(422, "invalid-network", api.analyse("{}", HEADER, ID)))
                .isEqualTo(ID);
        Api.Answer nameless = api.analyse("{}");
        assertThat(problem(422, "invalid-network", nameless)).isEqualTo(nameless.header(HEADER));
    }

    private static String problem(int status, String type, Api.Answer answer) {
        return answer.problem(status, type).get("requestId").asString();
    }

    /** Of what never reaches Spring; what is no HTTP at all has no header to read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/a|b HTTP/1.1",
                "GET /v1/%zz HTTP/1.1",
                "GET /v1/networks/a%2Fb HTTP/1.1",
                "GET / HTTP/9.9",
                "POST /v1/analyses HTTP/1.1\r\nContent-Type: ///"
            })
    void isInTheProblemsOfTomcat(String request) throws IOException {
        String answer = raw(request, HEADER + ": from-the-client");

        JsonNode problem = JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(answer)
                .contains("\r\n" + HEADER + ": " + problem.get("requestId").asString() + "\r\n");
    }

    @Test
    void isInEveryProblemOfABatch() {
        Api.Answer answer = api.send(
                "POST",
                "/v1/analyses?detail=totals",
                BodyPublishers.ofString("{\"ready\": \"lecture-direct\"}\n{}\n[\n"),
                "Content-Type",
                "application/x-ndjson",
                HEADER,
                ID);

        assertThat(answer.header(HEADER)).isEqualTo(ID);
        JsonMapper json = JsonMapper.shared();
        assertThat(answer.text().lines().map(json::readTree).filter(line -> line.has("problem")))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line.at("/problem/requestId").asString()).isEqualTo(ID));
    }

    @Test
    void isInTheLogBesideTheBug(CapturedOutput output) {
        String id = problem(500, "internal-error", api.get("/bug", HEADER, "told-by-the-client"));

        assertThat(id).isEqualTo("told-by-the-client");
        assertThat(output.getAll().lines().filter(line -> line.contains("GET /bug failed")))
                .singleElement()
                .asString()
                .contains("[told-by-the-client] ");
    }

    @Test
    void isAFieldOfTheLogInJson() {
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        JsonNode logged = JsonMapper.shared().readTree(inJson(events));

        assertThat(logged.get("requestId").asString()).isEqualTo("told-by-the-client");
        assertThat(logged.get("message").asString()).isEqualTo("GET /bug failed");
    }

    private byte[] inJson(ListAppender<ILoggingEvent> events) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger logger = context.getLogger(ProblemHandler.class);
        events.start();
        logger.addAppender(events);
        try {
            api.get("/bug", HEADER, "told-by-the-client");
        } finally {
            logger.detachAppender(events);
        }
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setFormat("ecs");
        encoder.setContext(context);
        encoder.start();
        return encoder.encode(events.list.getFirst());
    }

    private String raw(String request, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String lines = request + "\r\n" + header + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @TestConfiguration
    static class Buggy {
        @Bean
        BuggyController buggyController() {
            return new BuggyController();
        }
    }

    @RestController
    static class BuggyController {
        @GetMapping("/bug")
        void bug() {
            throw new IllegalStateException("a bug, for this test");
        }
    }
}
