package dev.tally.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ready networks against figures that others published. */
class PublishedFiguresTest {
    /**
     * torchvision's models. The parameters are those of the weights' metadata ({@code num_params}), the
     * multiply-accumulates those that torch's own counter (2.15.0) finds in torchvision's models (0.29.2); to three
     * decimals of a billion they are the metadata's ({@code _ops}). {@code docs/torchvision.md} has the comparison.
     */
    @ParameterizedTest
    @CsvSource({
        "alexnet,                 61100840,   714188480",
        "vgg-11,                 132863336,  7609090048",
        "vgg-13,                 133047848, 11308466176",
        "vgg-16,                 138357544, 15470264320",
        "vgg-19,                 143667240, 19632062464",
        "googlenet-torchvision,    6624904,  1498376192",
        "resnet-18,               11689512,  1814073344",
        "resnet-34,               21797672,  3663761408",
        "resnet-50,               25557032,  4089184256",
        "resnet-101,              44549160,  7801405440",
        "resnet-152,              60192808, 11513626624",
        "resnext-50-32x4d,        25028904,  4230479872",
        "wide-resnet-50-2,        68883240, 11398021120",
        "densenet-121,             7978856,  2834161664",
        "squeezenet-1.0,           1248424,   818924576",
        "squeezenet-1.1,           1235496,   349151936",
        "mobilenet-v2,             3504872,   300774272",
        "mobilenet-v3-small,       2542856,    56510400",
        "mobilenet-v3-large,       5483032,   216589760",
        "shufflenet-v2-x0.5,       1366792,    40476448",
        "shufflenet-v2-x1.0,       2278604,   144907992",
        "efficientnet-b0,          5288548,   385814752",
        "convnext-tiny,           28589128,  4455531264",
        "vit-b-16,                86567656, 17563828224",
    })
    void torchvisionsModelsMatch(String name, long parameters, long macs) {
        assertMatches("{\"ready\": \"" + name + "\"}", parameters, macs);
    }

    /**
     * torchvision's metadata says 27,161,264 parameters: with the auxiliary head, which inference leaves out. Its two
     * convolutions have 768·128 and 128·768·5·5 weights, their batch norms 2·128 and 2·768, its dense layer 769·1000.
     */
    @Test
    void inceptionV3MatchesWithoutItsAuxiliaryHead() {
        long head = 768 * 128 + 2 * 128 + 128 * 768 * 5 * 5 + 2 * 768 + 769 * 1000;
        assertMatches("{\"ready\": \"inception-v3\"}", 27_161_264 - head, 5_713_216_096L);
    }

    /**
     * The families' parameters lead to models that have no name here: torchvision's of that name or with that argument,
     * counted as above.
     */
    @ParameterizedTest
    @CsvSource({
        // resnext101_32x8d, resnext101_64x4d, wide_resnet101_2
        "resnet-50,      groups 32 widthPerGroup 8 depth3 23,      88791336, 16414015488",
        "resnet-50,      groups 64 widthPerGroup 4 depth3 23,      83455272, 15460270080",
        "resnet-50,      widthPerGroup 128 depth3 23,             126886696, 22753050624",
        "resnet-50,      resolution 320 classes 10,                23528522,  8341114880",
        "resnet-18,      resolution 97 classes 10,                 11181642,   440336576",
        "vgg-16,         resolution 256 classes 10,               134301514, 20164157440",
        // densenet161, 169, 201
        "densenet-121,   width 96 growth 48 depth3 36 depth4 24,   28681000,  7727907072",
        "densenet-121,   depth3 32 depth4 32,                      14149480,  3359843328",
        "densenet-121,   depth3 48 depth4 32,                      20013928,  4291365888",
        "densenet-121,   resolution 161 classes 7,                  6961031,  1476528320",
        "squeezenet-1.0, resolution 200 classes 7,                   739015,   581562144",
        "squeezenet-1.1, resolution 200 classes 7,                   726087,   214673600",
        "inception-v3,   resolution 224 classes 7,                 21799911,  2835887456",
        // width_mult = 0.1, 0.35, 0.5, 0.75, 1.4
        "mobilenet-v2,   widthPercent 10,                           1367080,    26659648",
        "mobilenet-v2,   widthPercent 35,                           1677128,    59285808",
        "mobilenet-v2,   widthPercent 50,                           1968680,    97131840",
        "mobilenet-v2,   widthPercent 75,                           2636424,   209069792",
        "mobilenet-v2,   widthPercent 75 resolution 96 classes 10,  1368234,    38178272",
        "mobilenet-v2,   widthPercent 140,                          6108776,   582195824",
        // width_mult = 0.5, 1.25
        "mobilenet-v3-small, widthPercent 50,                        917264,    18970736",
        "mobilenet-v3-small, widthPercent 125,                      3644912,    88155944",
        "mobilenet-v3-large, widthPercent 50,                       1734576,    64962192",
        "mobilenet-v3-large, widthPercent 125,                      8164744,   343461000",
        "mobilenet-v3-large, resolution 200 classes 7,              4210999,   187234208",
        // shufflenet_v2_x1_5, shufflenet_v2_x2_0
        "shufflenet-v2-x1.0, width 176,                             3503624,   295759392",
        "shufflenet-v2-x1.0, width 244 head 2048,                   7393996,   583253464",
        "shufflenet-v2-x1.0, resolution 200 classes 7,              1260779,   127366104",
        // efficientnet_b0's settings with width_mult = 0.5, 1.2
        "efficientnet-b0, widthPercent 50,                          1712522,   120051984",
        "efficientnet-b0, widthPercent 120,                         7328862,   585742736",
        "efficientnet-b0, resolution 240 classes 7,                 4016515,   461257040",
        // convnext_small, convnext_base, convnext_large
        "convnext-tiny, depth3 27,                                 50223688,  8683712256",
        "convnext-tiny, width 128 depth3 27,                       88591464, 15354729472",
        "convnext-tiny, width 192 depth3 27,                      197767336, 34361433600",
        "convnext-tiny, resolution 288 classes 7,                  27825511,  7364001792",
        // vit_b_32, vit_l_16, vit_l_32
        "vit-b-16, patch 32,                                       88224232,  4409186304",
        "vit-b-16, width 1024 heads 16 depth 24,                  304326632, 61554712576",
        "vit-b-16, width 1024 heads 16 depth 24 patch 32,         306535400, 15377539072",
        "vit-b-16, resolution 384 classes 7,                       86095879, 55483587840",
    })
    void parametersLeadToTheRestOfAFamily(String name, String values, long parameters, long macs) {
        String json = values.replaceAll("(\\w+) (\\d+)", "\"$1\": $2").replace(" \"", ", \"");
        assertMatches("{\"ready\": \"" + name + "\", \"parameters\": {" + json + "}}", parameters, macs);
    }

    /** The totals that TF-Slim's mobilenet_v1.py prints: kernels' weights and multiply-accumulates before the pool. */
    @ParameterizedTest
    @CsvSource({"100, 224, 3185088, 567716352", "75, 128, 1800144, 106002432"})
    void mobileNetV1MatchesItsTotals(int widthPercent, int resolution, long weights, long macs) {
        Analysis analysis = analyse("{\"ready\": \"mobilenet-v1\", \"parameters\": {\"widthPercent\": " + widthPercent
                + ", \"resolution\": " + resolution + "}}");

        assertThat(sum(analysis, "conv\\d+", PublishedFiguresTest::kernelElements))
                .isEqualTo(weights);
        assertThat(sum(analysis, "conv\\d+", layer -> layer.operations().macs()))
                .isEqualTo(macs);
    }

    /**
     * YOLOv3-tiny against the billions of operations that Darknet prints for each layer, two a multiply-accumulate, and
     * against its weights: the file has 35,434,956 bytes, 20 of them a header, the rest floats, running statistics
     * included. 8,852,366 is also what Ultralytics' yolov3-tiny has.
     */
    @Test
    void yoloV3TinyMatchesWhatDarknetPrints() {
        Analysis analysis = analyse("{\"ready\": \"yolov3-tiny\"}");

        assertThat(analysis.layers().stream()
                        .filter(layer -> layer.operations().macs() > 0)
                        .map(layer -> String.format(
                                Locale.ROOT, "%.3f", 2 * layer.operations().macs() / 1e9)))
                .containsExactly(
                        "0.150", "0.399", "0.399", "0.399", "0.399", "0.399", "1.595", "0.089", "0.399", "0.044",
                        "0.011", "1.196", "0.088");
        assertThat(analysis.totals().parameters()).isEqualTo(8_852_366);
        assertThat(analysis.totals().weightBytes()).isEqualTo(35_434_956 - 20);
        assertThat(analysis.network().outputs().stream()
                        .map(output -> output.shape().toString()))
                .containsExactly("13×13×255", "26×26×255");
    }

    /** U-Net's Figure 1: what goes into each level and comes out of it; the parameters are by hand, layer by layer. */
    @Test
    void uNetMatchesItsFigure() {
        Analysis analysis = analyse("{\"ready\": \"unet\"}");

        assertThat(analysis.layers().stream()
                        .filter(layer -> layer.node().name().matches("(down|up)\\d|bottom|conv|.*/conv2|upconv.*"))
                        .map(layer -> layer.node().shape().toString()))
                .containsExactly(
                        "568×568×64",
                        "280×280×128",
                        "136×136×256",
                        "64×64×512",
                        "28×28×1024",
                        "56×56×512",
                        "52×52×512",
                        "104×104×256",
                        "100×100×256",
                        "200×200×128",
                        "196×196×128",
                        "392×392×64",
                        "388×388×64",
                        "388×388×2");
        assertThat(analysis.totals().parameters()).isEqualTo(31_030_658);
    }

    /** What has no published figure of the same kind, or another's: recomputed from the layer tables. */
    @ParameterizedTest
    @CsvSource({
        "lecture-direct,      153632,  120422400",
        "lecture-bottleneck,   15920,   12443648",
        "mobilenet-v1,       4231976,  568740352",
        "resnet-50-v1,      25557032, 3857973248",
    })
    void recomputedNetworksMatch(String name, long parameters, long macs) {
        assertMatches("{\"ready\": \"" + name + "\"}", parameters, macs);
    }

    /** GoogLeNet's Table 1 row by row: multiply-accumulates, and kernels' weights without biases. */
    @ParameterizedTest
    @CsvSource({
        "conv1,  118013952,    9408",
        "conv2,  359661568,  114688",
        "3a,     128049152,  163328",
        "3b,     304267264,  388096",
        "4a,      73608192,  375552",
        "4b,      87908352,  448512",
        "4c,      99850240,  509440",
        "4d,     118515712,  604672",
        "4e,     169996288,  867328",
        "5a,      51079168, 1042432",
        "5b,      70697984, 1442816",
        "linear,   1024000, 1024000",
    })
    void googLeNetMatchesItsTable(String row, long macs, long weights) {
        Analysis analysis = analyse("{\"ready\": \"googlenet\"}");

        assertThat(sum(analysis, row, layer -> layer.operations().macs())).isEqualTo(macs);
        assertThat(sum(analysis, row, PublishedFiguresTest::kernelElements)).isEqualTo(weights);
    }

    @Test
    void googLeNetMatchesItsTotal() {
        assertThat(analyse("{\"ready\": \"googlenet\"}").totals().operations().macs())
                .isEqualTo(1_582_671_872L);
    }

    @Test
    void theLecturesDirectConvolutionReads110321664TapsInBounds() {
        assertThat(analyse("{\"ready\": \"lecture-direct\"}")
                        .totals()
                        .operations()
                        .multipliesInBounds())
                .isEqualTo(110_321_664L);
    }

    /**
     * Two layers of ResNet-18 that a list of published convolution benchmarks counts by taps in bounds: 232,429,056 and
     * 225,738,752 operations, two a tap.
     */
    @Test
    void convolutionsOfABenchmarksListMatchInBounds() {
        Map<String, Long> operations = Map.of(
                "{\"input\": [224, 224, 3], \"layers\": [{\"type\": \"conv2d\", \"filters\": 64, \"kernel\": 7, \"stride\": 2, \"padding\": 3}]}",
                        232_429_056L,
                "{\"input\": [56, 56, 64], \"layers\": [{\"type\": \"conv2d\", \"filters\": 64, \"kernel\": 3, \"padding\": 1}]}",
                        225_738_752L);
        operations.forEach((json, expected) -> assertThat(
                        2 * analyse(json).totals().operations().multipliesInBounds())
                .isEqualTo(expected));
    }

    /** The example answer of the project's contract, count for count. */
    @Test
    void theContractsExampleIsCountedSo() {
        Analysis analysis = analyse("""
                {"name": "inception-3a-5x5-branch", "input": [28, 28, 192], "layers": [
                  {"name": "reduce", "type": "conv2d", "filters": 16, "kernel": 1},
                  {"type": "conv2d", "filters": 32, "kernel": 5, "padding": "same", "activation": "relu"}]}""");
        Totals totals = analysis.totals();

        assertThat(totals.operations())
                .isEqualTo(new Operations(
                        12_443_648, 11_601_920, 12_443_648, 12_443_648, OtherOperations.comparisons(25_088)));
        assertThat(totals.flops()).isEqualTo(24_887_296);
        assertThat(totals.parameters()).isEqualTo(15_920);
        assertThat(totals.weightBytes()).isEqualTo(63_680);
        assertThat(totals.activationBytes()).isEqualTo(752_640);
        assertThat(totals.peakActivationBytes()).isEqualTo(652_288);
        assertThat(totals.bytesMoved()).isEqualTo(866_496);
        LayerAnalysis reduce = analysis.layers().getFirst();
        assertThat(reduce.operations().multiplies()).isEqualTo(2_408_448);
        assertThat(reduce.formula(analysis)).isEqualTo("28·28·16 × 1·1·192");
    }

    private static void assertMatches(String json, long parameters, long macs) {
        Totals totals = analyse(json).totals();

        assertThat(totals.parameters()).isEqualTo(parameters);
        assertThat(totals.operations().macs()).isEqualTo(macs);
    }

    private static long sum(Analysis analysis, String row, ToLongFunction<LayerAnalysis> figure) {
        return analysis.layers().stream()
                .filter(layer -> layer.node().name().matches(row + "([_/].*)?"))
                .mapToLong(figure)
                .sum();
    }

    private static long kernelElements(LayerAnalysis layer) {
        return layer.node().weights().stream()
                .filter(slot -> slot.name().equals("kernel"))
                .mapToLong(slot -> slot.shape().elements())
                .sum();
    }

    private static Analysis analyse(String json) {
        return Analysis.of(DescriptionReader.read(DescriptionJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .network());
    }
}
