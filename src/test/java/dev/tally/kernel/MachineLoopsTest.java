package dev.tally.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plain loops, and those of every width that this machine's vectors have. */
class MachineLoopsTest {
    private static final int COLUMNS = MachineLoops.COLUMNS;

    static Stream<MachineLoops> all() {
        Stream<MachineLoops> vectors = VectorSupport.current().missing().isPresent()
                ? Stream.empty()
                : Stream.of(64, 128, 256, 512)
                        .filter(bits -> bits <= VectorWidths.preferredBits())
                        .map(VectorWidths::of);
        return Stream.concat(Stream.of(new PlainLoops()), vectors);
    }

    @ParameterizedTest
    @MethodSource("all")
    void multiplyMatrices(MachineLoops loops) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = matrix(arena, 8, 7);
            MemorySegment b = matrix(arena, COLUMNS, 11);
            MemorySegment c = matrix(arena, 8, 13);

            loops.matrixProduct(8, a, b, c);

            for (int m = 0; m < 8; m++) {
                for (int n = 0; n < COLUMNS; n++) {
                    double sum = 0;
                    for (int k = 0; k < COLUMNS; k++) {
                        sum += (double) at(a, m, k) * at(b, k, n);
                    }
                    assertThat((double) at(c, m, n)).isCloseTo(sum, within(1e-3));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void doNotWriteBesideASegment(MachineLoops loops) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = matrix(arena, 8, 7);
            MemorySegment b = matrix(arena, COLUMNS, 11);
            MemorySegment c = matrix(arena, 4, 13);

            assertThatThrownBy(() -> loops.matrixProduct(8, a, b, c)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void readEveryByteOfABuffer(MachineLoops loops) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(4L * MachineLoops.READ_BLOCK, 64);
            double before = loops.read(buffer);
            for (long at = 0; at < buffer.byteSize(); at += Float.BYTES) {
                buffer.set(ValueLayout.JAVA_FLOAT, at, 1);
                assertThat(loops.read(buffer)).as("the number at byte %d", at).isNotEqualTo(before);
                buffer.set(ValueLayout.JAVA_FLOAT, at, 0);
            }
        }
    }

    /** x → 0.999 x + 0.001 from x = 1 stays at 1, and all chains begin between 1 and 1.42. */
    @ParameterizedTest
    @MethodSource("all")
    void keepTheirChainsNearOne(MachineLoops loops) {
        int chains = loops.vectorBits() == 0 ? 4096 : loops.flopsPerStep() / 2;

        assertThat(loops.multiplyAdd(10) / chains).isBetween(1f, 1.42f);
        assertThat(loops.multiplyAdd(100_000) / chains).isCloseTo(1f, within(0.01f));
    }

    private static MemorySegment matrix(Arena arena, int rows, int period) {
        MemorySegment matrix = arena.allocate((long) rows * COLUMNS * Float.BYTES, 64);
        for (int i = 0; i < rows * COLUMNS; i++) {
            matrix.setAtIndex(ValueLayout.JAVA_FLOAT, i, i % period - period / 2f);
        }
        return matrix;
    }

    private static float at(MemorySegment matrix, int row, int column) {
        return matrix.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * COLUMNS + column);
    }
}
