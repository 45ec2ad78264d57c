package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A bug that shows when an answer has begun: whoever reads it must not wait for the rest, or take it for whole. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BrokenAnswerTest {
    @LocalServerPort
    private int port;

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void anAnswerThatFailsHalfwayIsCutOff() {
        assertThatThrownBy(() -> new Api(port).get("/broken")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> new Api(port).get("/broken?chunked=true")).isInstanceOf(UncheckedIOException.class);
    }

    @TestConfiguration
    static class Broken {
        @Bean
        BrokenController brokenController() {
            return new BrokenController();
        }
    }

    @RestController
    static class BrokenController {
        @GetMapping("/broken")
        void broken(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getQueryString() == null) {
                response.setContentLength(100);
            }
            response.getOutputStream().write(new byte[50]);
            response.flushBuffer();
            throw new IllegalStateException("a bug, for this test");
        }
    }
}
