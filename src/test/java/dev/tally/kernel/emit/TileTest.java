package dev.tally.kernel.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tally.kernel.emit.Tile.Side;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TileTest {
    private static final int STEPS = 9;
    private static final int FROM = 2;

    static Stream<Tile> tiles() {
        return Widths.all()
                .boxed()
                .flatMap(lanes -> Stream.of(Access.values())
                        .flatMap(access -> Stream.of(
                                new Tile(Side.NUMBERS, 14, 2, 4, 1, lanes, false, Rectifier.NONE, access),
                                new Tile(Side.NUMBERS, 1, 1, 4, 1, lanes, true, Rectifier.RELU, access),
                                new Tile(Side.NUMBERS, 5, 3, 8, 1, lanes, true, Rectifier.RELU6, access),
                                new Tile(Side.NUMBERS, 7, 4, 4 * lanes, 2, lanes, true, Rectifier.NONE, access),
                                new Tile(Side.VECTORS, 14, 2, 0, 1, lanes, false, Rectifier.RELU6, access),
                                new Tile(Side.VECTORS, 3, 4, 0, 1, lanes, true, Rectifier.NONE, access),
                                new Tile(Side.VECTORS, 1, 1, 0, 1, lanes, true, Rectifier.RELU, access))));
    }

    @ParameterizedTest
    @MethodSource("tiles")
    void sumsTheProductsOfItsStepsOntoTheBias(Tile tile) {
        SplittableRandom random = new SplittableRandom(tile.rows());
        boolean numbers = tile.side() == Side.NUMBERS;
        int lanes = tile.lanes();
        int columns = tile.vectors() * lanes;
        int lookedFloats = numbers ? (tile.rows() - 1) * tile.pitch() / Float.BYTES + 1 : columns;
        int[] offsets = new int[STEPS];
        for (int step = 0; step < STEPS; step++) {
            offsets[step] = Float.BYTES * random.nextInt(20);
        }
        int apart = numbers ? tile.spacing() * lanes * tile.rows() : columns;
        int lines = numbers ? tile.vectors() : tile.rows();
        try (Workspace workspace = new Workspace(tile.access())) {
            Buffer looked = numbers(workspace, 19 + lookedFloats, random);
            Buffer packed = numbers(workspace, STEPS * tile.packedBytes() / Float.BYTES, random);
            Buffer bias = numbers(workspace, numbers ? columns : tile.rows(), random);
            Buffer residual = numbers(workspace, lines * apart, random);
            Buffer out = workspace.allocate((long) lines * apart);

            Kernels.of(tile)
                    .run(
                            looked.address(),
                            FROM,
                            STEPS,
                            offsets,
                            packed.address(),
                            bias.address(),
                            out.address(),
                            (long) apart * Float.BYTES,
                            residual.address());

            for (int row = 0; row < tile.rows(); row++) {
                for (int column = 0; column < columns; column++) {
                    double sum = bias.get(numbers ? column : row);
                    for (int step = FROM; step < STEPS; step++) {
                        int at = offsets[step] / Float.BYTES;
                        sum += numbers
                                ? (double) looked.get(at + (long) row * tile.pitch() / Float.BYTES)
                                        * packed.get((long) step * columns + column)
                                : (double) looked.get(at + column) * packed.get((long) step * tile.rows() + row);
                    }
                    long place = numbers
                            ? (long) column / lanes * apart + (long) row * tile.spacing() * lanes + column % lanes
                            : (long) row * apart + column;
                    sum += tile.residual() ? residual.get(place) : 0;
                    double expected = switch (tile.rectifier()) {
                        case NONE -> sum;
                        case RELU -> Math.max(sum, 0);
                        case RELU6 -> Math.clamp(sum, 0, 6);
                    };
                    assertThat((double) out.get(place))
                            .as("%d, %d", row, column)
                            .isCloseTo(expected, within(1e-4));
                }
            }
        }
    }

    private static Buffer numbers(Workspace workspace, int floats, SplittableRandom random) {
        Buffer buffer = workspace.allocate(floats);
        for (int i = 0; i < floats; i++) {
            buffer.set(i, (float) random.nextDouble(-3, 3));
        }
        return buffer;
    }

    @Test
    void theCheckedTwinThrowsWhereTheFastOneWouldReadPastABuffer() {
        Tile tile = new Tile(Side.NUMBERS, 4, 1, 4, 1, 4, false, Rectifier.NONE, Access.CHECKED);
        try (Workspace workspace = new Workspace(Access.CHECKED)) {
            Buffer looked = workspace.allocate(4);
            Buffer packed = workspace.allocate(8);
            Buffer bias = workspace.allocate(4);
            Buffer out = workspace.allocate(16);
            Tile.Kernel kernel = Kernels.of(tile);

            kernel.run(looked.address(), 0, 2, new int[2], packed.address(), bias.address(), out.address(), 0, 0);
            assertThatThrownBy(() -> kernel.run(
                            looked.address(),
                            0,
                            2,
                            new int[] {0, 4},
                            packed.address(),
                            bias.address(),
                            out.address(),
                            0,
                            0))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("4 bytes at an address in no buffer")
                    .hasMessageContaining("begins 16 before");
            assertThatThrownBy(() -> kernel.run(
                            looked.address(),
                            0,
                            2,
                            new int[2],
                            packed.address(),
                            bias.address(),
                            out.address() + 4,
                            0,
                            0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aNumberThatIsNoneStaysNone() {
        Tile tile = new Tile(Side.NUMBERS, 1, 1, 4, 1, 4, false, Rectifier.RELU6, Access.RAW);
        try (Workspace workspace = new Workspace(Access.RAW)) {
            Buffer bias = workspace.allocate(4);
            Buffer out = workspace.allocate(4);
            bias.set(0, Float.NaN);
            bias.set(1, Float.POSITIVE_INFINITY);
            bias.set(2, Float.NEGATIVE_INFINITY);

            Kernels.of(tile).run(0, 0, 0, new int[0], 0, bias.address(), out.address(), 0, 0);

            assertThat(out.get(0)).isNaN();
            assertThat(out.get(1)).isEqualTo(6);
            assertThat(out.get(2)).isZero();
        }
    }
}
