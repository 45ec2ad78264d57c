package dev.tally.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionJson;
import dev.tally.description.Errors;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.AlternativesRequest;
import dev.tally.planning.alternative.DesignEstimates;
import dev.tally.planning.alternative.DesignEstimates.DesignEstimate;
import dev.tally.planning.alternative.TimedDesigns;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lecture's table, which the API's tests have whole, does not show. */
class AlternativesTextTest {
    private static final String LECTURE =
            "{'network': {'ready': 'lecture-direct'}, 'kinds': ['bottleneck'], 'widths': [16, 200]}";

    private static final DesignEstimate UNKNOWN = new DesignEstimate(null, List.of("5x5"));

    /** A fifth of a millisecond for the 5×5, and for the bottleneck of 16 a tenth of that; the other is not known. */
    @Test
    void timesStandBehindTheCountsWhereSomeAreKnown() {
        String text = text(LECTURE, known(200_000), known(20_000), UNKNOWN);

        assertThat(text)
                .contains(
                        """
                    design           multiplies  ratio  parameters  peak bytes  narrowest  field      ms  ratio
                """,
                        """
                **  bottleneck 16    12,443,648   9.68      15,920     652,288     12,544    5×5  0.0200  10.00
                    bottleneck 200  155,545,600   0.77     198,632   1,229,312     25,088    5×5
                """,
                        """
                *   as it is        120,422,400   1.00     153,632     702,464     25,088    5×5   0.200   1.00
                """,
                        "no design as cheap in all and cheaper in one,",
                        "ms     from latencies: java, 1 thread, float32, on host-1\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    /** 10 of 9.677 in multiplies is 103 %; half of the time of the other, which has 0.774 of it, 258 %. */
    @Test
    void howMuchOfABottlenecksRatioIsLeftInTimeIsSaid() {
        String text = text(LECTURE, known(200_000), known(20_000), known(100_000));

        assertThat(text).contains("""

                bottleneck: of its ratio in multiplies is left in time on java, estimated: 103 % at 16, 258 % at 200
                """, "no design as cheap and as fast, better in one,");
    }

    private static DesignEstimate known(double nanos) {
        return new DesignEstimate(nanos, List.of());
    }

    private static String text(String json, DesignEstimate... estimates) {
        AlternativesPlan plan = plan(json);
        return AlternativesText.of(
                plan,
                List.of(new TimedDesigns(
                        plan.layers().getFirst(),
                        Collections.nCopies(estimates.length, null),
                        Collections.nCopies(estimates.length, null),
                        new DesignEstimates("java", 1, "float32", "host-1", "", List.of(estimates)))));
    }

    private static String text(AlternativesPlan plan) {
        return AlternativesText.of(plan, plan.untimed());
    }

    @Test
    void whatIsFusedIsNamedAndLongReasonsAreWrapped() {
        String text = text(plan(
                "{'network': {'input': [28, 28, 24], 'layers': [{'type': 'conv2d', 'name': 'grouped', 'filters': 24,"
                        + " 'kernel': 3, 'groups': 8, 'padding': 'same', 'activation': 'relu'}]}}"));

        assertThat(text)
                .startsWith("network, batch 1: 508,032 multiplies, 672 parameters\n\ngrouped  conv2d 28×28×24 →"
                        + " 28×28×24, relu\n");
        assertThat(text).contains("""
                  grouped             expected channels and filters that more than 8 groups, of 2, 4, 8, 16 or 32
                                      divides, got 24 and 24
                """);
    }

    @Test
    void aBottleneckThatNeverPaysSaysSo() {
        String text =
                text(plan("{'network': {'input': [8, 8, 3], 'layers': [{'type': 'conv2d', 'filters': 1, 'kernel': 1}]},"
                        + " 'widths': [1]}"));

        // 8·8·3 in a 1×1 of one channel, and 8·8 behind it.
        assertThat(text).contains("""
                bottleneck: no width has fewer multiplies
                  192 ÷ (8·8·3 + 8·8·1·1·1) = 0.7
                  counted at 1 256, as it is 192
                """);
        assertThat(text.lines()).anyMatch(line -> line.startsWith("    bottleneck 1"));
    }

    private static AlternativesPlan plan(String json) {
        AlternativesRequest request = AlternativesRequest.of(
                DescriptionJson.read(json.replace('\'', '"').getBytes(UTF_8)), List.of(), new Errors());
        return request.plan(Analysis.of(request.described().network()));
    }
}
