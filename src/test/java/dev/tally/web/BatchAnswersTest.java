package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.network.Shape;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** What becomes of a line that meets a bug: here, a shape that cannot be written. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BatchAnswersTest {
    private static final Occurrence AT = new Occurrence("/v1/analyses", "an-id");

    @Autowired
    private Analyses analyses;

    @Autowired
    private ProblemMeter meter;

    static Stream<Supplier<Throwable>> bugs() {
        return Stream.of(() -> new IllegalStateException("a bug"), StackOverflowError::new);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aBugIsAProblemOnItsLine(Supplier<Throwable> bug) {
        BatchEntry entry = line();

        answers(bug).count(entry, Detail.TOTALS, AT);

        assertThat(entry.isProblem()).isTrue();
        JsonNode answer = JsonMapper.shared().readTree(entry.answer());
        assertThat(answer.get("line").asInt()).isEqualTo(7);
        assertThat(answer.at("/problem/type").asString()).isEqualTo("/problems/internal-error");
        assertThat(answer.at("/problem/instance").asString()).isEqualTo("/v1/analyses");
        assertThat(answer.at("/problem/requestId").asString()).isEqualTo("an-id");
    }

    @Test
    void aHeapThatIsFullIsNotHidden() {
        BatchAnswers answers = answers(() -> new OutOfMemoryError("for the test"));

        assertThatThrownBy(() -> answers.count(line(), Detail.TOTALS, AT)).isInstanceOf(OutOfMemoryError.class);
    }

    private static BatchEntry line() {
        return new BatchEntry(7, "{\"ready\": \"lecture-direct\"}".getBytes(StandardCharsets.UTF_8), 0);
    }

    private BatchAnswers answers(Supplier<Throwable> bug) {
        ValueSerializer<Shape> broken = new ValueSerializer<>() {
            @Override
            public void serialize(Shape shape, JsonGenerator json, SerializationContext context) {
                switch (bug.get()) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    case Throwable e -> throw new IllegalStateException(e);
                }
            }
        };
        SimpleModule module = new SimpleModule().addSerializer(Shape.class, broken);
        return new BatchAnswers(
                analyses, meter, JsonMapper.builder().addModule(module).build());
    }
}
