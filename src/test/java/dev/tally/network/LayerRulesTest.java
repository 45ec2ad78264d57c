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
import java.util.OptionalInt;
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
        assertFault("filters", () -> new TransposedConvolution(0, window, List.of(0, 0), 1, true));
        assertFault("groups", () -> new TransposedConvolution(1, window, List.of(0, 0), 0, true));
        assertFault("groups", () -> new GroupNorm(0, true, 1e-5));
        assertFault("groups", () -> new ChannelShuffle(-4));
        assertFault("heads", () -> new Attention(0));
        assertFault("heads", () -> new MultiHeadAttention(0, OptionalInt.empty(), OptionalInt.empty(), true));
        assertFault("keyDim", () -> new MultiHeadAttention(1, OptionalInt.of(0), OptionalInt.empty(), true));
        assertFault("valueDim", () -> new MultiHeadAttention(1, OptionalInt.empty(), OptionalInt.of(-1), true));
        assertFault("vocabulary", () -> new Embedding(0, 1));
        assertFault("units", () -> new Embedding(1, 0));
        assertFault("parts", () -> new Split(Axis.CHANNELS, 0, 0));
        assertFault("step", () -> new Slice(Axis.CHANNELS, 0, OptionalInt.empty(), 0));
        assertFault("scale", () -> new Upsample(List.of(2, 0), Resampling.Interpolation.NEAREST));
        assertFault("outputSize", () -> new Resize(List.of(0), Resampling.Interpolation.NEAREST));
        assertFault("factor", () -> new PixelShuffle(0));
        assertFault("factor", () -> new PixelUnshuffle(-2));
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
    void rejectsOutputPaddingThatIsNoRemainderOfAStride() {
        Window strided = square(3, 2, 3, Padding.VALID);
        Window same = square(3, 2, Padding.SAME);

        assertFault("outputPadding", () -> new TransposedConvolution(1, strided, List.of(0, 3), 1, true))
                .hasMessage("expected less than the stride of 2 or the dilation of 3, got 3");
        assertFault("outputPadding", () -> new TransposedConvolution(1, strided, List.of(-1, 0), 1, true));
        assertFault("outputPadding", () -> new TransposedConvolution(1, strided, List.of(1), 1, true))
                .hasMessage("expected one number per spatial axis, got [1]");
        assertFault("outputPadding", () -> new TransposedConvolution(1, same, List.of(0, 1), 1, true));
        // (8 - 1) · 2 + 7 + 2 and (6 - 1) · 2 + 7.
        assertThat(output(new TransposedConvolution(5, strided, List.of(2, 0), 1, true), INPUT))
                .isEqualTo(Shape.of(23, 17, 5));
    }

    @Test
    void transposedKernelsAreChannelsByFiltersOfAGroupByTaps() {
        Layer grouped = new TransposedConvolution(6, window(axis(3), axis(5)), List.of(0, 0), 2, true);

        assertThat(grouped.weights(List.of(INPUT), Layout.CHANNELS_LAST))
                .containsExactly(
                        new WeightSlot("kernel", Shape.of(4, 3, 3, 5), true),
                        new WeightSlot("bias", Shape.of(6), true));
    }

    @Test
    void projectionsAreQueryKeyValueAndOutput() {
        Layer attention = new MultiHeadAttention(2, OptionalInt.of(3), OptionalInt.of(5), true);

        assertThat(attention.weights(List.of(Shape.of(7, 4), Shape.of(9, 8), Shape.of(9, 11)), Layout.CHANNELS_LAST))
                .containsExactly(
                        new WeightSlot("queryKernel", Shape.of(6, 4), true),
                        new WeightSlot("queryBias", Shape.of(6), true),
                        new WeightSlot("keyKernel", Shape.of(6, 8), true),
                        new WeightSlot("keyBias", Shape.of(6), true),
                        new WeightSlot("valueKernel", Shape.of(10, 11), true),
                        new WeightSlot("valueBias", Shape.of(10), true),
                        new WeightSlot("outputKernel", Shape.of(4, 10), true),
                        new WeightSlot("outputBias", Shape.of(4), true));
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
