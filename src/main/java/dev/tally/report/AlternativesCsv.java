package dev.tally.report;

import dev.tally.planning.Ratio;
import dev.tally.planning.alternative.Alternative;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.Figures;
import dev.tally.planning.alternative.Fronts;
import dev.tally.planning.alternative.Fronts.Mark;
import dev.tally.planning.alternative.Kind;
import dev.tally.planning.alternative.LayerAlternatives;
import dev.tally.planning.alternative.Part;
import dev.tally.planning.alternative.TimedDesigns;
import dev.tally.planning.comparison.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Alternatives as comma-separated values (RFC 4180): a heading, then for each layer a line for it as it is and one for
 * each alternative. What begins with {@code total} is of the whole network; the rest is of the layer with what is fused
 * into it.
 */
public final class AlternativesCsv {
    /** The kind of the layer as it is. */
    private static final String ORIGINAL = "original";

    private static final TypeReference<Map<String, Object>> CELLS = new TypeReference<>() {};

    private AlternativesCsv() {}

    /** {@return the lines, of each layer's designs; behind the counts the times that are known, led by their engine} */
    public static byte[] of(AlternativesPlan plan, List<TimedDesigns> layers) {
        Set<String> names = new LinkedHashSet<>();
        Csv.MAPPER.schemaFor(Line.class).forEach(column -> names.add(column.getName()));
        layers.forEach(designs -> designs.times().forEach(times -> names.addAll(names(times))));
        List<Map<String, Object>> lines = new ArrayList<>();
        for (TimedDesigns designs : layers) {
            LayerAlternatives layer = designs.layer();
            List<Mark> marks = Fronts.of(designs);
            add(
                    Line.of(layer, ORIGINAL, null, null, layer.original(), plan.totals(), plan, marks.getFirst()),
                    designs,
                    0,
                    lines);
            for (int i = 1; i <= layer.alternatives().size(); i++) {
                Alternative alternative = layer.alternatives().get(i - 1);
                Kind kind = alternative.kind();
                add(
                        Line.of(
                                layer,
                                kind.id(),
                                kind.parameter() == Kind.Parameter.WIDTH ? alternative.number() : null,
                                kind.parameter() == Kind.Parameter.GROUPS ? alternative.number() : null,
                                alternative.part(),
                                alternative.totals(),
                                plan,
                                marks.get(i)),
                        designs,
                        i,
                        lines);
            }
        }
        return Csv.write(names, lines);
    }

    private static void add(Line line, TimedDesigns designs, int design, List<Map<String, Object>> lines) {
        Map<String, Object> cells = new LinkedHashMap<>(Csv.MAPPER.convertValue(line, CELLS));
        for (Times times : designs.times()) {
            List<String> names = names(times);
            Double nanos = designs.nanos(times, design);
            if (nanos != null) {
                cells.put(names.get(0), Digits.millis(nanos));
            }
            put(cells, names.get(1), designs.timeRatio(times, design));
            put(cells, names.get(2), designs.shareOfRatioLeft(times, design));
        }
        lines.add(cells);
    }

    private static void put(Map<String, Object> cells, String name, @Nullable Double number) {
        if (number != null) {
            cells.put(name, Digits.four(number));
        }
    }

    /** {@return the columns of times: as an analysis has them} */
    private static List<String> names(Times times) {
        return switch (times.source()) {
            case MEASURED ->
                List.of(
                        times.engine() + ":medianMillis",
                        times.engine() + ":timeRatio",
                        times.engine() + ":shareOfRatioLeft");
            case LATENCIES -> List.of("estimate:estimatedMillis", "estimate:timeRatio", "estimate:shareOfRatioLeft");
        };
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
        Double ratio = Ratio.of(original, own);
        return ratio == null ? null : Digits.four(ratio);
    }
}
