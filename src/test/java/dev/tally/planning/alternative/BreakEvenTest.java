package dev.tally.planning.alternative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.Totals;
import dev.tally.network.Convolution;
import dev.tally.network.Dense;
import dev.tally.network.Layer;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Node;
import dev.tally.network.Padding;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import dev.tally.planning.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The closed form of the width up to which a bottleneck pays, against counting one width after the other. */
class BreakEvenTest {
    @ParameterizedTest
    @EnumSource(
            value = LayerInNetwork.Kind.class,
            names = {"CONVOLUTION", "DENSE"})
    void isTheLastWidthThatCountsFewer(LayerInNetwork.Kind kind) {
        AtomicInteger checked = new AtomicInteger();
        LayerInNetwork.draw(kind, 400).forEach(drawn -> {
            LayerAlternatives found = RewritesTest.alternatives(drawn);
            for (BreakEven breakEven : found.breakEvens()) {
                ToLongFunction<Totals> figure = breakEven.figure() == Figure.MULTIPLIES
                        ? totals -> totals.operations().multiplies()
                        : Totals::parameters;
                boolean early = breakEven.kind() == Kind.STRIDED_BOTTLENECK;
                long original = figure.applyAsLong(
                        Analysis.of(found.original().network()).totals());
                List<Long> byWidth = new ArrayList<>(List.of(original));
                while (byWidth.size() == 1 || byWidth.getLast() < original) {
                    Network bottleneck = bottleneck(found.original().network(), byWidth.size(), early);
                    byWidth.add(figure.applyAsLong(Analysis.of(bottleneck).totals()));
                }

                assertThat(breakEven.original()).isEqualTo(original);
                assertThat(breakEven.width()).as("%s of %s", breakEven, drawn).isEqualTo(byWidth.size() - 2);
                assertThat(breakEven.atWidth()).isEqualTo(byWidth.get(byWidth.size() - 2));
                assertThat(breakEven.atNextWidth()).isEqualTo(byWidth.getLast());
                checked.incrementAndGet();
            }
        });

        assertThat(checked).hasValueGreaterThan(200);
    }

    /** The layer behind one of a single tap and this width, and all that follows it after both. */
    private static Network bottleneck(Network step, int width, boolean early) {
        Node node = step.nodes().getFirst();
        NetworkBuilder builder = new NetworkBuilder("by hand")
                .layout(step.layout())
                .batch(step.batch())
                .input("in", step.inputs().getFirst().shape());
        String last = "in";
        for (Layer layer : List.of(reduce(node.layer(), width, early), behind(node.layer(), early))) {
            String from = last;
            last = from + "+";
            builder.layer(last, "", layer, from);
            for (Node follower : step.nodes().subList(1, step.nodes().size())) {
                builder.layer(last + "+", "", follower.layer(), last);
                last += "+";
            }
        }
        return builder.build();
    }

    private static Layer reduce(Layer layer, int width, boolean early) {
        if (layer instanceof Convolution convolution) {
            Window window = new Window(convolution.window().axes().stream()
                    .map(axis -> new WindowAxis(1, early ? axis.stride() : 1, 1, Padding.VALID))
                    .toList());
            return new Convolution(width, window, 1, convolution.bias());
        }
        return new Dense(width, ((Dense) layer).bias());
    }

    private static Layer behind(Layer layer, boolean early) {
        if (!early) {
            return layer;
        }
        Convolution convolution = (Convolution) layer;
        Window window = new Window(convolution.window().axes().stream()
                .map(axis -> new WindowAxis(axis.kernel(), 1, axis.dilation(), Padding.SAME))
                .toList());
        return new Convolution(convolution.filters(), window, 1, convolution.bias());
    }

    /** 6·6·5 · 9·64 = 103,680 for one of two samples; a channel: 6·6·(64 + 1) and 6·6·9·5; batch norms on both. */
    @Test
    void theFormulaNamesEachTerm() {
        LayerAlternatives layer = Described.first(
                "{'input': [6, 6, 64], 'batch': 2, 'layers': [{'type': 'conv2d', 'filters': 5, 'kernel': 3,"
                        + " 'padding': 'same', 'bias': false}, {'type': 'batch_norm'}]}",
                Wish.ALL);

        assertThat(layer.breakEvens())
                .extracting(BreakEven::formula)
                .containsExactly("103,680 ÷ (6·6·(64 + 1) + 6·6·3·3·5) = 26.1", "2,880 ÷ (64 + 2 + 3·3·5) = 25.9");
    }

    @Test
    void aQuotientWithoutRestIsTheFirstWidthThatDoesNotPay() {
        LayerAlternatives dense =
                Described.first("{'input': [60], 'layers': [{'type': 'dense', 'units': 40, 'bias': false}]}", Wish.ALL);

        // 60·40 ÷ (60 + 40): a width of 24 has as many.
        assertThat(dense.breakEvens())
                .extracting(BreakEven::width, BreakEven::formula, BreakEven::atNextWidth)
                .containsExactly(
                        tuple(23, "2,400 ÷ (60 + 40) = 24", 2_400L), tuple(23, "2,400 ÷ (60 + 40) = 24", 2_400L));
    }

    @Test
    void whereNoWidthPaysThereIsNoBottleneck() {
        assertThat(Described.refusal(
                        "{'input': [8, 8, 3], 'layers': [{'type': 'conv2d', 'filters': 1, 'kernel': 1}]}",
                        Kind.BOTTLENECK))
                .isEqualTo("no width has fewer multiplies than the layer: 192 ÷ (8·8·3 + 8·8·1·1·1) = 0.7");
    }
}
