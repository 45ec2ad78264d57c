package dev.tally.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowAxisTest {
    private static final int LARGEST = Integer.MAX_VALUE;

    @Test
    void tapsInBoundsAreThoseThatAStepThroughAllOfThemFinds() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            int input = random.nextInt(1, 20);
            Padding padding = switch (random.nextInt(3)) {
                case 0 -> Padding.SAME;
                case 1 -> Padding.SAME_LOWER;
                default -> new Padding.Explicit(random.nextInt(8), random.nextInt(8));
            };
            WindowAxis axis = new WindowAxis(random.nextInt(1, 8), random.nextInt(1, 6), random.nextInt(1, 6), padding);
            int positions = random.nextInt(1, 20);

            assertThat(axis.tapsInBounds(input, positions))
                    .as("seed %d: %s, %d positions on %d", seed, axis, positions, input)
                    .isEqualTo(stepped(axis, input, positions));
        }
    }

    private static long stepped(WindowAxis axis, int input, int positions) {
        long before = axis.before(input);
        long inBounds = 0;
        for (int position = 0; position < positions; position++) {
            for (int tap = 0; tap < axis.kernel(); tap++) {
                long place = (long) position * axis.stride() + (long) tap * axis.dilation() - before;
                inBounds += place >= 0 && place < input ? 1 : 0;
            }
        }
        return inBounds;
    }

    /**
     * Of n · k pairs with n = 2^31-1 and k = 2^30, the b = 2^29-1 elements of padding before cost 1 + … + b taps, the a
     * = 2^29 after 1 + … + a: 2^61 - 2^30 - (2^57 - 2^28) - (2^57 + 2^28) = 2^61 - 2^58 - 2^30.
     */
    @Test
    void tapsInBoundsOfTheLargestSameConvolutionAreExact() {
        WindowAxis axis = new WindowAxis(1 << 30, 1, 1, Padding.SAME);

        assertThat(axis.tapsInBounds(LARGEST, axis.outputSize(LARGEST, false))).isEqualTo(2_017_612_631_988_240_384L);
    }

    /** 2^30 positions of 3 taps; one element of padding at each end is read by one tap. */
    @Test
    void tapsInBoundsOfTheLargestStridedConvolutionAreExact() {
        WindowAxis axis = new WindowAxis(3, 2, 1, Padding.SAME);

        assertThat(axis.outputSize(LARGEST, false)).isEqualTo(1 << 30);
        assertThat(axis.tapsInBounds(LARGEST, 1 << 30)).isEqualTo(3_221_225_470L);
    }

    /** 2^30 taps two apart are 2^31-1 wide: one position, all in bounds. */
    @Test
    void tapsInBoundsOfTheLargestDilatedWindowAreAllItsTaps() {
        WindowAxis axis = new WindowAxis(1 << 30, 1, 2, Padding.VALID);

        assertThat(axis.outputSize(LARGEST, false)).isEqualTo(1);
        assertThat(axis.tapsInBounds(LARGEST, 1)).isEqualTo(1L << 30);
    }

    /** Of taps n apart, exactly one is in an input of n wherever the window stands well inside its padding. */
    @Test
    void tapsInBoundsOfTapsFurtherApartThanTheInputIsWideAreOneAPosition() {
        WindowAxis axis = new WindowAxis(1 << 30, 1, LARGEST, Padding.SAME);

        assertThat(axis.tapsInBounds(LARGEST, LARGEST)).isEqualTo(LARGEST);
    }

    @ParameterizedTest
    @CsvSource({
        // input, kernel, stride, dilation, expected: ceil(input / stride)
        "7, 3, 1, 1, 7",
        "7, 3, 2, 1, 4",
        "8, 3, 2, 1, 4",
        "7, 9, 7, 5, 1",
        "1, 5, 3, 1, 1",
    })
    void sameGivesOnePositionAStride(int input, int kernel, int stride, int dilation, int expected) {
        assertThat(new WindowAxis(kernel, stride, dilation, Padding.SAME).outputSize(input, false))
                .isEqualTo(expected);
        assertThat(new WindowAxis(kernel, stride, dilation, Padding.SAME_LOWER).outputSize(input, false))
                .isEqualTo(expected);
    }

    @Test
    void samePutsTheOddElementAtTheEndAndSameLowerAtTheStart() {
        WindowAxis upper = new WindowAxis(4, 1, 1, Padding.SAME);
        WindowAxis lower = new WindowAxis(4, 1, 1, Padding.SAME_LOWER);

        assertThat(upper.before(9)).isEqualTo(1);
        assertThat(upper.after(9)).isEqualTo(2);
        assertThat(lower.before(9)).isEqualTo(2);
        assertThat(lower.after(9)).isEqualTo(1);
    }

    /** A stride past the kernel's end leaves nothing to pad: (4 - 1) · 3 + 1 - 10 = 0. */
    @Test
    void samePadsNothingWhereTheWindowsFit() {
        WindowAxis axis = new WindowAxis(1, 3, 1, Padding.SAME);

        assertThat(axis.before(10)).isZero();
        assertThat(axis.after(10)).isZero();
    }

    @Test
    void dilationWidensTheWindow() {
        WindowAxis axis = new WindowAxis(3, 1, 4, Padding.VALID);

        assertThat(axis.extent()).isEqualTo(9);
        assertThat(axis.outputSize(9, false)).isEqualTo(1);
        assertThat(axis.outputSize(12, false)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        // input, kernel, stride, padding either side, floor, ceil
        "9, 4, 4, 2, 3, 3", // a fourth window would start at the padding after the input
        "9, 4, 4, 0, 2, 3",
        "8, 4, 4, 0, 2, 2",
        "7, 3, 2, 0, 3, 3",
        "8, 3, 2, 0, 3, 4",
        "112, 3, 2, 0, 55, 56", // the first pool of GoogLeNet as Caffe and torchvision build it
        "10, 1, 4, 0, 3, 3", // what is left is narrower than the stride
    })
    void ceilModeAddsAPartialWindowThatStartsInTheInput(
            int input, int kernel, int stride, int padding, int floor, int ceil) {
        WindowAxis axis = new WindowAxis(kernel, stride, 1, Layers.pad(padding));

        assertThat(axis.outputSize(input, false)).isEqualTo(floor);
        assertThat(axis.outputSize(input, true)).isEqualTo(ceil);
    }

    @Test
    void rejectsAnOutputOfMoreThan2147483647Positions() {
        WindowAxis axis = new WindowAxis(1, 1, 1, Layers.pad(1));

        assertThatThrownBy(() -> axis.outputSize(LARGEST, false))
                .isInstanceOf(InvalidLayerException.class)
                .hasMessageContaining("2147483649");
    }

    @Test
    void rejectsAKernelStrideOrDilationBelowOne() {
        assertThatThrownBy(() -> new WindowAxis(0, 1, 1, Padding.VALID))
                .hasMessage("expected an integer of at least 1, got 0")
                .extracting(e -> ((InvalidLayerException) e).attribute())
                .isEqualTo("kernel");
        assertThatThrownBy(() -> new WindowAxis(1, 0, 1, Padding.VALID))
                .hasMessage("expected an integer of at least 1, got 0")
                .extracting(e -> ((InvalidLayerException) e).attribute())
                .isEqualTo("stride");
        assertThatThrownBy(() -> new WindowAxis(1, 1, -2, Padding.VALID))
                .hasMessage("expected an integer of at least 1, got -2")
                .extracting(e -> ((InvalidLayerException) e).attribute())
                .isEqualTo("dilation");
    }

    @Test
    void rejectsNegativePadding() {
        assertThatThrownBy(() -> new Padding.Explicit(0, -1))
                .isInstanceOf(InvalidLayerException.class)
                .hasMessage("expected an integer of at least 0, got -1");
    }
}
