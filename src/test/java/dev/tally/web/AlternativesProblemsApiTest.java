package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What is wrong with a request for alternatives, as a client is told. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AlternativesProblemsApiTest {
    private static final String CONV = "{'input': [28, 28, 16], 'layers': [{'name': 'conv', 'type': 'conv2d',"
            + " 'filters': 8, 'kernel': 3}, {'name': 'pool', 'type': 'max_pool2d', 'kernel': 2}]}";

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'layer': 'conf' | /layer | the network has no layer named \"conf\"; did you mean \"conv\"?",
                "'layer': 'pool' | /layer | expected a convolution, a depthwise convolution or a dense layer, got max_pool2d",
                "'layer': 3 | /layer | expected the name of a layer, got 3",
                "'layer': 'conv', 'costliest': 2 | /costliest | expected either \"layer\" or \"costliest\", got both",
                "'costliest': 0 | /costliest | expected an integer from 1 to 20, got 0",
                "'costliest': 21 | /costliest | expected an integer from 1 to 20, got 21",
                "'costliest': '3' | /costliest | expected an integer from 1 to 20, got the string \"3\"",
                "'layer': 'conv', 'kinds': ['stacked'] | /kinds/0 | expected an odd square kernel from 5 to 31, got 3×3",
                "'layer': 'conv', 'kinds': ['grouped', 'residual'] | /kinds/1 | expected an output of 28×28, which the"
                        + " shortcut gives, got 26×26",
                "'kinds': ['stacked'] | /kinds | no layer of the network has alternatives of these kinds; asked for by its"
                        + " \"layer\", one says why",
                "'kinds': ['bottlenek'] | /kinds/0 | expected one of bottleneck, strided-bottleneck, stacked, asymmetric,"
                        + " separable, grouped, residual, got the string \"bottlenek\"; did you mean \"bottleneck\"?",
                "'kinds': ['grouped', 'grouped'] | /kinds/1 | \"grouped\" is named twice",
                "'kinds': [] | /kinds | expected a list of 1 to 7 kinds of alternatives, got 0 of them",
                "'kinds': 'grouped' | /kinds | expected a list of 1 to 7 kinds of alternatives, got the string \"grouped\"",
                "'widths': [0] | /widths/0 | expected an integer from 1 to 2^31-1, got 0",
                "'widths': [4, 2.5] | /widths/1 | expected an integer from 1 to 2^31-1, got 2.5",
                "'widths': [3000000000] | /widths/0 | expected an integer from 1 to 2^31-1, got 3000000000",
                "'widths': [4, 4] | /widths/1 | the width 4 is given twice",
                "'widths': [4], 'kinds': ['grouped'] | /widths | none of the kinds goes by widths: expected them beside"
                        + " \"bottleneck\" or \"strided-bottleneck\"",
                "'width': 4 | /width | a request for alternatives has no property \"width\"; did you mean \"widths\"?",
            })
    void isSaidWithItsPlace(String asked, String pointer, String detail) {
        JsonNode problem = problem("{'network': " + CONV + ", " + asked + "}");

        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).isEqualTo(detail);
    }

    @Test
    void aKindThatCannotApplyNamesTheLayer() {
        JsonNode problem = problem("{'network': " + CONV + ", 'layer': 'conv', 'kinds': ['stacked']}");

        assertThat(problem.at("/errors/0/layer").asString()).isEqualTo("conv");
    }

    @Test
    void errorsOfTheNetworkStandWhereItDoesAndComeWithAllOthers() {
        JsonNode problem = problem("{'network': {'input': [8, 8, 4], 'layers': [{'type': 'conv2d', 'filters': 0,"
                + " 'kernel': 1}]}, 'costliest': -1, 'widths': ['x']}");

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactly("/network/layers/0/filters", "/costliest", "/widths/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /network | expected a network, an object with \"input\" and \"layers\", got nothing",
                "{'ready': 'googlenet'} | /ready | a request for alternatives has no property \"ready\"; did you mean"
                        + " \"network\"?",
                "[] | `` | expected an object such as {\"network\": {\"ready\": \"googlenet\"}, \"costliest\": 3}, got []",
            })
    void aNetworkIsAskedFor(String request, String pointer, String detail) {
        JsonNode problem = problem(request);

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).isEqualTo(detail);
    }

    @Test
    void aNetworkWithoutSuchLayersHasNone() {
        JsonNode problem = problem("{'network': {'input': [8], 'layers': [{'type': 'relu'}]}}");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/network");
        assertThat(problem.at("/errors/0/detail").asString()).isEqualTo("no layer of the network has alternatives");
    }

    @Test
    void aCountOfTheNetworkOver63BitsPointsIntoIt() {
        JsonNode problem = api.post(
                        "/v1/alternatives",
                        json("{'network': {'input': [2000000000, 2], 'layers': [{'name': 'wide', 'type': 'conv1d',"
                                + " 'filters': 2000000000, 'kernel': 1000000000}]}}"))
                .problem(422, "count-overflow");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/network/layers/0");
    }

    /** Of each of 20 layers eleven widths (1 to 48), five numbers of groups and three others, in 5,000 layers each. */
    @Test
    void moreNetworksThanAnAnswerHoldsAreRefused() {
        String request = json("{'network': {'input': [8, 8, 64], 'layers': [{'repeat': 5000, 'type': 'conv2d',"
                + " 'filters': 64, 'kernel': 3, 'padding': 'same'}]}, 'costliest': 20}");

        JsonNode problem = api.post("/v1/alternatives", request).problem(422, "invalid-network");

        assertThat(problem.at("/errors/0/detail").asString())
                .isEqualTo("expected at most 1,000,000 layers in the rewritten networks of an answer, all together, got"
                        + " 1,900,000; ask for fewer alternatives, or with detail=totals for none of the networks");
        assertThat(api.post("/v1/alternatives?detail=totals", request).json().get("layers"))
                .hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({"gate=true, gate", "widths=3, widths"})
    void aParameterOfTheUrlThatItDoesNotHaveIsRefused(String query, String name) {
        JsonNode problem = api.post("/v1/alternatives?" + query, json("{'network': {'ready': 'lecture-direct'}}"))
                .problem(400, "invalid-parameter");

        assertThat(problem.get("detail").asString())
                .isEqualTo("there is no query parameter \"" + name + "\"; there are: detail, format");
    }

    private JsonNode problem(String singleQuoted) {
        return api.post("/v1/alternatives", json(singleQuoted)).problem(422, "invalid-network");
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
