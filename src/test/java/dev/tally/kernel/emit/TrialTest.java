package dev.tally.kernel.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kernel that is called to be compiled touches no memory but what was set aside for that. */
class TrialTest {
    static IntStream widths() {
        return Widths.all();
    }

    @ParameterizedTest
    @MethodSource("widths")
    void aKernelStaysWithinTheMemoryOfItsTrial(int lanes) {
        for (Trial trial : trials(lanes)) {
            try (Workspace workspace = new Workspace(Access.CHECKED)) {
                long in = workspace.allocate(trial.inBytes() / Float.BYTES).address();
                long out = workspace.allocate(trial.outBytes() / Float.BYTES).address();

                assertThatCode(() -> trial.call().run(in, out))
                        .as(trial.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    private static List<Trial> trials(int lanes) {
        Access access = Access.CHECKED;
        List<Trial> trials = new ArrayList<>();
        for (Rectifier rectifier : Rectifier.values()) {
            for (int[] size : new int[][] {{1, 1}, {14, 2}, {3, 5}, {9, 3}, {14, 1}}) {
                for (boolean residual : new boolean[] {false, true}) {
                    for (int pitch : new int[] {4, 8, 400}) {
                        for (int spacing : new int[] {1, 3}) {
                            Tile tile = new Tile(size[0], size[1], pitch, spacing, lanes, residual, rectifier, access);
                            trials.add(Trial.of(tile, Kernels.of(tile)));
                        }
                    }
                    PlaneTile tile = new PlaneTile(size[0], size[1], lanes, residual, rectifier, access);
                    trials.add(Trial.of(tile, Kernels.of(tile)));
                }
            }
            for (int[] size : new int[][] {{1, 1, 1, 1}, {14, 3, 1, 1}, {7, 5, 2, 1}, {4, 3, 1, 6}}) {
                Stencil stencil = new Stencil(size[0], size[1], size[2], size[3], lanes, rectifier, access);
                trials.add(Trial.of(stencil, Kernels.of(stencil)));
            }
            Matrix matrix = Matrix.of(new double[][] {{1, -1, 0.5}, {1, 1, 0.5}});
            for (boolean bias : new boolean[] {false, true}) {
                Transform transform = new Transform(matrix, lanes, bias, !bias, rectifier, access);
                trials.add(Trial.of(transform, Kernels.of(transform)));
            }
        }
        for (int[] size : new int[][] {{1, 1, 1, 1}, {8, 3, 2, 1}, {4, 3, 1, 2}, {1, 7, 1, 1}}) {
            for (boolean maximum : new boolean[] {false, true}) {
                Fold fold = new Fold(size[0], size[1], size[2], size[3], maximum, lanes, access);
                trials.add(Trial.of(fold, Kernels.of(fold)));
            }
        }
        for (int floats = 1; floats <= Copy.most(lanes); floats++) {
            Copy copy = new Copy(floats, lanes, access);
            trials.add(Trial.of(copy, Kernels.of(copy)));
        }
        for (int rows = 1; rows <= lanes; rows++) {
            Transposition reading = new Transposition(lanes, rows, lanes, access);
            trials.add(Trial.of(reading, Kernels.of(reading)));
            Transposition writing = new Transposition(lanes, lanes, rows, access);
            trials.add(Trial.of(writing, Kernels.of(writing)));
        }
        assertThat(trials).hasSizeGreaterThan(100);
        return trials;
    }
}
