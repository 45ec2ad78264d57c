package dev.tally.network;

import static dev.tally.network.Layers.add;
import static dev.tally.network.Layers.concat;
import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.pad;
import static dev.tally.network.Layers.square;
import static dev.tally.network.Layers.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LayerRulesTest {
    private static final Shape INPUT = Shape.of(8, 6, 4);

    @Test
    void rejectsAKernelLargerThanThePaddedInput() {
        assertFault("kernel", () -> output(conv(3, 7), INPUT))
                .hasMessage("width axis: kernel 7 is larger than the padded input 6");
        assertFault("kernel", () -> output(conv(3, square(11, 1, pad(1))), INPUT))
                .hasMessage("height axis: kernel 11 is larger than the padded input 10 (8 and 2 of padding)");
        assertFault("kernel", () -> output(conv(3, square(3, 1, 3, Padding.VALID)), INPUT))
                .hasMessage("width axis: kernel 3 with dilation 3, 7 wide, is larger than the padded input 6");
        assertThat(output(conv(3, square(8, 1, pad(1))), INPUT)).isEqualTo(Shape.of(3, 1, 3));
    }

    @Test
    void rejectsGroupsThatDivideNotTheChannelsOrTheFilters() {
        Window window = square(1, 1, Padding.VALID);

        assertFault("groups", () -> output(new Convolution(6, window, 3, true), INPUT))
                .hasMessage("expected a divisor of the 4 input channels, got 3");
        assertFault("groups", () -> output(new Convolution(6, window, 4, true), INPUT))
                .hasMessage("expected a divisor of the 6 filters, got 4");
        assertThat(output(new Convolution(6, window, 2, true), INPUT)).isEqualTo(Shape.of(8, 6, 6));
    }

    @Test
    void rejectsSizesBelowOne() {
        Window window = square(1, 1, Padding.VALID);

        assertFault("filters", () -> new Convolution(0, window, 1, true))
                .hasMessage("expected an integer of at least 1, got 0");
        assertFault("groups", () -> new Convolution(1, window, -1, true));
        assertFault("depthMultiplier", () -> new DepthwiseConvolution(0, window, true));
        assertFault("units", () -> new Dense(-3, true));
        assertFault("outputSize", () -> new AdaptivePooling(Reduction.AVERAGE, List.of(3, 0), true));
        assertFault("size", () -> new LocalResponseNorm(0, 1, 1, 1));
        assertFault("kernel", () -> square(0, 1, Padding.VALID));
        assertFault("stride", () -> square(1, 0, Padding.VALID));
        assertFault("dilation", () -> square(1, 1, 0, Padding.VALID));
    }

    @Test
    void rejectsAnInputOfOtherAxesThanTheWindow() {
        assertThatThrownBy(() -> output(conv(3, 1), Shape.of(8, 4)))
                .isInstanceOf(InvalidLayerException.class)
                .hasMessage("expected an input of 3 axes (height, width and channels), got 8×4");
        assertThatThrownBy(() -> output(Layers.maxPool(1), Shape.of(8))).isInstanceOf(InvalidLayerException.class);
    }

    @Test
    void rejectsWindowsOfNoneOrMoreThanThreeAxes() {
        WindowAxis axis = new WindowAxis(1, 1, 1, Padding.VALID);

        assertFault("kernel", Layers::window);
        assertFault("kernel", () -> window(axis, axis, axis, axis));
    }

    @Test
    void rejectsAPoolWhosePaddingIsAsWideAsItsWindow() {
        assertFault("padding", () -> Layers.maxPool(square(3, 1, pad(3))))
                .hasMessage("expected less than the window of 3, got 3");
        assertThat(output(Layers.maxPool(square(3, 1, pad(2))), INPUT)).isEqualTo(Shape.of(10, 8, 4));
    }

    @Test
    void rejectsAnAdaptivePoolOfOtherAxesThanItsInput() {
        assertFault("outputSize", () -> output(new AdaptivePooling(Reduction.AVERAGE, List.of(2), true), INPUT))
                .hasMessage("expected an input of 2 axes, got 8×6×4");
        assertThatThrownBy(() -> output(Layers.globalAverage(), Shape.of(5)))
                .hasMessage("expected an input with spatial axes, got 5");
    }

    @Test
    void rejectsAnAdditionOfDifferentShapes() {
        assertFault("from", () -> output(add(), INPUT, INPUT, Shape.of(8, 6, 5)))
                .hasMessage(
                        "expected inputs of one shape, or whose sizes agree or are 1 from the last axis on: those before"
                                + " make 8×6×4, input 3, got 8×6×5");
    }

    @Test
    void rejectsAConcatenationThatDoesNotFit() {
        assertFault("from", () -> output(concat(), INPUT, Shape.of(8, 7, 1)))
                .hasMessage("expected inputs that agree but along axis 2: input 1 is 8×6×4, input 2, got 8×7×1");
        assertFault("from", () -> output(concat(), INPUT, Shape.of(8, 4)));
        assertFault("axis", () -> output(new Concat(Axis.of(3)), INPUT, INPUT));
        assertFault(
                        "from",
                        () -> output(
                                concat(),
                                Collections.nCopies(2, Shape.of(1 << 30)).toArray(Shape[]::new)))
                .hasMessage("expected at most 2^31-1 elements along axis 0, got 2147483648");
        assertThat(output(concat(), INPUT, Shape.of(8, 6, 1))).isEqualTo(Shape.of(8, 6, 5));
        assertThat(output(new Concat(Axis.of(0)), INPUT, Shape.of(1, 6, 4))).isEqualTo(Shape.of(9, 6, 4));
    }

    @Test
    void rejectsAFlattenOfMoreThan2147483647Elements() {
        assertThatThrownBy(() -> output(new Flatten(), Shape.of(1 << 16, 1 << 15)))
                .hasMessage("expected at most 2^31-1 elements to flatten, got 2147483648");
    }

    @Test
    void rejectsMoreThan2147483647ChannelsOfADepthwiseConvolution() {
        Layer depthwise = new DepthwiseConvolution(1 << 30, square(1, 1, Padding.VALID), false);

        assertFault("depthMultiplier", () -> output(depthwise, INPUT))
                .hasMessage("expected at most 2^31-1 output channels, got 4294967296");
    }

    @Test
    void rejectsADropoutRateThatIsNoShare() {
        assertFault("rate", () -> new Dropout(1)).hasMessage("expected a number from 0 to below 1, got 1.0");
        assertFault("rate", () -> new Dropout(-0.1));
        assertFault("rate", () -> new Dropout(Double.NaN));
    }

    @Test
    void aWeightOfMoreThan9223372036854775807ElementsIsAFaultOfItsLayer() {
        Layer huge = new Convolution(Integer.MAX_VALUE, square(1 << 30, 1, Padding.SAME), 1, false);

        assertThatThrownBy(() -> Layers.chain(INPUT, huge))
                .isInstanceOfSatisfying(
                        InvalidNetworkException.class,
                        e -> assertThat(e.faults())
                                .singleElement()
                                .extracting(Fault::position, Fault::attribute)
                                .containsExactly(0, ""))
                .hasMessageContaining("more than 2^63-1 elements");
    }

    @Test
    void kernelsAreFiltersByChannelsOfAGroupByTaps() {
        Layer grouped = new Convolution(6, window(axis(3), axis(5)), 2, true);
        Layer depthwise = new DepthwiseConvolution(2, window(axis(3), axis(5)), false);

        assertThat(grouped.weights(List.of(INPUT), Layout.CHANNELS_LAST))
                .containsExactly(
                        new WeightSlot("kernel", Shape.of(6, 2, 3, 5), true),
                        new WeightSlot("bias", Shape.of(6), true));
        assertThat(depthwise.weights(List.of(INPUT), Layout.CHANNELS_LAST))
                .containsExactly(new WeightSlot("kernel", Shape.of(8, 1, 3, 5), true));
    }

    private static WindowAxis axis(int kernel) {
        return new WindowAxis(kernel, 1, 1, Padding.VALID);
    }

    private static Shape output(Layer layer, Shape... inputs) {
        return layer.output(List.of(inputs), Layout.CHANNELS_LAST);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFault(
            String attribute, ThrowingCallable callable) {
        return assertThatThrownBy(callable)
                .isInstanceOfSatisfying(
                        InvalidLayerException.class,
                        e -> assertThat(e.attribute()).isEqualTo(attribute));
    }
}
