package dev.tally.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.latency.Measured;
import dev.tally.planning.comparison.Comparison;
import dev.tally.planning.comparison.Times;
import dev.tally.planning.comparison.Times.NetworkTimes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonReportTest {
    private static Comparison ready(String... names) {
        return Comparison.of(Stream.of(names)
                .map(name -> Analysis.of(Measured.network("{\"ready\": \"" + name + "\"}")))
                .toList());
    }

    private static String text(Comparison comparison, Times... times) {
        return ComparisonText.of(comparison, true, List.of(times), nothing(comparison));
    }

    private static <T> List<@Nullable T> nothing(Comparison comparison) {
        return Collections.nCopies(comparison.networks().size(), null);
    }

    @Test
    void theLecturesDesignsStandBesideEachOther() {
        assertThat(text(ready("lecture-direct", "lecture-bottleneck"))).isEqualTo("""
                2 networks; ratios are of the first to each: over 1 is cheaper

                network              multiplies  ratio  parameters  ratio  peak bytes  ratio
                ────────────────────────────────────────────────────────────────────────────
                lecture-direct      120,422,400            153,632            702,464
                lecture-bottleneck   12,443,648   9.68      15,920   9.65     652,288   1.08

                1 of 2 layers stand in all, by their names

                layer   lecture-direct  lecture-bottleneck  ratio
                ─────────────────────────────────────────────────
                reduce                           2,408,448
                5x5        120,422,400          10,035,200  12.00
                ─────────────────────────────────────────────────
                total      120,422,400          12,443,648   9.68

                counting rules 1, networks 4177e7373621 902b0130b251
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vgg-11 vgg-13 vgg-16 vgg-19",
                "resnet-18 resnet-34 resnet-50 resnet-101 resnet-152",
                "googlenet inception-v3 mobilenet-v2 densenet-121",
                "lecture-direct lecture-bottleneck lecture-direct lecture-direct lecture-direct lecture-direct"
            })
    void theTablesFit100ColumnsAndSayWhatDoesNot(String names) {
        Comparison comparison = ready(names.split(" "));

        String text = text(comparison);

        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
        String headings = text.lines()
                .filter(line -> line.startsWith("layer "))
                .findFirst()
                .orElseThrow();
        int all = comparison.networks().size();
        int shown = 1 + headings.split(" ratio").length - (headings.endsWith(" ratio") ? 0 : 1);
        assertThat(text.contains(" not fit beside these")).isEqualTo(shown < all);
    }

    @Test
    void timesStandBesideTheCountsOfNetworksAndLayers() {
        Comparison comparison = ready("lecture-direct", "lecture-bottleneck");
        Times times = new Times(
                Times.Source.MEASURED,
                "java",
                Arrays.asList(
                        new NetworkTimes(2e6, null, Map.of("5x5", 1.9e6)),
                        new NetworkTimes(4e5, 5.5, Map.of("reduce", 1e5, "5x5", 3e5))));

        assertThat(text(comparison, times))
                .contains("lecture-direct      120,422,400            153,632            702,464         2.000\n")
                .contains("lecture-bottleneck   12,443,648   9.68      15,920   9.65     652,288   1.08  0.400   5.50")
                .contains("ms: on java, the ratio in turns with the first")
                .contains("5x5        120,422,400  1.900          10,035,200  12.00  0.300\n")
                .contains("total      120,422,400  1.900          12,443,648   9.68  0.400\n")
                .contains("ms: each layer by itself, on java\n")
                .contains("layers, java                 3   1.00 1.00    0.50 0.33   1.00 1.00");
    }

    @Test
    void timesOnFurtherEnginesHaveTablesOfTheirOwn() {
        Comparison comparison = ready("lecture-direct", "lecture-bottleneck");
        Times java =
                new Times(Times.Source.MEASURED, "java", Arrays.asList(null, new NetworkTimes(1e6, null, Map.of())));
        Times table = new Times(
                Times.Source.LATENCIES,
                "onnxruntime-cpu",
                Arrays.asList(new NetworkTimes(3e6, null, Map.of()), new NetworkTimes(1e6, 3.0, Map.of())));

        assertThat(text(comparison, java, table)).contains("""
                network             estimated ms  ratio
                ───────────────────────────────────────
                lecture-direct             3.000
                lecture-bottleneck         1.000   3.00
                estimated ms: on onnxruntime-cpu, the sum of the layers' in the latency table
                """);
    }

    @Test
    void whyANetworkWasNotMeasuredIsSaid() {
        Comparison comparison = ready("lecture-direct", "lecture-bottleneck");

        assertThat(ComparisonText.of(comparison, false, List.of(), Arrays.asList(null, "java cannot run it")))
                .contains("lecture-bottleneck was not measured: java cannot run it\n")
                .doesNotContain("reduce");
    }

    @Test
    void networksWithoutACommonLayerAreSaidToHaveNone() {
        assertThat(text(ready("lecture-direct", "alexnet"))).contains("they share no layer by name");
    }

    @Test
    void aSpreadsheetHasALineForEachLayerOfEachNetwork() {
        Comparison comparison = ready("lecture-direct", "lecture-bottleneck");

        List<String> lines = new String(
                        ComparisonCsv.of(comparison, true, nothing(comparison), nothing(comparison)),
                        StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .startsWith("network,networkName,name,type,from,")
                .endsWith(",bytesMoved,multipliesRatio,parametersRatio,bytesMovedRatio");
        assertThat(lines.get(1)).startsWith("1,lecture-direct,5x5,conv2d,").endsWith(",1316992,,,");
        assertThat(lines.get(2))
                .startsWith("2,lecture-bottleneck,reduce,conv2d,")
                .endsWith(",664640,,,");
        // 153,632 / 12,832 parameters; 1,316,992 / 201,856 bytes.
        assertThat(lines.get(3)).startsWith("2,lecture-bottleneck,5x5,conv2d,").endsWith(",201856,12.0,11.97,6.524");
    }
}
