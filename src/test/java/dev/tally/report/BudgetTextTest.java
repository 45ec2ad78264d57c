package dev.tally.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionJson;
import dev.tally.description.DescriptionReader;
import dev.tally.description.Errors;
import dev.tally.planning.BudgetReader;
import dev.tally.planning.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BudgetTextTest {
    @Test
    void eachLimitHasALineAndAllHaveOne() {
        assertThat(table("{'multiplies': 20000000, 'parameters': {'baseline': {'ready': 'lecture-direct'}, 'atMost':"
                        + " ' -90 % '}, 'peakActivationBytes': 0}"))
                .endsWith("""
                        FLOPs per byte moved            28.72

                        budget                   actual     at most     over
                        multiplies           12,443,648  20,000,000           ok
                        parameters               15,920      15,363      557  FAILED (-90 % from 153,632)
                        peakActivationBytes     652,288           0  652,288  FAILED
                        budget FAILED: 2 of 3 limits

                        counting rules 1, network 902b0130b251
                        """);
    }

    @Test
    void aBudgetThatIsKeptSaysSo() {
        assertThat(table("{'multiplies': 12443648}")).contains("""
                        budget          actual     at most  over
                        multiplies  12,443,648  12,443,648        ok
                        budget passed: 1 limit
                        """);
    }

    @Test
    void withoutABudgetNothingIsSaidOfIt() {
        assertThat(AnalysisText.of(analysis(), true)).doesNotContain("budget");
    }

    @Test
    void theLargestCountsLineUpToo() {
        List<String> lines = table("{'multiplies': 9223372036854775807, 'macs': 0}")
                .lines()
                .dropWhile(line -> !line.startsWith("budget"))
                .toList();

        assertThat(lines.get(1)).isEqualTo("multiplies  12,443,648  9,223,372,036,854,775,807              ok");
        assertThat(lines.get(2)).isEqualTo("macs        12,443,648                          0  12,443,648  FAILED");
    }

    private static String table(String budget) {
        Analysis analysis = analysis();
        Verdict verdict = Objects.requireNonNull(BudgetReader.read(json("{'budget': " + budget + "}"), new Errors()))
                .check(analysis.totals());
        return AnalysisText.of(analysis, false, verdict, null, null);
    }

    private static Analysis analysis() {
        return Analysis.of(
                DescriptionReader.read(json("{'ready': 'lecture-bottleneck'}")).network());
    }

    private static JsonNode json(String json) {
        return DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8));
    }
}
