package dev.tally.analysis;

import static dev.tally.network.Layers.conv;
import static dev.tally.network.Layers.dense;
import static dev.tally.network.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.network.DataType;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import org.junit.jupiter.api.Test;

class CountOverflowTest {
    /** 2^60 elements of one byte. */
    private static final Shape HUGE = Shape.of(1 << 30, 1 << 30, 1);

    /** 2^20 · 2^20 positions: from 2^12 channels to one 2^52 multiplies, to as many 2^64. */
    @Test
    void aCountOver9223372036854775807NamesItsLayer() {
        CountOverflowException overflow = overflow(start(Shape.of(1 << 20, 1 << 20, 1 << 12))
                .layer("small", "conv2d", conv(1, 1), "in")
                .layer("large", "conv2d", conv(1 << 12, 1), "in"));

        assertThat(overflow.node().name()).isEqualTo("large");
        assertThat(overflow).hasMessage("a count of this layer is over 2^63-1");
    }

    /** 2^20 · 2^20 positions from 2^10 channels to 2^11. */
    @Test
    void countsOfAQuarterOfThatAreExact() {
        Operations operations = Analysis.of(start(Shape.of(1 << 20, 1 << 20, 1 << 10))
                        .layer("conv", "conv2d", conv(1 << 11, 1), "in")
                        .build())
                .totals()
                .operations();

        assertThat(operations.multiplies()).isEqualTo(1L << 61);
        assertThat(operations.multipliesInBounds()).isEqualTo(1L << 61);
    }

    /** 2^62 multiplies and, with the bias, as many additions. */
    @Test
    void flopsOver9223372036854775807NameTheLayer() {
        CountOverflowException overflow =
                overflow(start(Shape.of(1 << 20, 1 << 20, 1 << 10)).layer("conv", "conv2d", conv(1 << 12, 1), "in"));

        assertThat(overflow.node().name()).isEqualTo("conv");
    }

    /** A sample is 2^34 comparisons: 2^26 of them are within the limit, 2^30 are not. */
    @Test
    void theBatchCounts() {
        NetworkBuilder builder = start(Shape.of(1 << 17, 1 << 17, 1)).layer("relu", "relu", relu(), "in");

        assertThat(Analysis.of(builder.batch(1 << 26).build())
                        .totals()
                        .operations()
                        .other()
                        .comparisons())
                .isEqualTo(1L << 60);
        assertThat(overflow(builder.batch(1 << 30)).node().name()).isEqualTo("relu");
    }

    /** Each activation moves 2^61 bytes; the sum passes 2^63 - 1 at the fourth. */
    @Test
    void aTotalOver9223372036854775807NamesTheLayerAtWhichItPasses() {
        NetworkBuilder builder = start(HUGE);
        for (int i = 1; i <= 5; i++) {
            builder.layer("relu" + i, "relu", relu(), i == 1 ? "in" : "relu" + (i - 1));
        }
        CountOverflowException overflow = overflow(builder);

        assertThat(overflow.node().name()).isEqualTo("relu4");
        assertThat(overflow).hasMessage("a total of the network passes 2^63-1 at this layer");
    }

    @Test
    void aSumOfTensorsAliveOver9223372036854775807IsAnOverflow() {
        NetworkBuilder builder = start(Shape.of(1 << 30, 1 << 30, 4));
        for (int i = 1; i <= 3; i++) {
            builder.layer("relu" + i, "relu", relu(), "in");
        }
        CountOverflowException overflow = overflow(builder);

        assertThat(overflow).hasMessage("the elements alive at once are over 2^63-1");
    }

    /** 2^60 weights each, 2^62 bytes: twice that is over the limit. */
    @Test
    void weightsInTotalOver9223372036854775807BytesNameTheLayerAtWhichTheyPass() {
        int large = 1 << 30;
        CountOverflowException overflow = overflow(new NetworkBuilder("weights")
                .input("in", Shape.of(large))
                .layer("a", "dense", dense(large), "in")
                .layer("b", "dense", dense(large), "a"));

        assertThat(overflow.node().name()).isEqualTo("b");
    }

    private static NetworkBuilder start(Shape input) {
        return new NetworkBuilder("huge").dataType(DataType.INT8).input("in", input);
    }

    private static CountOverflowException overflow(NetworkBuilder builder) {
        return catchThrowableOfType(CountOverflowException.class, () -> Analysis.of(builder.build()));
    }
}
