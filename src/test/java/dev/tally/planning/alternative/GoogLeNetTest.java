package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.analysis.Analysis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The naive convolutions of GoogLeNet's modules, whose bottlenecks its authors chose (Szegedy et al., Going Deeper with
 * Convolutions, 2014, Table 1), against all that Tally offers for them.
 */
class GoogLeNetTest {
    @ParameterizedTest(name = "{0}: {5} before the {3}×{3}")
    @CsvSource({"3a, 28, 192, 3, 128, 96", "3a, 28, 192, 5, 32, 16", "4a, 14, 480, 3, 208, 96", "4a, 14, 480, 5, 48, 16"
    })
    void thePapersWidthIsOnTheFrontAndThoseWiderThanTheFiltersAreNot(
            String module, int size, int channels, int kernel, int filters, int chosen) {
        LayerAlternatives layer = Described.first(
                "{'name': '" + module + "', 'input': [" + size + ", " + size + ", " + channels
                        + "], 'layers': [{'type': 'conv2d', 'filters': " + filters + ", 'kernel': " + kernel
                        + ", 'padding': 'same', 'activation': 'relu'}]}",
                Wish.ALL);

        List<Integer> onFront = new ArrayList<>();
        List<Integer> behind = new ArrayList<>();
        List<Fronts.Mark> marks = Fronts.of(TimedDesigns.untimed(layer));
        for (int i = 0; i < layer.alternatives().size(); i++) {
            Alternative alternative = layer.alternatives().get(i);
            if (alternative.kind() == Kind.BOTTLENECK) {
                (marks.get(i + 1).onFront() ? onFront : behind).add(alternative.number());
            }
        }

        assertThat(onFront).contains(chosen).allMatch(width -> width <= filters);
        assertThat(behind).isNotEmpty().allMatch(width -> width >= filters);
    }

    /** By Table 1: 1,000 classes apart, conv2 behind its bottleneck and the 3×3 of 3b are the costliest. */
    @Test
    void itsCostliestLayersAreFoundInOrder() {
        Alternatives googlenet = new Alternatives(Analysis.of(Described.network("{'ready': 'googlenet'}")));

        List<LayerAlternatives> costliest = googlenet.ofCostliest(3, Wish.ALL);

        // 56·56·192·9·64 = 346,816,512; 28·28·192·9·128 = 173,408,256; 14·14·320·9·160 = 90,316,800, but
        // conv1 is 112·112·64·49·3 = 118,013,952.
        assertThat(costliest.stream().map(each -> each.layer().name())).containsExactly("conv2", "3b/3x3", "conv1");
        assertThat(costliest).allSatisfy(each -> assertThat(each.alternatives()).hasSizeGreaterThan(5));
    }
}
