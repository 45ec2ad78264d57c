package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the README tells newcomers to post. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ReadmeTest {
    private static final Pattern COMMAND = Pattern.compile("curl --json '([^']+)'\\s*\\\\?\\s*'localhost:8080([^']+)'");
    private static final Pattern GATE = Pattern.compile("curl --fail-with-body --json @(\\S+) 'localhost:8080([^']+)'");
    private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("The second answers:\\n\\n```\\n(.*?)```", Pattern.DOTALL);

    @LocalServerPort
    private int port;

    private Api api;
    private String readme;

    @BeforeEach
    void read() throws IOException {
        api = new Api(port);
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void itsCommandsPrintTheLecturesCounts() {
        List<String> answers = COMMAND.matcher(readme)
                .results()
                .map(command -> api.post(command.group(2), command.group(1)).text())
                .toList();

        assertThat(answers).hasSize(6);
        assertThat(answers.get(0)).contains("120,422,400");
        assertThat(answers.get(1)).contains("12,443,648");
        assertThat(answers.get(2)).contains("against lecture-direct  multiplies 9.68 to 1, time ");
        assertThat(answers.get(3)).contains("googlenet: 320×320×3 → 1000");
        assertThat(answers.get(4))
                .contains("java ms", "onnxruntime-cpu ms", "the engines' outputs differ by ")
                .contains("against lecture-direct  multiplies 9.68 to 1, time ");
        assertThat(answers.get(5))
                .contains("bottleneck 16    12,443,648   9.68")
                .contains("bottleneck: of its ratio in multiplies is left in time on java: ")
                .contains("bottleneck: fewer multiplies up to a width of 154");
    }

    @Test
    void itsTableIsWhatTheSecondCommandPrints() {
        MatchResult command =
                COMMAND.matcher(readme).results().skip(1).findFirst().orElseThrow();
        MatchResult table = TABLE.matcher(readme).results().findFirst().orElseThrow();

        assertThat(api.post(command.group(2), command.group(1)).text()).isEqualTo(table.group(1));
    }

    @Test
    void itsGateLetsItsExamplePassAndNothingDearer() throws IOException {
        MatchResult command = GATE.matcher(readme).results().findFirst().orElseThrow();
        String example = Files.readString(Path.of(command.group(1)));

        Api.Answer passed = api.post(command.group(2), example);
        assertThat(passed.status()).isEqualTo(200);
        assertThat(passed.text()).contains("budget passed: 3 limits");
        assertThat(api.post(command.group(2), example.replace("20000", "15919")).status())
                .isEqualTo(422);
    }

    @Test
    void itsDescriptionsAreNetworks() {
        List<String> descriptions =
                JSON.matcher(readme).results().map(block -> block.group(1)).toList();

        assertThat(descriptions).isNotEmpty();
        for (String description : descriptions) {
            assertThat(api.analyse(description).status()).as(description).isEqualTo(200);
        }
    }
}
