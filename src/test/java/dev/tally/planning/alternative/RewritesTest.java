package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.description.DescriptionReader;
import dev.tally.description.DescriptionWriter;
import dev.tally.network.Convolving;
import dev.tally.network.Input;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is put in a layer's place, on networks drawn at random. */
class RewritesTest {
    private static final int DRAWS = 300;

    @ParameterizedTest
    @EnumSource(LayerInNetwork.Kind.class)
    void aRewrittenNetworkReadBackIsTheSameAndGivesTheSameShapesToTheSameLayers(LayerInNetwork.Kind kind) {
        LayerInNetwork.draw(kind, DRAWS).forEach(drawn -> {
            String layer = drawn.layer().name();
            for (Alternative alternative : alternatives(drawn).alternatives()) {
                Network network = alternative.network();
                Network read =
                        DescriptionReader.read(DescriptionWriter.write(network)).network();

                assertThat(read.hash())
                        .as("%s of %s", alternative.kind(), drawn)
                        .isEqualTo(network.hash());
                assertThat(shapes(read.outputs()))
                        .isEqualTo(shapes(drawn.network().outputs()));
                assertThat(node(read, layer).shape()).isEqualTo(drawn.layer().shape());
                assertThat(LayerInNetwork.takers(read, layer)).isEqualTo(LayerInNetwork.takers(drawn.network(), layer));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(LayerInNetwork.Kind.class)
    void itsTotalsAreThoseOfTheRewrittenNetworkCountedWhole(LayerInNetwork.Kind kind) {
        LayerInNetwork.draw(kind, DRAWS).forEach(drawn -> {
            for (Alternative alternative : alternatives(drawn).alternatives()) {
                Figures counted = Figures.of(Analysis.of(alternative.network()).totals());

                assertThat(alternative.totals())
                        .as("%s %s of %s", alternative.kind(), alternative.number(), drawn)
                        .isEqualTo(counted);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(LayerInNetwork.Kind.class)
    void thePartIsTheLayerWithWhatIsFusedIntoIt(LayerInNetwork.Kind kind) {
        LayerInNetwork.draw(kind, DRAWS).forEach(drawn -> {
            LayerAlternatives found = alternatives(drawn);
            Shape output = found.original().network().outputs().getFirst().shape();

            assertThat(output).isEqualTo(drawn.layer().shape());
            for (Alternative alternative : found.alternatives()) {
                Network part = alternative.part().network();
                assertThat(part.outputs())
                        .singleElement()
                        .extracting(Source::shape)
                        .isEqualTo(output);
                assertThat(alternative.part().narrowest()).isEqualTo(narrowest(part));
            }
        });
    }

    /** Of every tensor: whether the output is still reached without it. */
    private static long narrowest(Network part) {
        Source output = part.outputs().getFirst();
        Input input = part.inputs().getFirst();
        long narrowest = Math.min(input.shape().elements(), output.shape().elements());
        for (Node without : part.nodes()) {
            Set<Source> reached = new HashSet<>(Set.of(input));
            for (Node node : part.nodes()) {
                if (!node.equals(without) && node.from().stream().anyMatch(reached::contains)) {
                    reached.add(node);
                }
            }
            if (!reached.contains(output)) {
                narrowest = Math.min(narrowest, without.shape().elements());
            }
        }
        return narrowest;
    }

    @ParameterizedTest
    @EnumSource(LayerInNetwork.Kind.class)
    void everyOutputOfStackedAsymmetricSeparableAndGroupedLayersSeesWhatItSaw(LayerInNetwork.Kind kind) {
        Set<Kind> same = Set.of(Kind.STACKED, Kind.ASYMMETRIC, Kind.SEPARABLE, Kind.GROUPED);
        LayerInNetwork.draw(kind, DRAWS).forEach(drawn -> {
            LayerAlternatives found = alternatives(drawn);
            found.alternatives().stream()
                    .filter(alternative -> same.contains(alternative.kind()))
                    .forEach(alternative -> {
                        Part part = alternative.part();
                        Layout layout = drawn.network().layout();
                        assertThat(part.receptiveField())
                                .isEqualTo(found.original().receptiveField());
                        for (int axis = 0; axis < drawn.layer().shape().rank() - 1; axis++) {
                            for (int at = 0; at < layout.spatial(drawn.layer().shape(), axis); at++) {
                                assertThat(seen(part.network(), axis, at))
                                        .as("%s of %s", alternative.kind(), drawn)
                                        .isEqualTo(seen(found.original().network(), axis, at));
                            }
                        }
                    });
        });
    }

    /** The first and last place, of the input along an axis, that an output sees; padding before it is below 0. */
    private static List<Long> seen(Network chain, int axis, int at) {
        long first = at;
        long last = at;
        for (Node node : chain.nodes().reversed()) {
            if (node.layer() instanceof Convolving convolving) {
                WindowAxis window = convolving.window().axes().get(axis);
                long before = window.before(chain.layout().spatial(node.input(), axis));
                first = first * window.stride() - before;
                last = last * window.stride() - before + (long) (window.kernel() - 1) * window.dilation();
            }
        }
        return List.of(first, last);
    }

    @Test
    void everyKindIsDrawnOften() {
        Map<Kind, Integer> drawn = new EnumMap<>(Kind.class);
        for (LayerInNetwork.Kind kind : LayerInNetwork.Kind.values()) {
            LayerInNetwork.draw(kind, DRAWS)
                    .forEach(each -> alternatives(each)
                            .alternatives()
                            .forEach(alternative -> drawn.merge(alternative.kind(), 1, Integer::sum)));
        }

        assertThat(drawn)
                .containsOnlyKeys(Kind.values())
                .allSatisfy((_, times) -> assertThat(times).isGreaterThan(20));
    }

    /** Whatever was put in a layer's place can be designed anew itself. */
    @Test
    void rewritesCompose() {
        List<Alternative> second = new ArrayList<>();
        LayerInNetwork.draw(LayerInNetwork.Kind.CONVOLUTION, 100).forEach(drawn -> {
            for (Alternative first : alternatives(drawn).alternatives()) {
                Network network = first.network();
                Alternatives alternatives = new Alternatives(Analysis.of(network));
                for (LayerAlternatives layer : alternatives.ofCostliest(3, Wish.ALL)) {
                    for (Alternative alternative : layer.alternatives()) {
                        assertThat(alternative.totals())
                                .isEqualTo(Figures.of(
                                        Analysis.of(alternative.network()).totals()));
                        assertThat(shapes(alternative.network().outputs()))
                                .isEqualTo(shapes(drawn.network().outputs()));
                        second.add(alternative);
                    }
                }
            }
        });

        assertThat(second).hasSizeGreaterThan(500);
    }

    static LayerAlternatives alternatives(LayerInNetwork drawn) {
        return new Alternatives(Analysis.of(drawn.network())).of(drawn.layer(), Wish.ALL);
    }

    private static List<String> shapes(List<? extends Source> sources) {
        return sources.stream().map(source -> source.name() + source.shape()).toList();
    }

    private static Node node(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
