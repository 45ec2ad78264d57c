package dev.tally.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ready networks against figures that others published. */
class PublishedFiguresTest {
    /**
     * torchvision's models: parameters and multiply-accumulates of convolutions and dense layers, recomputed from the
     * layer tables.
     */
    @ParameterizedTest
    @CsvSource({
        "lecture-direct,            153632,   120422400",
        "lecture-bottleneck,         15920,    12443648",
        "alexnet,                 61100840,   714188480",
        "vgg-16,                 138357544, 15470264320",
        "googlenet-torchvision,    6624904,  1498376192",
        "resnet-18,               11689512,  1814073344",
        "resnet-50,               25557032,  4089184256",
        "resnet-50-v1,            25557032,  3857973248",
    })
    void readyNetworksMatch(String name, long parameters, long macs) {
        Totals totals = analyse("{\"ready\": \"" + name + "\"}").totals();

        assertThat(totals.parameters()).isEqualTo(parameters);
        assertThat(totals.operations().macs()).isEqualTo(macs);
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
