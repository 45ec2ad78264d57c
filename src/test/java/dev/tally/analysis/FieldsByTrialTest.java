package dev.tally.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.LayerDraw.Kind;
import dev.tally.network.AdaptivePooling;
import dev.tally.network.Input;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.PixelShuffle;
import dev.tally.network.Resampling;
import dev.tally.network.Source;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WindowAxis;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Receptive fields against networks that are run in numbers, with one row or column of an input changed at a time. */
class FieldsByTrialTest {
    /** The axes that were compared behind the layer of each kind. */
    private final Map<Kind, Integer> compared = new EnumMap<>(Kind.class);

    @Test
    void fieldsAreWhatMovesAnInteriorElementWhenItIsChanged() {
        for (Kind kind : Kind.values()) {
            for (long seed = 0; seed < 20; seed++) {
                Network network = SmallGraphDraw.of(kind, seed);
                if (network != null) {
                    compare(network, kind, seed);
                }
            }
        }
        assertThat(compared.keySet())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Kind.LEARNED_TENSOR)));
        assertThat(compared.values().stream().mapToInt(Integer::intValue).sum())
                .as("with interior elements")
                .isGreaterThan(1_000);
    }

    private void compare(Network network, Kind kind, long seed) {
        MovedElements moved = new MovedElements(network, seed);
        Map<Source, Integer> phases = phases(network);
        for (LayerAnalysis layer : Analysis.of(network).layers()) {
            Node node = layer.node();
            for (Input input : network.inputs()) {
                List<Long> sizes = layer.receptiveField().sizes(input);
                for (int axis = 0; sizes != null && axis < sizes.size(); axis++) {
                    OptionalInt found = moved.field(node, input, axis, phases.getOrDefault(node, 1));
                    long told = sizes.get(axis);
                    if (found.isPresent() && !coversAll(told, node, input, axis, found.getAsInt(), moved)) {
                        assertThat(told)
                                .as(
                                        "%s seed %d, axis %d of %s at %s in %s",
                                        kind, seed, axis, input, node, described(network))
                                .isEqualTo(found.getAsInt());
                    }
                    if (found.isPresent() && node.name().equals(kind.name())) {
                        compared.merge(kind, 1, Integer::sum);
                    }
                }
            }
        }
    }

    /**
     * A layer that joins all there is has the input's whole axis, also where some of it was left out before; so has one
     * on several inputs, where such a layer is on the way from one of them.
     */
    private static boolean coversAll(long told, Node node, Input input, int axis, int found, MovedElements moved) {
        int all = moved.all(node, input, axis);
        return told == moved.length(input, axis) && (found == all || leavesOut(node, input, axis, all, moved));
    }

    private static boolean leavesOut(Node node, Input input, int axis, int all, MovedElements moved) {
        return node.from().stream()
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .anyMatch(below -> (node.from().size() > 1 && moved.all(below, input, axis) < all)
                        || leavesOut(below, input, axis, all, moved));
    }

    /** After how many elements along an axis the way that a layer's are made repeats, at the most. */
    private static Map<Source, Integer> phases(Network network) {
        Map<Source, Integer> phases = new HashMap<>();
        for (Node node : network.nodes()) {
            int most = 1;
            for (Source source : node.from()) {
                most = Math.max(most, phases.getOrDefault(source, 1));
            }
            phases.put(node, most * phases(node, network.layout()));
        }
        return phases;
    }

    private static int phases(Node node, Layout layout) {
        return switch (node.layer()) {
            case TransposedConvolution layer ->
                layer.window().axes().stream()
                        .mapToInt(WindowAxis::stride)
                        .max()
                        .orElse(1);
            case PixelShuffle layer -> layer.factor();
            case Resampling _ -> larger(node, layout);
            case AdaptivePooling layer -> layer.global() ? 1 : larger(node, layout);
            default -> 1;
        };
    }

    private static int larger(Node node, Layout layout) {
        int phases = 1;
        for (int i = 0; i < node.shape().rank() - 1; i++) {
            int out = layout.spatial(node.shape(), i);
            phases = Math.max(phases, out / gcd(out, layout.spatial(node.input(), i)));
        }
        return phases;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static String described(Network network) {
        return network.layout() + " " + network.inputs() + " "
                + network.nodes().stream()
                        .map(node -> node + " " + node.layer() + " of "
                                + node.from().stream().map(Source::name).toList())
                        .toList();
    }
}
