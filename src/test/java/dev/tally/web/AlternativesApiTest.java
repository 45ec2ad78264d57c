package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/alternatives} as a client sees it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AlternativesApiTest {
    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void connect() {
        api = new Api(port);
    }

    @Test
    void theLecturesBottleneckIsFoundAndATenth() throws IOException {
        JsonNode layer = lecture().at("/layers/0");
        JsonNode sixteen = alternatives(layer).stream()
                .filter(each -> each.path("width").asInt() == 16 && kind(each).equals("bottleneck"))
                .findFirst()
                .orElseThrow();

        assertThat(layer.at("/original/part/multiplies").asLong()).isEqualTo(120_422_400);
        assertThat(sixteen.get("part"))
                .hasToString("{\"multiplies\":12443648,\"macs\":12443648,\"parameters\":15920,\"weightBytes\":63680,"
                        + "\"peakActivationBytes\":652288,\"bytesMoved\":866496}");
        // 120,422,400 / 12,443,648; 153,632 / 15,920; 614,528 / 63,680; 702,464 / 652,288; 1,316,992 / 866,496.
        assertThat(sixteen.get("partRatios"))
                .hasToString("{\"multiplies\":9.677,\"macs\":9.677,\"parameters\":9.65,\"weightBytes\":9.65,"
                        + "\"peakActivationBytes\":1.077,\"bytesMoved\":1.52}");
        assertThat(sixteen.get("totals")).isEqualTo(sixteen.get("part"));
        assertThat(sixteen.get("receptiveField")).hasToString("[5,5]");
        assertThat(sixteen.get("sameReceptiveField").asBoolean()).isTrue();
        assertThat(sixteen.get("narrowest").asInt()).isEqualTo(12_544);
        assertThat(sixteen.get("onFront").asBoolean()).isTrue();
        assertThat(sixteen.get("onCostFront").asBoolean()).isFalse();
        assertThat(sixteen.get("needsTraining").asBoolean()).isTrue();
        assertThat(sixteen.at("/network/layers"))
                .hasToString(
                        "[{\"name\":\"5x5/reduce\",\"type\":\"conv2d\",\"from\":[\"input\"],\"filters\":16,\"kernel\":1},"
                                + "{\"name\":\"5x5\",\"type\":\"conv2d\",\"from\":[\"5x5/reduce\"],\"filters\":32,\"kernel\":5,"
                                + "\"padding\":\"same\"}]");
    }

    @Test
    void theWidthAtWhichABottleneckStopsPayingIsSaidAndCounted() throws IOException {
        JsonNode layer = lecture().at("/layers/0");

        assertThat(layer.at("/breakEvens/0"))
                .hasToString("{\"kind\":\"bottleneck\",\"figure\":\"multiplies\",\"width\":154,"
                        + "\"formula\":\"120,422,400 ÷ (28·28·192 + 28·28·5·5·32) = 154.8\","
                        + "\"original\":120422400,\"atWidth\":119770112,\"atNextWidth\":120547840}");
        assertThat(layer.get("notApplicable"))
                .hasToString("[{\"kind\":\"strided-bottleneck\",\"reason\":\"expected a stride above 1, got 1×1\"}]");
    }

    @Test
    void theAnswerCarriesWhatTheContractSays() throws IOException {
        JsonNode answer = lecture();

        assertThat(answer.propertyNames())
                .containsExactly(
                        "name",
                        "version",
                        "countingRules",
                        "networkHash",
                        "batch",
                        "dtype",
                        "layout",
                        "totals",
                        "note",
                        "kinds",
                        "layers");
        assertThat(answer.get("networkHash"))
                .isEqualTo(api.analyse("{\"ready\": \"lecture-direct\"}").json().get("networkHash"));
        assertThat(answer.get("note").asString()).contains("needs training");
        assertThat(answer.get("kinds").valueStream().map(AlternativesApiTest::kind))
                .containsExactly("bottleneck", "stacked", "asymmetric", "separable", "grouped", "residual");
        assertThat(answer.at("/kinds/0/source").asString()).contains("Network In Network");
    }

    /** Batch norms and activations are fused into ResNet's layers, and some of its strides are 2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ready': 'googlenet', 'batch': 2}",
                "{'ready': 'resnet-18', 'parameters': {'resolution': 64}}",
                "{'ready': 'mobilenet-v2', 'parameters': {'resolution': 64}}"
            })
    void everyRewrittenNetworkPostedBackGivesTheTotalsAndTheShapeThatTheAnswerSaid(String network) {
        JsonNode original = api.analyse(json(network)).json();
        JsonNode answer = post("{'network': " + network + ", 'costliest': 3}").json();

        assertThat(answer.get("layers")).hasSize(3);
        for (JsonNode layer : answer.get("layers")) {
            assertThat(layer.get("alternatives")).isNotEmpty();
            for (JsonNode alternative : layer.get("alternatives")) {
                JsonNode analysis =
                        api.analyse(alternative.get("network").toString()).json();
                assertThat(analysis.get("output")).isEqualTo(original.get("output"));
                for (String figure : alternative.get("totals").propertyNames()) {
                    assertThat(analysis.get("totals").get(figure))
                            .as("%s of %s", figure, alternative)
                            .isEqualTo(alternative.get("totals").get(figure));
                }
                JsonNode rewritten = layerOf(analysis, layer.get("layer").asString());
                assertThat(rewritten.get("output")).isEqualTo(layer.get("output"));
            }
        }
    }

    @Test
    void theCostliestLayersComeFirst() {
        JsonNode answer =
                post("{'network': {'ready': 'googlenet'}, 'costliest': 3}").json();

        assertThat(answer.get("layers")
                        .valueStream()
                        .map(layer -> layer.get("layer").asString()))
                .containsExactly("conv2", "3b/3x3", "conv1");
        // conv2 is 346,816,512 of its 1,582,671,872 multiplies; in a ninth of it is a 1×1.
        assertThat(answer.at("/layers/0/original/part/multiplies").asLong()).isEqualTo(346_816_512);
    }

    @Test
    void withoutALayerItIsTheCostliest() {
        JsonNode answer = post("{'network': {'ready': 'googlenet'}}").json();

        assertThat(answer.get("layers")).hasSize(1);
        assertThat(answer.at("/layers/0/layer").asString()).isEqualTo("conv2");
        assertThat(answer.at("/layers/0/fused")).hasToString("[\"conv2/relu\"]");
    }

    @Test
    void anAlternativeHasAlternatives() throws IOException {
        JsonNode first = alternatives(lecture().at("/layers/0")).getFirst();

        JsonNode second = post("{'network': " + first.get("network") + ", 'layer': '5x5', 'kinds': ['stacked']}")
                .json();

        assertThat(second.at("/layers/0/alternatives/0/network/layers")
                        .valueStream()
                        .map(layer -> layer.get("name").asString()))
                .containsExactly("5x5/reduce", "5x5/3x3_1", "5x5");
    }

    @Test
    void widthsAndKindsAreThoseThatAreAskedFor() {
        JsonNode layer = post("{'network': {'ready': 'lecture-direct'}, 'kinds': ['grouped', 'bottleneck'],"
                        + " 'widths': [200, 5]}")
                .json()
                .at("/layers/0");

        assertThat(alternatives(layer).stream().map(AlternativesApiTest::kind).distinct())
                .containsExactly("grouped", "bottleneck");
        assertThat(alternatives(layer).stream()
                        .filter(each -> each.has("width"))
                        .map(each -> each.get("width").asInt() + " "
                                + each.at("/partRatios/multiplies").asDouble()))
                .containsExactly("200 0.7742", "5 30.97");
        assertThat(layer.get("notApplicable")).isEmpty();
    }

    @Test
    void totalsLeaveTheNetworksOut() {
        JsonNode answer = api.post("/v1/alternatives?detail=totals", json("{'network': {'ready': 'lecture-direct'}}"))
                .json();

        assertThat(alternatives(answer.at("/layers/0")))
                .isNotEmpty()
                .noneMatch(each -> each.has("network"))
                .allMatch(each -> each.has("totals"));
    }

    @Test
    void theTableSaysAllOfItInAHundredColumns() throws IOException {
        Api.Answer answer = api.post("/v1/alternatives?format=text", AnalysisApiTest.example("alternatives"));

        assertThat(answer.type()).isEqualTo("text/plain;charset=UTF-8");
        assertThat(answer.header("Tally-Network-Hash")).hasSize(64);
        assertThat(answer.text()).isEqualTo("""
                lecture-direct, batch 1: 120,422,400 multiplies, 153,632 parameters

                5x5  conv2d 28×28×192 → 28×28×32

                    design           multiplies  ratio  parameters  peak bytes  narrowest  field
                ────────────────────────────────────────────────────────────────────────────────
                **  bottleneck 4      3,110,912  38.71       4,004     614,656      3,136    5×5
                *   bottleneck 6      4,666,368  25.81       5,990     620,928      4,704    5×5
                *   bottleneck 8      6,221,824  19.35       7,976     627,200      6,272    5×5
                *   bottleneck 12     9,332,736  12.90      11,948     639,744      9,408    5×5
                *   bottleneck 16    12,443,648   9.68      15,920     652,288     12,544    5×5
                *   bottleneck 24    18,665,472   6.45      23,864     677,376     18,816    5×5
                    bottleneck 32    24,887,296   4.84      31,808     702,464     25,088    5×5
                    bottleneck 48    37,330,944   3.23      47,696     752,640     25,088    5×5
                    bottleneck 64    49,774,592   2.42      63,584     802,816     25,088    5×5
                    bottleneck 96    74,661,888   1.61      95,360     903,168     25,088    5×5
                    bottleneck 128   99,549,184   1.21     127,136   1,003,520     25,088    5×5
                    stacked          50,577,408   2.38      64,576     702,464     25,088    5×5
                    asymmetric       28,098,560   4.29      35,904     702,464     25,088    5×5
                    separable         8,580,096  14.04      10,976   1,204,224     25,088    5×5
                    grouped 2        60,211,200   2.00      76,832     702,464     25,088    5×5
                    grouped 4        30,105,600   4.00      38,432     702,464     25,088    5×5
                    grouped 8        15,052,800   8.00      19,232     702,464     25,088    5×5
                    grouped 16        7,526,400  16.00       9,632     702,464     25,088    5×5
                *   grouped 32        3,763,200  32.00       4,832     702,464     25,088    5×5
                    residual 8        7,476,224  16.11       9,616     802,816     25,088    5×5
                ────────────────────────────────────────────────────────────────────────────────
                    as it is        120,422,400   1.00     153,632     702,464     25,088    5×5
                ratio: as it is, over the design
                *      on the front: no design as cheap in all and cheaper in one, is as wide at its narrowest
                **     nor is any that is narrower

                bottleneck: fewer multiplies up to a width of 154
                  120,422,400 ÷ (28·28·192 + 28·28·5·5·32) = 154.8
                  counted at 154 119,770,112, at 155 120,547,840, as it is 120,422,400

                bottleneck: fewer parameters up to a width of 154
                  153,600 ÷ (192 + 1 + 5·5·32) = 154.6
                  counted at 154 152,954, at 155 153,947, as it is 153,632

                does not apply
                  strided-bottleneck  expected a stride above 1, got 1×1

                Each design is another function than the layer, and needs training.
                counting rules 1, network 4177e7373621
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"googlenet", "vgg-16", "mobilenet-v2"})
    void tablesOfReadyNetworksFitATerminal(String network) {
        String text = api.post(
                        "/v1/alternatives?format=text",
                        json("{'network': {'ready': '" + network + "'}, 'costliest': 5}"))
                .text();

        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void csvHasALineALayerAndOneAnAlternative() throws IOException {
        Api.Answer answer = api.post("/v1/alternatives?format=csv", AnalysisApiTest.example("alternatives"));

        assertThat(answer.type()).isEqualTo("text/csv;charset=UTF-8");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo("layer,type,kind,width,groups,multiplies,multipliesRatio,macs,parameters,parametersRatio,"
                        + "weightBytes,peakActivationBytes,peakActivationBytesRatio,bytesMoved,bytesMovedRatio,narrowest,"
                        + "receptiveField,onFront,onCostFront,totalMultiplies,totalMultipliesRatio,totalMacs,"
                        + "totalParameters,totalWeightBytes,totalPeakActivationBytes,totalBytesMoved");
        assertThat(lines.get(1)).startsWith("5x5,conv2d,original,,,120422400,1.0,120422400,153632,1.0,");
        assertThat(lines)
                .contains("5x5,conv2d,bottleneck,16,,12443648,9.677,12443648,15920,9.65,63680,652288,1.077,866496,1.52,"
                        + "12544,5x5,true,false,12443648,9.677,12443648,15920,63680,652288,866496");
        // Eleven widths, five groups, and four others.
        assertThat(lines).hasSize(2 + 11 + 5 + 4);
    }

    private JsonNode lecture() throws IOException {
        return api.post("/v1/alternatives", AnalysisApiTest.example("alternatives"))
                .json();
    }

    private Api.Answer post(String singleQuoted) {
        return api.post("/v1/alternatives", json(singleQuoted));
    }

    private static JsonNode layerOf(JsonNode analysis, String name) {
        return analysis.get("layers")
                .valueStream()
                .filter(layer -> layer.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> alternatives(JsonNode layer) {
        return new ArrayList<>(layer.get("alternatives").valueStream().toList());
    }

    private static String kind(JsonNode json) {
        return json.get("kind").asString();
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
