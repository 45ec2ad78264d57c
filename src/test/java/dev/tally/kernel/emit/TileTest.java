package dev.tally.kernel.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
                                new Tile(14, 2, 4, 1, lanes, false, Rectifier.NONE, access),
                                new Tile(1, 1, 4, 1, lanes, true, Rectifier.RELU, access),
                                new Tile(5, 3, 8, 1, lanes, true, Rectifier.RELU6, access),
                                new Tile(7, 4, 4 * lanes, 2, lanes, true, Rectifier.NONE, access))));
    }

    @ParameterizedTest
    @MethodSource("tiles")
    void sumsTheProductsOfItsStepsOntoTheBias(Tile tile) {
        SplittableRandom random = new SplittableRandom(tile.rows());
        int lanes = tile.lanes();
        int columns = tile.vectors() * lanes;
        int[] offsets = offsets(random);
        int line = tile.spacing() * lanes * tile.rows();
        try (Workspace workspace = new Workspace(tile.access())) {
            Buffer looked = numbers(workspace, 20 + (tile.rows() - 1) * tile.pitch() / Float.BYTES, random);
            Buffer weights = numbers(workspace, STEPS * columns, random);
            Buffer bias = numbers(workspace, columns, random);
            Buffer residual = numbers(workspace, tile.vectors() * (line + lanes), random);
            Buffer out = workspace.allocate((long) tile.vectors() * line);

            Kernels.of(tile)
                    .run(
                            looked.address(),
                            FROM,
                            STEPS,
                            offsets,
                            weights.address(),
                            (long) STEPS * lanes * Float.BYTES,
                            bias.address(),
                            out.address(),
                            (long) line * Float.BYTES,
                            residual.address(),
                            (long) (line + lanes) * Float.BYTES);

            for (int row = 0; row < tile.rows(); row++) {
                for (int column = 0; column < columns; column++) {
                    long place = (long) column / lanes * line + (long) row * tile.spacing() * lanes + column % lanes;
                    // What is added lies a vector further apart than what is stored.
                    long added = place + column / lanes * (long) lanes;
                    double sum = bias.get(column) + (tile.residual() ? residual.get(added) : 0);
                    for (int step = FROM; step < STEPS; step++) {
                        long at = (offsets[step] + (long) row * tile.pitch()) / Float.BYTES;
                        long packed = ((long) column / lanes * STEPS + step) * lanes + column % lanes;
                        sum += (double) looked.get(at) * weights.get(packed);
                    }
                    assertThat((double) out.get(place))
                            .as("%d, %d", row, column)
                            .isCloseTo(rectified(sum, tile.rectifier()), within(1e-4));
                }
            }
        }
    }

    static Stream<PlaneTile> planeTiles() {
        return Widths.all()
                .boxed()
                .flatMap(lanes -> Stream.of(Access.values())
                        .flatMap(access -> Stream.of(
                                new PlaneTile(14, 2, lanes, false, Rectifier.RELU6, access),
                                new PlaneTile(3, 4, lanes, true, Rectifier.NONE, access),
                                new PlaneTile(1, 1, lanes, true, Rectifier.RELU, access))));
    }

    @ParameterizedTest
    @MethodSource("planeTiles")
    void sumsTheProductsOfPixelsOntoEachChannelsBias(PlaneTile tile) {
        SplittableRandom random = new SplittableRandom(tile.rows());
        int columns = tile.vectors() * tile.lanes();
        int[] offsets = offsets(random);
        int first = 3;
        float[] weights = new float[first + PlaneTile.numbers(tile.rows(), STEPS)];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble(-3, 3);
        }
        try (Workspace workspace = new Workspace(tile.access())) {
            Buffer looked = numbers(workspace, 19 + columns, random);
            Buffer residual = numbers(workspace, tile.rows() * columns, random);
            Buffer out = workspace.allocate((long) tile.rows() * columns);

            Kernels.of(tile)
                    .run(
                            looked.address(),
                            FROM,
                            STEPS,
                            offsets,
                            weights,
                            first,
                            out.address(),
                            (long) columns * Float.BYTES,
                            residual.address());

            for (int row = 0; row < tile.rows(); row++) {
                for (int column = 0; column < columns; column++) {
                    long place = (long) row * columns + column;
                    double sum = weights[first + row] + (tile.residual() ? residual.get(place) : 0);
                    for (int step = FROM; step < STEPS; step++) {
                        sum += (double) looked.get((long) offsets[step] / Float.BYTES + column)
                                * weights[first + (step + 1) * tile.rows() + row];
                    }
                    assertThat((double) out.get(place))
                            .as("%d, %d", row, column)
                            .isCloseTo(rectified(sum, tile.rectifier()), within(1e-4));
                }
            }
        }
    }

    private static int[] offsets(SplittableRandom random) {
        return random.ints(STEPS, 0, 20).map(floats -> floats * Float.BYTES).toArray();
    }

    private static double rectified(double sum, Rectifier rectifier) {
        return switch (rectifier) {
            case NONE -> sum;
            case RELU -> Math.max(sum, 0);
            case RELU6 -> Math.clamp(sum, 0, 6);
        };
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
        Tile tile = new Tile(4, 1, 4, 1, 4, false, Rectifier.NONE, Access.CHECKED);
        try (Workspace workspace = new Workspace(Access.CHECKED)) {
            Buffer looked = workspace.allocate(4);
            Buffer packed = workspace.allocate(8);
            Buffer bias = workspace.allocate(4);
            Buffer out = workspace.allocate(16);
            Tile.Kernel kernel = Kernels.of(tile);

            kernel.run(looked.address(), 0, 2, new int[2], packed.address(), 0, bias.address(), out.address(), 0, 0, 0);
            assertThatThrownBy(() -> kernel.run(
                            looked.address(),
                            0,
                            2,
                            new int[] {0, 4},
                            packed.address(),
                            0,
                            bias.address(),
                            out.address(),
                            0,
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
                            0,
                            bias.address(),
                            out.address() + 4,
                            0,
                            0,
                            0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aNumberThatIsNoneStaysNone() {
        Tile tile = new Tile(1, 1, 4, 1, 4, false, Rectifier.RELU6, Access.RAW);
        try (Workspace workspace = new Workspace(Access.RAW)) {
            Buffer bias = workspace.allocate(4);
            Buffer out = workspace.allocate(4);
            bias.set(0, Float.NaN);
            bias.set(1, Float.POSITIVE_INFINITY);
            bias.set(2, Float.NEGATIVE_INFINITY);

            Kernels.of(tile).run(0, 0, 0, new int[0], 0, 0, bias.address(), out.address(), 0, 0, 0);

            assertThat(out.get(0)).isNaN();
            assertThat(out.get(1)).isEqualTo(6);
            assertThat(out.get(2)).isZero();
        }
    }
}
