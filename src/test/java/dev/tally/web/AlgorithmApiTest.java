package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.Algorithm;
import dev.tally.engine.DisguisedReference;
import dev.tally.engine.EngineStatus;
import dev.tally.engine.ReferenceWithAlgorithms;
import dev.tally.measurement.Engines;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/** Algorithms that a client asks for, with engines that have some, others, none, or are not available. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AlgorithmApiTest {
    @TestConfiguration(proxyBeanMethods = false)
    static class EnginesOfTheTest {
        @Bean
        @Primary
        Engines enginesOfTheTest() {
            return new Engines(List.of(
                    new DisguisedReference("plain"), new Gone(), new ReferenceWithAlgorithms("choosy"), new Fourier()));
        }
    }

    /** Has the same algorithms as the one after it, but is not available. */
    private static final class Gone extends ReferenceWithAlgorithms {
        Gone() {
            super("gone");
        }

        @Override
        public EngineStatus status() {
            return new EngineStatus("Not here", null, "it is gone", Map.of());
        }
    }

    /** Has another algorithm. */
    private static final class Fourier extends DisguisedReference {
        Fourier() {
            super("fourier");
        }

        @Override
        public List<Algorithm> algorithms() {
            return List.of(new Algorithm("fft-8x8", "Fourier transforms"));
        }
    }

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    private JsonNode measured(String measure) {
        Api.Answer answer = api.analyse(MeasureApiTest.small(measure));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("measured");
    }

    @Test
    void theNetworkAndItsLayersAreComputedByWhatIsAskedForAndTheAnswerSaysSo() {
        JsonNode measured = measured("{'engines': ['choosy'], 'algorithm': 'direct', 'budgetMillis': 20}");

        assertThat(measured.at("/0/algorithm").asString()).isEqualTo("direct");
        assertThat(measured.at("/0/kernel").asString()).isEqualTo("direct");
        assertThat(measured.at("/0/layers")
                        .valueStream()
                        .map(layer -> layer.get("kernel").asString()))
                .containsExactly("direct", "direct");
    }

    @Test
    void theEngineChoosesWhereNothingIsAskedFor() {
        for (String measure : List.of(
                "{'engines': ['choosy'], 'budgetMillis': 20}",
                "{'engines': ['choosy'], 'algorithm': null, 'budgetMillis': 20}")) {
            JsonNode measured = measured(measure);

            assertThat(measured.get(0).has("algorithm")).isFalse();
            assertThat(measured.at("/0/kernel").asString()).isEqualTo(ReferenceWithAlgorithms.OWN_CHOICE);
        }
    }

    @Test
    void ofSeveralEnginesItAppliesToThoseThatHaveIt() {
        JsonNode measured =
                measured("{'engines': ['plain', 'choosy', 'fourier'], 'algorithm': 'direct', 'budgetMillis': 20}");

        assertThat(measured.get(0).has("algorithm")).isFalse();
        assertThat(measured.at("/1/algorithm").asString()).isEqualTo("direct");
        assertThat(measured.get(2).has("algorithm")).isFalse();
    }

    @Test
    void whereNoEngineIsNamedTheFirstAvailableOneThatHasItIsTaken() {
        assertThat(measured("{'budgetMillis': 20}").at("/0/engine").asString()).isEqualTo("plain");
        assertThat(measured("{'algorithm': 'direct', 'budgetMillis': 20}")
                        .at("/0/engine")
                        .asString())
                .isEqualTo("choosy");
        assertThat(measured("{'algorithm': 'fft-8x8', 'budgetMillis': 20}")
                        .at("/0/engine")
                        .asString())
                .isEqualTo("fourier");
    }

    @Test
    void tablesAndSpreadsheetsSayIt() {
        String body = MeasureApiTest.small("{'engines': ['plain', 'choosy'], 'algorithm': 'direct', 'threads': 1,"
                + " 'budgetMillis': 20, 'baseline': {'ready': 'lecture-bottleneck'}}");

        assertThat(api.post("/v1/analyses?format=text", body).text())
                .contains("\nplain, 1 thread, ", "\nchoosy, convolutions by direct, 1 thread, ")
                .containsPattern("time \\d.* to 1 \\([\\d.]+ ms\\)\n")
                .containsPattern("time \\d.* to 1 \\([\\d.]+ ms by the engine's own choice\\)\n");
        List<String> layers =
                api.post("/v1/analyses?format=csv", body).text().lines().toList();
        assertThat(layers.getFirst())
                .contains(",plain:kernel,", ",choosy:algorithm,choosy:kernel,")
                .doesNotContain("plain:algorithm");
        assertThat(layers.get(1)).contains(",direct,direct,");
        List<String> totals = api.post("/v1/analyses?format=csv&detail=totals", body)
                .text()
                .lines()
                .toList();
        assertThat(totals.getFirst()).contains(",choosy:algorithm,choosy:kernel,");
        assertThat(totals.getLast()).contains(",direct,direct,");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    {'algorithm': 'directly'}                           | /measure/algorithm  | expected the name of an algorithm, got the string "directly"; did you mean "direct"?; gone has pointwise-1x1, direct; choosy has pointwise-1x1, direct; fourier has fft-8x8
                    {'algorithm': 'Pointwise 1x1'}                      | /measure/algorithm  | did you mean "pointwise-1x1"?
                    {'algorithm': 'strassen'}                           | /measure/algorithm  | expected the name of an algorithm, got the string "strassen"; gone has
                    {'algorithm': ''}                                   | /measure/algorithm  | got the string ""
                    {'algorithm': 3}                                    | /measure/algorithm  | expected the name of an algorithm, got 3; gone has
                    {'algorithm': ['direct']}                           | /measure/algorithm  | expected the name of an algorithm, got ["direct"]
                    {'algorithms': 'direct'}                            | /measure/algorithms | did you mean "algorithm"?
                    {'algo': 'direct'}                                  | /measure/algo       | did you mean "algorithm"?
                    {'kernel': 'direct'}                                | /measure/kernel     | did you mean "algorithm"?
                    {'engines': ['plain'], 'algorithm': 'fft-8x8'}      | /measure/algorithm  | expected an algorithm of an engine that is asked for, got "fft-8x8": plain chooses its algorithms by itself; "fft-8x8" is an algorithm of fourier
                    {'engines': 'plain', 'algorithm': 'fft-8x8'}        | /measure/algorithm  | plain chooses its algorithms by itself; "fft-8x8" is an algorithm of fourier
                    {'engines': ['plain', 'fourier'], 'algorithm': 'direct'} | /measure/algorithm | plain chooses its algorithms by itself; fourier has fft-8x8; "direct" is an algorithm of gone, choosy
                    {'engines': ['plain', 'chosy'], 'algorithm': 'direct'}   | /measure/engines/1 | did you mean "choosy"?
                    """)
    void badInputIsPointedAt(String measure, String pointer, String words) {
        JsonNode problem = api.analyse(MeasureApiTest.small(measure)).problem(422, "invalid-network");

        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).contains(words);
    }

    @Test
    void aLayerThatItDoesNotApplyToIsNamedWithItsPlaceAndWhy() {
        JsonNode problem = api.analyse(MeasureApiTest.small("{'algorithm': 'pointwise-1x1'}"))
                .problem(422, "engine-cannot-run");

        assertThat(problem.get("detail").asString())
                .isEqualTo("choosy cannot run the layer \"conv\": pointwise-1x1 takes a kernel of 1 tap, got one of 9");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/layers/0");
        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("conv");
    }

    @Test
    void theBaselineIsComputedAsTheEngineChooses() {
        String pointwise =
                "{'input': [8, 8, 3], 'layers': [{'type': 'conv2d', 'filters': 6, 'kernel': 1}], 'measure': {"
                        + "'algorithm': 'pointwise-1x1', 'budgetMillis': 20, 'baseline': {" + MeasureApiTest.SMALL
                        + "}}}";
        Api.Answer answer = api.analyse(pointwise.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/measured/0/kernel").asString()).isEqualTo("pointwise-1x1");
        assertThat(answer.json().at("/measured/0/baseline/name").asString()).isEqualTo("small");
    }

    @Test
    void anEngineThatHasItAndIsNotAvailableSaysWhy() {
        JsonNode problem = api.analyse(MeasureApiTest.small("{'engines': ['gone'], 'algorithm': 'direct'}"))
                .problem(422, "engine-unavailable");

        assertThat(problem.get("detail").asString()).isEqualTo("gone is not available here: it is gone");
    }

    @Test
    void enginesAreListedWithTheirAlgorithms() {
        JsonNode engines = api.get("/v1/engines").json().get("engines");

        assertThat(engines.at("/0/algorithms")).hasToString("[]");
        assertThat(engines.at("/2/algorithms"))
                .hasToString("[{\"id\":\"pointwise-1x1\",\"description\":\"Matrix products, of 1×1\"},"
                        + "{\"id\":\"direct\",\"description\":\"Loops, of anything\"}]");
    }
}
