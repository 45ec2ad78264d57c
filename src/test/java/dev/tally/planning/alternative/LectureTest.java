package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tally.planning.Figure;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lecture's 5×5 from 28·28·192 to 28·28·32, by hand: 28·28·32 · 5·5·192 = 120,422,400 multiplies. */
class LectureTest {
    private static final String DIRECT = "{'ready': 'lecture-direct'}";

    private final LayerAlternatives layer = Described.first(DIRECT, Wish.ALL);

    @Test
    void theBottleneckOfSixteenCostsATenth() {
        Alternative sixteen = alternative(Kind.BOTTLENECK, 16);

        // 28·28·192·16 + 28·28·16 · 5·5·32; (192 + 1)·16 + (5·5·16 + 1)·32; 4·28·28·(192 + 16);
        // moved: 150,528 + 12,544 + 3,088 weights, 12,544 + 25,088 + 12,832 weights, of 4 bytes.
        assertThat(sixteen.part().figures())
                .isEqualTo(new Figures(12_443_648, 12_443_648, 15_920, 63_680, 652_288, 866_496));
        assertThat(sixteen.totals()).isEqualTo(sixteen.part().figures());
        assertThat(sixteen.part().narrowest()).isEqualTo(28 * 28 * 16);
        assertThat(sixteen.part().receptiveField()).containsExactly(5L, 5L);
        assertThat(layer.original().figures().multiplies()).isEqualTo(120_422_400);
        assertThat(120_422_400.0 / sixteen.part().figures().multiplies()).isBetween(9.67, 9.68);
    }

    /**
     * A channel costs 28·28·192 + 28·28·5·5·32 = 777,728 multiplies and 192 + 1 + 5·5·32 = 993 parameters; 154 of them
     * 119,770,112 and 152,922, 155 of them 120,547,840 and 153,915. The 5·5·192·32 = 153,600 weights have 32 biases
     * beside them either way.
     */
    @Test
    void aBottleneckPaysUpToAWidthOf154() {
        assertThat(layer.breakEvens())
                .containsExactly(
                        new BreakEven(
                                Kind.BOTTLENECK,
                                Figure.MULTIPLIES,
                                154,
                                "120,422,400 ÷ (28·28·192 + 28·28·5·5·32) = 154.8",
                                120_422_400,
                                119_770_112,
                                120_547_840),
                        new BreakEven(
                                Kind.BOTTLENECK,
                                Figure.PARAMETERS,
                                154,
                                "153,600 ÷ (192 + 1 + 5·5·32) = 154.6",
                                153_632,
                                152_922 + 32,
                                153_915 + 32));
    }

    /** From a forty-eighth of 192 channels to the last that pays. */
    @Test
    void bottlenecksAreTriedFromFourTo128() {
        assertThat(layer.alternatives().stream()
                        .filter(alternative -> alternative.kind() == Kind.BOTTLENECK)
                        .map(Alternative::number))
                .containsExactly(4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128);
    }

    @Test
    void theOtherKindsCost() {
        long positions = 28 * 28;

        assertThat(multiplies(Kind.STACKED, 0)).isEqualTo(positions * (9 * 192 * 32 + 9 * 32 * 32));
        assertThat(multiplies(Kind.ASYMMETRIC, 0)).isEqualTo(positions * (5 * 192 * 32 + 5 * 32 * 32));
        assertThat(multiplies(Kind.SEPARABLE, 0)).isEqualTo(positions * (25 * 192 + 192 * 32));
        assertThat(multiplies(Kind.GROUPED, 8)).isEqualTo(120_422_400 / 8);
        // To 8 channels and back, and the input through a 1×1 of its own.
        assertThat(multiplies(Kind.RESIDUAL, 8)).isEqualTo(positions * (192 * 8 + 25 * 8 * 8 + 8 * 32 + 192 * 32));
        assertThat(layer.refusals())
                .containsExactly(
                        new LayerAlternatives.Refusal(Kind.STRIDED_BOTTLENECK, "expected a stride above 1, got 1×1"));
    }

    /** 3 channels stay 3 until the last of three 3×3 has the 64 filters of a 7×7. */
    @Test
    void betweenStackedLayersThereAreNoMoreChannelsThanGoIn() {
        LayerAlternatives first = Described.first(
                "{'input': [224, 224, 3], 'layers': [{'type': 'conv2d', 'filters': 64, 'kernel': 7, 'stride': 2,"
                        + " 'padding': 3}]}",
                new Wish(List.of(Kind.STACKED), List.of()));

        assertThat(first.alternatives())
                .singleElement()
                .satisfies(stacked -> assertThat(stacked.part().figures().multiplies())
                        .isEqualTo(2 * 224 * 224 * 9 * 3 * 3 + 112 * 112 * 9 * 3 * 64));
    }

    @Test
    void theNewLayersAreNamedAfterTheOldAndTheLastHasItsName() {
        assertThat(alternative(Kind.RESIDUAL, 8).network().nodes())
                .extracting("name", "type", "from")
                .asString()
                .isEqualTo("[(\"5x5/reduce\", \"conv2d\", [input 28×28×192]),"
                        + " (\"5x5/5x5\", \"conv2d\", [5x5/reduce conv2d 28×28×8]),"
                        + " (\"5x5/expand\", \"conv2d\", [5x5/5x5 conv2d 28×28×8]),"
                        + " (\"5x5/shortcut\", \"conv2d\", [input 28×28×192]),"
                        + " (\"5x5\", \"add\", [5x5/expand conv2d 28×28×32, 5x5/shortcut conv2d 28×28×32])]");
    }

    /** Of costs alone the narrowest bottleneck wins; of those that let as much through, the sixteen is not beaten. */
    @Test
    void theBottleneckOfSixteenIsOnTheFront() {
        List<Fronts.Mark> marks = Fronts.of(TimedDesigns.untimed(layer));

        assertThat(IntStream.range(0, layer.alternatives().size())
                        .filter(i -> layer.alternatives().get(i).kind() == Kind.BOTTLENECK)
                        .mapToObj(i -> tuple(
                                layer.alternatives().get(i).number(),
                                marks.get(i + 1).onFront(),
                                marks.get(i + 1).onCostFront())))
                .contains(tuple(4, true, true), tuple(16, true, false), tuple(48, false, false));
    }

    private long multiplies(Kind kind, int number) {
        return alternative(kind, number).part().figures().multiplies();
    }

    private Alternative alternative(Kind kind, int number) {
        return layer.alternatives().stream()
                .filter(alternative -> alternative.kind() == kind && alternative.number() == number)
                .findFirst()
                .orElseThrow();
    }
}
