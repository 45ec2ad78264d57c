package dev.tally.report;

import dev.tally.analysis.LayerAnalysis;
import dev.tally.latency.LatencyEstimate;
import dev.tally.network.Node;
import dev.tally.planning.Figure;
import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.comparison.Comparison;
import dev.tally.planning.comparison.Comparison.Compared;
import dev.tally.planning.comparison.Comparison.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as comma-separated values, in long form: the lines of each network as {@link AnalysisCsv} has them, led
 * by its number and its name, the ratios to the first behind its counts.
 */
public final class ComparisonCsv {
    private static final String NUMBER = "network";
    private static final String NAME = "networkName";

    private ComparisonCsv() {}

    /**
     * {@return the lines}
     *
     * @param layers whether the layers are wanted, or a line of totals a network
     * @param measured what was measured of each network; null where nothing was
     * @param estimates what is known of each from before; null where that is not asked for
     */
    public static byte[] of(
            Comparison comparison,
            boolean layers,
            List<@Nullable MeasuredAnalysis> measured,
            List<@Nullable LatencyEstimate> estimates) {
        Map<String, Row> rows = new HashMap<>();
        comparison.rows().forEach(row -> rows.put(row.name(), row));
        Set<String> names = new LinkedHashSet<>(List.of(NUMBER, NAME));
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < comparison.networks().size(); i++) {
            Compared network = comparison.networks().get(i);
            List<MoreColumns> more = new ArrayList<>(List.of(new Ratios(comparison, i, rows)));
            MeasuredAnalysis times = measured.get(i);
            if (times != null) {
                more.add(new MeasuredCsv(times));
            }
            LatencyEstimate estimate = estimates.get(i);
            if (estimate != null) {
                more.add(new EstimateCsv(estimate));
            }
            names.addAll(AnalysisCsv.names(more, layers));
            for (Map<String, Object> line : AnalysisCsv.lines(more, network.analysis(), layers)) {
                Map<String, Object> led = new LinkedHashMap<>();
                led.put(NUMBER, i + 1);
                led.put(NAME, network.name());
                led.putAll(line);
                lines.add(led);
            }
        }
        return Csv.write(names, lines);
    }

    /** How many times less than the first network, or than its layer of the same name; empty for the first. */
    private static final class Ratios implements MoreColumns {
        private static final String MULTIPLIES = "multipliesRatio";
        private static final String PARAMETERS = "parametersRatio";
        private static final String BYTES_MOVED = "bytesMovedRatio";
        private static final String PEAK = "peakActivationBytesRatio";
        private static final List<String> OF_LAYERS = List.of(MULTIPLIES, PARAMETERS, BYTES_MOVED);
        private static final List<String> OF_NETWORK = List.of(MULTIPLIES, PARAMETERS, PEAK, BYTES_MOVED);

        private final Comparison comparison;
        private final int network;
        private final Map<String, Row> rows;

        Ratios(Comparison comparison, int network, Map<String, Row> rows) {
            this.comparison = comparison;
            this.network = network;
            this.rows = rows;
        }

        @Override
        public List<String> names(boolean layers) {
            return layers ? OF_LAYERS : OF_NETWORK;
        }

        @Override
        public Map<String, Object> ofNetwork() {
            Map<String, Object> cells = new LinkedHashMap<>();
            if (network > 0) {
                put(cells, MULTIPLIES, comparison.ratio(Figure.MULTIPLIES, network));
                put(cells, PARAMETERS, comparison.ratio(Figure.PARAMETERS, network));
                put(cells, PEAK, comparison.ratio(Figure.PEAK_ACTIVATION_BYTES, network));
                put(cells, BYTES_MOVED, comparison.ratio(Figure.BYTES_MOVED, network));
            }
            return cells;
        }

        @Override
        public Map<String, Object> of(Node layer) {
            Map<String, Object> cells = new LinkedHashMap<>();
            Row row = network == 0 ? null : rows.get(layer.name());
            if (row != null) {
                put(cells, MULTIPLIES, row.ratio(one -> one.operations().multiplies(), network));
                put(cells, PARAMETERS, row.ratio(LayerAnalysis::parameters, network));
                put(cells, BYTES_MOVED, row.ratio(LayerAnalysis::bytesMoved, network));
            }
            return cells;
        }

        private static void put(Map<String, Object> cells, String name, @Nullable Double ratio) {
            if (ratio != null) {
                cells.put(name, Digits.four(ratio));
            }
        }
    }
}
