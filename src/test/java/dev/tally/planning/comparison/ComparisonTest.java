package dev.tally.planning.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.latency.Measured;
import dev.tally.planning.Figure;
import dev.tally.planning.comparison.Comparison.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    /** {@return a chain of layers of these names} */
    private static Analysis chain(String name, List<String> layers) {
        return Analysis.of(Measured.network("{" + (name.isEmpty() ? "" : "\"name\": \"" + name + "\", ")
                + "\"input\": [4], \"layers\": ["
                + layers.stream()
                        .map(layer -> "{\"name\": \"" + layer + "\", \"type\": \"relu\"}")
                        .collect(Collectors.joining(", "))
                + "]}"));
    }

    private static Comparison of(String... chains) {
        return Comparison.of(Stream.of(chains)
                .map(layers -> chain("", List.of(layers.split(" "))))
                .toList());
    }

    private static List<String> names(Comparison comparison) {
        return comparison.rows().stream().map(Row::name).toList();
    }

    @ParameterizedTest
    @CsvSource({
        // What only another has stands behind the layer that it follows there,
        "a b c, a x b c,   a x b c",
        "a b,   a b x y,   a b x y",
        "a b c, a x c y,   a x b c y",
        // before the first that both have where it follows none,
        "a b,   x b,       a x b",
        "a b,   x a b,     x a b",
        // at the end where they share none;
        "a b,   x y,       a b x y",
        // and another order changes nothing.
        "a b c, c b a,     a b c",
        "a b c, c x b y a, a b y c x",
    })
    void layersStandInTheFirstsOrderAndOthersWhereTheyFollow(String first, String second, String rows) {
        assertThat(names(of(first, second))).containsExactly(rows.split(" "));
    }

    @Test
    void aThirdIsAlignedWithTheSecondsLayersToo() {
        assertThat(names(of("a b", "a x b", "x y b"))).containsExactly("a", "x", "y", "b");
    }

    /** The oracle looks every name up in every network. */
    @Test
    void everyLayerStandsOnceInTheRowOfItsNameAndInItsNetworksColumn() {
        Random random = new Random(5);
        for (int draw = 0; draw < 200; draw++) {
            List<Analysis> analyses = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(4); i++) {
                List<String> layers = random.ints(1 + random.nextInt(12), 0, 15)
                        .distinct()
                        .mapToObj(name -> "l" + name)
                        .collect(Collectors.toCollection(ArrayList::new));
                analyses.add(chain("", layers));
            }

            Comparison comparison = Comparison.of(analyses);

            assertThat(names(comparison)).doesNotHaveDuplicates();
            for (int i = 0; i < analyses.size(); i++) {
                int network = i;
                assertThat(comparison.rows().stream()
                                .map(row -> row.layers().get(network))
                                .filter(Objects::nonNull))
                        .containsExactlyInAnyOrderElementsOf(analyses.get(i).layers());
                for (Row row : comparison.rows()) {
                    LayerAnalysis layer = row.layers().get(i);
                    assertThat(layer == null ? row.name() : layer.node().name()).isEqualTo(row.name());
                }
            }
            assertThat(comparison.rows().stream()
                            .map(row -> row.layers().getFirst())
                            .filter(Objects::nonNull))
                    .as("in the first's order")
                    .containsExactlyElementsOf(analyses.getFirst().layers());
            assertThat(comparison.sharedRows()).isEqualTo((int) names(comparison).stream()
                    .filter(name -> analyses.stream()
                            .allMatch(analysis -> analysis.layers().stream()
                                    .anyMatch(layer -> layer.node().name().equals(name))))
                    .count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "one two three,     one two three",
        "one - three,       one network_2 three",
        "- - -,             network_1 network_2 network_3",
        "one one one,       one network_2 network_3",
        "network_2 - one,   network_2 network_2_(2) one",
        "- one network_1,   network_1_(2) one network_1",
        "network_2 network_2 network_2_(2), network_2 network_2_(3) network_2_(2)",
    })
    void everyNetworkHasANameOfItsOwn(String own, String here) {
        List<String> given = Stream.of(own.split(" "))
                .map(name -> name.equals("-") ? "" : name.replace('_', ' '))
                .toList();

        assertThat(UniqueNames.of(given))
                .containsExactlyElementsOf(Stream.of(here.split(" "))
                        .map(name -> name.replace('_', ' '))
                        .toList());
    }

    @Test
    void ratiosAreTheFirstsFigureOverTheOthers() {
        Comparison lecture = Comparison.of(Stream.of("lecture-direct", "lecture-bottleneck")
                .map(name -> Analysis.of(Measured.network("{\"ready\": \"" + name + "\"}")))
                .toList());

        // 28·28·32 × 5·5·192 over 28·28·16 × 1·1·192 + 28·28·32 × 5·5·16.
        assertThat(lecture.ratio(Figure.MULTIPLIES, 1)).isEqualTo(120_422_400.0 / 12_443_648);
        assertThat(lecture.ratio(Figure.PARAMETERS, 1)).isEqualTo(153_632.0 / 15_920);
        assertThat(lecture.ratio(Figure.MULTIPLIES, 0)).isEqualTo(1.0);
        Row row = lecture.rows().getLast();
        assertThat(row.name()).isEqualTo("5x5");
        assertThat(row.ratio(layer -> layer.operations().multiplies(), 1))
                .as("16 channels for 192")
                .isEqualTo(12.0);
    }

    @Test
    void thereIsNoRatioOfNothing() {
        Comparison comparison = of("a b", "a x");

        assertThat(comparison.ratio(Figure.MULTIPLIES, 1)).as("0 over 0").isNull();
        Row b = comparison.rows().stream()
                .filter(row -> row.name().equals("b"))
                .findFirst()
                .orElseThrow();
        assertThat(b.ratio(LayerAnalysis::bytesMoved, 1))
                .as("only the first has it")
                .isNull();
    }
}
