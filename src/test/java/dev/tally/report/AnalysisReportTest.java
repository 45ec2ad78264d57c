package dev.tally.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.description.ReadyNetworks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisReportTest {
    static Set<String> networks() {
        return ReadyNetworks.names();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theTableFits100Columns(String name) {
        String table = AnalysisText.of(analyse("{\"ready\": \"" + name + "\"}"), true);

        assertThat(table.lines()).allMatch(line -> line.length() <= 100);
    }

    /** A row begins with its mark and two spaces; rules stand around the rows. */
    @ParameterizedTest
    @MethodSource("networks")
    void noTwoRowsLookAlike(String name) {
        List<String> lines = AnalysisText.of(analyse("{\"ready\": \"" + name + "\"}"), true)
                .lines()
                .toList();
        List<String> rows = lines.subList(4, lines.size());

        assertThat(rows.stream()
                        .takeWhile(line -> !line.startsWith("─"))
                        .map(line -> line.substring(3).split("  ", 2)[0]))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void pathsLoseSegmentsBeforeTheirLast() {
        assertThat(TextTable.shorten("stage4/rest/1/mbconv/expand/conv", 24)).isEqualTo("stage4/rest/1/…/conv");
        assertThat(TextTable.shorten("stage4/rest/1/mbconv/expand/conv", 31)).isEqualTo("stage4/rest/1/mbconv/…/conv");
        assertThat(TextTable.shorten("stage4/rest", 9)).isEqualTo("stag…rest");
    }

    @Test
    void longNamesLoseTheirMiddle() {
        String table = AnalysisText.of(
                analyse("{\"input\": [4, 4, 2], \"layers\": [{\"name\": \"begin" + "x".repeat(300)
                        + "end\", \"type\": \"relu\"}]}"),
                true);

        assertThat(table.lines()).allMatch(line -> line.length() <= 100);
        assertThat(table).contains("beginx", "…", "xend");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc", "abcd"})
    void aLetterOfTwoCharsIsNotCutInHalf(String begin) {
        String name = begin + "\ud83d\ude00".repeat(100);
        String table = AnalysisText.of(
                analyse("{\"name\": \"" + name + "\", \"input\": [4, 4, 2], \"layers\": [{\"name\": \"" + name
                        + "\", \"type\": \"relu\"}]}"),
                true);

        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(table)).isTrue();
    }

    @Test
    void theCostliestLayerIsMarkedAndTheTotalsComeLast() {
        List<String> lines = AnalysisText.of(analyse("{\"ready\": \"lecture-bottleneck\"}"), true)
                .lines()
                .toList();

        assertThat(lines.stream().filter(line -> line.startsWith("*  5x5"))).hasSize(1);
        int total = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("   total"))
                .findFirst()
                .orElseThrow());
        assertThat(lines.get(total)).contains("12,443,648").contains("15,920");
        assertThat(lines.subList(total + 1, lines.size())).noneMatch(line -> line.contains("conv2d"));
    }

    @Test
    void whatIsFusedStandsInItsLayersRow() {
        String table = AnalysisText.of(analyse("{\"ready\": \"resnet-18\"}"), true);

        assertThat(table).contains("conv2d+bn+relu", "add+relu").doesNotContain("bn1");
    }

    @Test
    void totalsAloneHaveNoRows() {
        Analysis analysis = analyse("{\"ready\": \"lecture-direct\"}");

        assertThat(AnalysisText.of(analysis, false)).contains("120,422,400").doesNotContain("conv2d");
        assertThat(csv(analysis, false)).hasSize(2);
        assertThat(csv(analysis, false).get(1)).startsWith("lecture-direct,28x28x192,28x28x32,120422400,110321664,");
    }

    @Test
    void csvQuotesWhatWouldBreakIt() {
        Analysis analysis =
                analyse("{\"input\": [4, 4, 2], \"layers\": [{\"name\": \"a,b \\\"c\\\"\", \"type\": \"relu\"}]}");

        assertThat(csv(analysis, true).get(1)).startsWith("\"a,b \"\"c\"\"\",relu,input,4x4x2,4x4x2,0,");
    }

    private static List<String> csv(Analysis analysis, boolean layers) {
        return new String(AnalysisCsv.of(analysis, layers), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static Analysis analyse(String json) {
        return Analysis.of(DescriptionReader.read(DescriptionJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .network());
    }
}
