package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What stands behind the question mark is read as strictly as the body: a misspelt gate would let everything pass. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UrlParametersApiTest {
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
            value = {
                "Gate=true   | there is no query parameter \"Gate\"; did you mean \"gate\"?; there are: detail, format, gate",
                "gates=true  | there is no query parameter \"gates\"; did you mean \"gate\"?; there are: detail, format, gate",
                "x=1         | there is no query parameter \"x\"; there are: detail, format, gate",
                "detail=totals&detail=full | the query parameter \"detail\" is given more than once",
            })
    void whatAnAnalysisDoesNotHaveIsRefused(String query, String detail) throws IOException {
        Api.Answer answer = api.post("/v1/analyses?" + query, AnalysisApiTest.example("lecture"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/invalid-parameter");
        assertThat(answer.json().get("detail").asString()).isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/networks?gate=true", "/v1/networks/googlenet?width=2", "/v1/layers?detail=totals"})
    void theCataloguesHaveNone(String path) {
        assertThat(api.get(path).status()).isEqualTo(400);
    }

    @Test
    void aLayerTypeIsFoundByItsName() {
        assertThat(api.get("/v1/layers/conv2d").json().get("name").asString()).isEqualTo("conv2d");
        assertThat(api.get("/v1/layers/Conv2D").json().get("detail").asString())
                .isEqualTo("there is no layer type \"Conv2D\"; did you mean \"conv2d\"?");
        assertThat(api.get("/v1/networks/resnet50").json().get("detail").asString())
                .startsWith("there is no ready network \"resnet50\"; did you mean \"resnet-50\"?; there are: ");
    }
}
