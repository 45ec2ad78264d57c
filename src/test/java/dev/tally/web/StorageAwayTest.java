package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A server of the database that is not there, from the start on. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/tally",
            "spring.datasource.hikari.connection-timeout=250"
        })
@ExtendWith(OutputCaptureExtension.class)
class StorageAwayTest {
    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void whatNeedsNoDatabaseIsAnswered() {
        assertThat(api.analyse("{\"ready\": \"lecture-bottleneck\"}").status()).isEqualTo(200);
    }

    @Test
    void whatNeedsItIsToldToComeBack(CapturedOutput output) {
        for (Api.Answer answer : List.of(
                api.get("/kept/statement"),
                api.get("/kept/transaction"),
                api.get("/v1/latencies"),
                api.analyse("{\"ready\": \"lecture-bottleneck\", \"estimate\": {}}"))) {
            assertThat(answer.problem(503, "storage-unavailable").get("detail").asString())
                    .contains("the database does not answer")
                    .doesNotContain("127.0.0.1");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
        assertThat(output.getAll()).contains("the database does not answer").doesNotContain("\tat ", "ERROR");
    }

    @TestConfiguration
    static class Kept {
        @Bean
        KeptController keptController(JdbcClient jdbc, PlatformTransactionManager transactions) {
            return new KeptController(jdbc, new TransactionTemplate(transactions));
        }
    }

    /** The ways in which Spring tells that a database is away. */
    @RestController
    static class KeptController {
        private final JdbcClient jdbc;
        private final TransactionTemplate transaction;

        KeptController(JdbcClient jdbc, TransactionTemplate transaction) {
            this.jdbc = jdbc;
            this.transaction = transaction;
        }

        @GetMapping("/kept/statement")
        int statement() {
            return jdbc.sql("select 1").query(Integer.class).single();
        }

        @GetMapping("/kept/transaction")
        void transaction() {
            transaction.executeWithoutResult(_ -> statement());
        }
    }
}
