package dev.tally.report;

import dev.tally.planning.alternative.Alternative;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.Figures;
import dev.tally.planning.alternative.Fronts;
import dev.tally.planning.alternative.Fronts.Mark;
import dev.tally.planning.alternative.Kind;
import dev.tally.planning.alternative.LayerAlternatives;
import dev.tally.planning.alternative.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.csv.CsvMapper;

/**
 * Alternatives as comma-separated values (RFC 4180): a heading, then for each layer a line for it as it is and one for
 * each alternative. What begins with {@code total} is of the whole network; the rest is of the layer with what is fused
 * into it.
 */
public final class AlternativesCsv {
    /** The kind of the layer as it is. */
    private static final String ORIGINAL = "original";

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private static final ObjectWriter WRITER =
            MAPPER.writer(MAPPER.schemaFor(Line.class).withHeader().withLineSeparator("\r\n"));

    private AlternativesCsv() {}

    /**
     * {@return the lines}
     *
     * @param nanos what is known of a design's time
     */
    public static byte[] of(AlternativesPlan plan, Function<Part, OptionalDouble> nanos) {
        List<Line> lines = new ArrayList<>();
        for (LayerAlternatives layer : plan.layers()) {
            List<Mark> marks = Fronts.of(layer, nanos);
            lines.add(Line.of(layer, ORIGINAL, null, null, layer.original(), plan.totals(), plan, marks.getFirst()));
            for (int i = 0; i < layer.alternatives().size(); i++) {
                Alternative alternative = layer.alternatives().get(i);
                Kind kind = alternative.kind();
                lines.add(Line.of(
                        layer,
                        kind.id(),
                        kind.parameter() == Kind.Parameter.WIDTH ? alternative.number() : null,
                        kind.parameter() == Kind.Parameter.GROUPS ? alternative.number() : null,
                        alternative.part(),
                        alternative.totals(),
                        plan,
                        marks.get(i + 1)));
            }
        }
        return WRITER.writeValueAsBytes(lines);
    }

    private record Line(
            String layer,
            String type,
            String kind,
            @Nullable Integer width,
            @Nullable Integer groups,
            long multiplies,
            @Nullable Double multipliesRatio,
            long macs,
            long parameters,
            @Nullable Double parametersRatio,
            long weightBytes,
            long peakActivationBytes,
            @Nullable Double peakActivationBytesRatio,
            long bytesMoved,
            @Nullable Double bytesMovedRatio,
            long narrowest,
            String receptiveField,
            boolean onFront,
            boolean onCostFront,
            long totalMultiplies,
            @Nullable Double totalMultipliesRatio,
            long totalMacs,
            long totalParameters,
            long totalWeightBytes,
            long totalPeakActivationBytes,
            long totalBytesMoved) {
        static Line of(
                LayerAlternatives layer,
                String kind,
                @Nullable Integer width,
                @Nullable Integer groups,
                Part part,
                Figures totals,
                AlternativesPlan plan,
                Mark mark) {
            Figures own = part.figures();
            Figures original = layer.original().figures();
            return new Line(
                    layer.layer().name(),
                    layer.layer().type(),
                    kind,
                    width,
                    groups,
                    own.multiplies(),
                    ratio(original.multiplies(), own.multiplies()),
                    own.macs(),
                    own.parameters(),
                    ratio(original.parameters(), own.parameters()),
                    own.weightBytes(),
                    own.peakActivationBytes(),
                    ratio(original.peakActivationBytes(), own.peakActivationBytes()),
                    own.bytesMoved(),
                    ratio(original.bytesMoved(), own.bytesMoved()),
                    part.narrowest(),
                    part.receptiveField().stream().map(String::valueOf).collect(Collectors.joining("x")),
                    mark.onFront(),
                    mark.onCostFront(),
                    totals.multiplies(),
                    ratio(plan.totals().multiplies(), totals.multiplies()),
                    totals.macs(),
                    totals.parameters(),
                    totals.weightBytes(),
                    totals.peakActivationBytes(),
                    totals.bytesMoved());
        }
    }

    private static @Nullable Double ratio(long original, long own) {
        Double ratio = Figures.ratio(original, own);
        return ratio == null ? null : Digits.four(ratio);
    }
}
