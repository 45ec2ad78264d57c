package dev.tally.kernel.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels that only move numbers. */
class MovesTest {
    static Stream<Copy> copies() {
        return Widths.all()
                .boxed()
                .flatMap(lanes -> IntStream.of(1, 2, 3, 4, 5, 7, 8, 13, 15, 16, 17, 28, 31, 32, Copy.most(lanes))
                        .filter(floats -> floats <= Copy.most(lanes))
                        .boxed()
                        .flatMap(floats -> Stream.of(Access.values()).map(access -> new Copy(floats, lanes, access))));
    }

    @ParameterizedTest
    @MethodSource("copies")
    void aCopyMovesItsRowsAndNothingBeside(Copy copy) {
        int rows = 3;
        int pitch = copy.floats() + 2;
        try (Workspace workspace = new Workspace(copy.access())) {
            Buffer from = workspace.allocate((long) rows * copy.floats());
            Buffer to = workspace.allocate((long) rows * pitch);
            for (int i = 0; i < rows * copy.floats(); i++) {
                from.set(i, i + 1f);
            }

            Kernels.of(copy)
                    .run(
                            from.address(),
                            (long) copy.floats() * Float.BYTES,
                            to.address() + Float.BYTES,
                            (long) pitch * Float.BYTES,
                            rows);

            for (int i = 0; i < rows * pitch; i++) {
                int column = i % pitch - 1;
                boolean inside = column >= 0 && column < copy.floats();
                assertThat(to.get(i)).as("%d", i).isEqualTo(inside ? i / pitch * copy.floats() + column + 1f : 0f);
            }
        }
    }

    static Stream<Transposition> transpositions() {
        return Widths.all()
                .boxed()
                .flatMap(lanes -> Stream.of(Access.values())
                        .flatMap(access -> Stream.of(
                                new Transposition(lanes, lanes, lanes, access),
                                new Transposition(lanes, 3, lanes, access),
                                new Transposition(lanes, lanes, 1, access),
                                new Transposition(lanes, lanes - 1, lanes - 1, access))));
    }

    @ParameterizedTest
    @MethodSource("transpositions")
    void aTranspositionSwapsRowsAndColumnsOfSquares(Transposition transposition) {
        int lanes = transposition.lanes();
        int squares = 2;
        int read = transposition.rowsRead();
        int written = transposition.rowsWritten();
        try (Workspace workspace = new Workspace(transposition.access())) {
            Buffer from = workspace.allocate((long) squares * read * lanes);
            Buffer to = workspace.allocate((long) squares * written * lanes);
            for (int i = 0; i < squares * read * lanes; i++) {
                from.set(i, i + 1f);
            }
            long vector = (long) lanes * Float.BYTES;

            Kernels.of(transposition)
                    .run(from.address(), squares * vector, vector, to.address(), vector, written * vector, squares);

            for (int square = 0; square < squares; square++) {
                for (int row = 0; row < written; row++) {
                    for (int column = 0; column < lanes; column++) {
                        float expected = column < read ? from.get(((long) column * squares + square) * lanes + row) : 0;
                        assertThat(to.get(((long) square * written + row) * lanes + column))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }
}
