package dev.tally.planning.comparison;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.planning.Figure;
import dev.tally.planning.Ratio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Networks side by side, as a whole and layer by layer. The first is what the others are compared with.
 *
 * @param networks at least one
 * @param rows the layers of all of them, aligned by their names: those of the first in its order, those that only
 *     others have behind the one that they follow there; where they follow none that is known, before the one that
 *     follows them, or at the end
 */
public record Comparison(List<Compared> networks, List<Row> rows) {
    public Comparison {
        networks = List.copyOf(networks);
        rows = List.copyOf(rows);
    }

    /**
     * One of the networks.
     *
     * @param name what it is called here: its own name, or a made-up one where it has none or another has it already
     * @param analysis what it costs
     */
    public record Compared(String name, Analysis analysis) {}

    /**
     * The layers of one name.
     *
     * @param layers what the layer costs in each network; null where it has none of the name
     */
    public record Row(String name, List<@Nullable LayerAnalysis> layers) {
        /** {@return whether all networks have the layer} */
        public boolean isShared() {
            return layers.stream().allMatch(Objects::nonNull);
        }

        /**
         * {@return how many times less of a figure the layer has in a network than in the first; null where it is not
         * in both, or has none in one}
         *
         * @param network the network's number, from 0 on
         */
        public @Nullable Double ratio(ToLongFunction<LayerAnalysis> figure, int network) {
            LayerAnalysis first = layers.getFirst();
            LayerAnalysis own = layers.get(network);
            return first == null || own == null ? null : Ratio.of(figure.applyAsLong(first), figure.applyAsLong(own));
        }
    }

    /** {@return the comparison of networks, at least one} */
    public static Comparison of(List<Analysis> analyses) {
        List<String> names = UniqueNames.of(
                analyses.stream().map(analysis -> analysis.network().name()).toList());
        return new Comparison(
                IntStream.range(0, names.size())
                        .mapToObj(i -> new Compared(names.get(i), analyses.get(i)))
                        .toList(),
                new Alignment(analyses).rows());
    }

    /** {@return how many layers all of the networks have} */
    public int sharedRows() {
        return (int) rows.stream().filter(Row::isShared).count();
    }

    /**
     * {@return how many times less of a figure a network has than the first; null where either has none}
     *
     * @param network its number, from 0 on
     */
    public @Nullable Double ratio(Figure figure, int network) {
        return Ratio.of(
                figure.of(networks.getFirst().analysis().totals()),
                figure.of(networks.get(network).analysis().totals()));
    }

    /** Lines layers up by their names, in a list that grows where layers follow those that it has. */
    private static final class Alignment {
        private final List<Analysis> analyses;
        private final Map<String, Place> places = new HashMap<>();
        private final Place head;

        /** A name's place in the list. */
        private static final class Place {
            private final String name;
            private final @Nullable LayerAnalysis[] layers;
            private @Nullable Place next;

            Place(String name, int networks) {
                this.name = name;
                this.layers = new @Nullable LayerAnalysis[networks];
            }
        }

        Alignment(List<Analysis> analyses) {
            this.analyses = analyses;
            this.head = new Place("", analyses.size());
            for (int i = 0; i < analyses.size(); i++) {
                Place before = beginning(analyses.get(i));
                for (LayerAnalysis layer : analyses.get(i).layers()) {
                    before = place(layer.node().name(), before);
                    before.layers[i] = layer;
                }
            }
        }

        /**
         * {@return the place behind which a network begins: before the first of its layers that is known, or the end}
         */
        private Place beginning(Analysis analysis) {
            Place known = analysis.layers().stream()
                    .map(layer -> places.get(layer.node().name()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            Place place = head;
            while (place.next != null && place.next != known) {
                place = place.next;
            }
            return place;
        }

        /** {@return the place of a name; a new one is right behind the layer before} */
        private Place place(String name, Place before) {
            return places.computeIfAbsent(name, _ -> {
                Place place = new Place(name, analyses.size());
                place.next = before.next;
                before.next = place;
                return place;
            });
        }

        List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            for (Place place = head.next; place != null; place = place.next) {
                rows.add(new Row(place.name, Collections.unmodifiableList(Arrays.asList(place.layers))));
            }
            return rows;
        }
    }
}
