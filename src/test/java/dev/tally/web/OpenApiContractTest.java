package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The committed contract against the running service's. A change on purpose is written with {@code mvn test
 * -Dtest=OpenApiContractTest -Dtally.contract.update=true} and gets a line in the CHANGELOG.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OpenApiContractTest {
    private static final Path CONTRACT = Path.of("api", "openapi.yaml");

    @LocalServerPort
    private int port;

    @Test
    void theServiceKeepsTheContract() throws IOException {
        String served = new Api(port).get("/openapi.yaml").text();
        if (Boolean.getBoolean("tally.contract.update")) {
            Files.writeString(CONTRACT, served);
        }

        assertThat(served)
                .as("the contract changed; if on purpose, write it with: mvn test -Dtest=OpenApiContractTest"
                        + " -Dtally.contract.update=true, and add a line to CHANGELOG.md")
                .isEqualTo(Files.readString(CONTRACT));
    }
}
