package dev.tally.web;

import dev.tally.report.LayerTimesReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Writes layers that were measured as a table ({@code text/plain}) or as {@code text/csv}; JSON is Jackson's. */
final class MeasuredLayersConverter extends AnswerConverter<MeasuredLayersAnswer> {
    MeasuredLayersConverter() {
        super(MeasuredLayersAnswer.class, AnalysisConverter.TEXT, AnalysisConverter.CSV);
    }

    /** The character set too. */
    @Override
    protected void addDefaultHeaders(HttpHeaders headers, MeasuredLayersAnswer answer, @Nullable MediaType type)
            throws IOException {
        boolean csv = AnalysisConverter.CSV.isCompatibleWith(type);
        super.addDefaultHeaders(headers, answer, csv ? AnalysisConverter.CSV : AnalysisConverter.TEXT);
    }

    @Override
    byte[] bytes(MeasuredLayersAnswer answer, @Nullable MediaType form) {
        return AnalysisConverter.CSV.isCompatibleWith(form)
                ? LayerTimesReport.csv(answer.layers())
                : LayerTimesReport.text(answer.layers()).getBytes(StandardCharsets.UTF_8);
    }
}
