package dev.tally.web;

import dev.tally.analysis.Analysis;
import dev.tally.report.ComparisonCsv;
import dev.tally.report.ComparisonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Writes a comparison as tables ({@code text/plain}) or as {@code text/csv}; JSON is Jackson's. */
final class ComparisonConverter extends AnswerConverter<ComparisonAnswer> {
    ComparisonConverter() {
        super(ComparisonAnswer.class, AnalysisConverter.TEXT, AnalysisConverter.CSV);
    }

    /** As of an analysis; the hashes are those of the networks, in their order. */
    @Override
    protected void addDefaultHeaders(HttpHeaders headers, ComparisonAnswer answer, @Nullable MediaType type)
            throws IOException {
        boolean csv = AnalysisConverter.CSV.isCompatibleWith(type);
        super.addDefaultHeaders(headers, answer, csv ? AnalysisConverter.CSV : AnalysisConverter.TEXT);
        headers.set("Tally-Version", answer.version());
        headers.set("Tally-Counting-Rules", Analysis.COUNTING_RULES);
        headers.set(
                "Tally-Network-Hash",
                answer.comparison().networks().stream()
                        .map(network -> network.analysis().network().hash())
                        .collect(Collectors.joining(", ")));
    }

    @Override
    byte[] bytes(ComparisonAnswer answer, @Nullable MediaType form) {
        return AnalysisConverter.CSV.isCompatibleWith(form)
                ? ComparisonCsv.of(answer.comparison(), answer.layers(), answer.measured(), answer.estimates())
                : ComparisonText.of(answer.comparison(), answer.layers(), answer.times(), answer.notMeasured())
                        .getBytes(StandardCharsets.UTF_8);
    }
}
