package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Models that are larger than most are let be, of a server that waits for less long. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"tally.models.weights=10GB", "server.tomcat.connection-timeout=1s"})
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class LargeModelsApiTest {
    private static final String HUGE =
            "{\"input\": [24000], \"layers\": [{\"type\": \"dense\", \"units\": 24000, \"bias\": false}]}";

    @LocalServerPort
    private int port;

    @Autowired
    private ModelPlaces places;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @AfterEach
    void nothingIsLogged(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("\tat ", "ERROR");
    }

    @Test
    void over2GigabytesWeightsCannotBeInside() {
        Api.Answer answer = api.post("/v1/models", HUGE);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/model-too-large");
        assertThat(answer.json().get("detail").asString())
                .matches("a model with its weights inside has at most 2,147,483,647 bytes, this one would have"
                        + " 2,304,000,\\d{3}: ask for \\?weights=external");
    }

    @Test
    void over2GigabytesWeightsCanBeExternal() throws Exception {
        try (Socket client = ask("POST /v1/models?weights=external HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + HUGE.length() + "\r\n\r\n" + HUGE)) {
            assertThat(head(client)).startsWith("HTTP/1.1 200 ").containsPattern("Content-Length: 2304000\\d{3}\r\n");
        }
        awaitNone();
    }

    @Test
    void aClientThatGoesAwayLeavesItsPlace() throws Exception {
        try (Socket client = ask("GET /v1/networks/vgg-16?format=onnx HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(head(client)).startsWith("HTTP/1.1 200 ");
            assertThat(places.taken()).isEqualTo(1);
        }
        awaitNone();
    }

    @Test
    void aClientThatDoesNotReadLosesItsPlace() throws Exception {
        try (Socket client = ask("GET /v1/networks/vgg-16?format=onnx HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(head(client)).startsWith("HTTP/1.1 200 ");
            awaitNone();
            assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .as("the answer is cut off")
                    .isLessThan(553_435_821);
        } catch (IOException e) {
            assertThat(e).as("or reset").hasMessageContaining("reset");
        }
        assertThat(api.download("HEAD", "/v1/networks/vgg-16?format=onnx", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(200);
    }

    private Socket ask(String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 << 10); // so that who does not read stalls soon
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String head(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private void awaitNone() throws InterruptedException {
        while (places.taken() > 0) {
            Thread.sleep(10);
        }
    }
}
