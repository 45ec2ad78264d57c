package dev.tally.kernel.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.parallel.Pool;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** What plans say that they execute, counted here by stepping through it; kernels are not run. */
class ExecutedFlopsTest {
    private static final int DRAWS = 60;

    /** {@return what a plan says; with vectors of 128 bits, whatever this machine has: none is computed with} */
    private static long flops(String algorithm, Geometry geometry) {
        try (Workspace workspace = new Workspace(Access.RAW);
                Pool pool = new Pool(1, Thread.ofPlatform().daemon()::unstarted)) {
            Operands operands = new Operands(
                    workspace.allocate(geometry.inputElements()),
                    workspace.allocate(geometry.weightElements()),
                    null,
                    workspace.allocate(geometry.outputElements()));
            int lanes = algorithm.equals("plain") ? 0 : 4;
            return Convolutions.named(algorithm)
                    .orElseThrow()
                    .plan(geometry, operands, Rectifier.NONE, new Setting(lanes, 32, pool, workspace))
                    .flops();
        }
    }

    private static boolean supports(String algorithm, Geometry geometry) {
        return Convolutions.named(algorithm).orElseThrow().unsupported(geometry, 4) == null;
    }

    /** {@return products of a filter's channel, of each axis those pairs of a position and a tap that are kept} */
    private static long products(Geometry geometry, boolean skipsD, boolean skipsH, boolean skipsW) {
        return stepped(geometry.d(), skipsD) * stepped(geometry.h(), skipsH) * stepped(geometry.w(), skipsW);
    }

    private static long stepped(Axis axis, boolean skips) {
        long pairs = 0;
        for (int position = 0; position < axis.out(); position++) {
            for (int tap = 0; tap < axis.kernel(); tap++) {
                int place = position * axis.stride() - axis.before() + tap * axis.dilation();
                pairs += !skips || (place >= 0 && place < axis.in()) ? 1 : 0;
            }
        }
        return pairs;
    }

    private static long flops(Geometry geometry, long products) {
        return 2L * geometry.mb() * geometry.oc() * geometry.groupIc() * products;
    }

    @Test
    void directLeavesOutRowsOfTapsInThePaddingAlongTheOutermostAxisThatHasSeveral() {
        // 5 rows of 3 taps, of which the first row's first and the last row's last find padding; 6 columns of 3 taps.
        Axis rows = new Axis(5, 5, 3, 1, 1, 1);
        Axis columns = new Axis(6, 6, 3, 1, 1, 1);
        assertThat(flops("direct", new Geometry(1, 1, 2, 7, Axis.NONE, rows, columns, false)))
                .isEqualTo(2 * 2 * 7 * (5 * 3 - 2) * (6 * 3));

        GeometryDraw draw = new GeometryDraw(3);
        for (int i = 0; i < DRAWS; i++) {
            Geometry geometry = draw.any();
            boolean planes = geometry.d().kernel() > 1;
            assertThat(flops("direct", geometry))
                    .as("%s", geometry)
                    .isEqualTo(flops(geometry, products(geometry, planes, !planes, false)));
        }
    }

    @Test
    void plainLoopsReadNoPadding() {
        GeometryDraw draw = new GeometryDraw(4);
        for (int i = 0; i < DRAWS; i++) {
            Geometry geometry = draw.any();
            assertThat(flops("plain", geometry))
                    .as("%s", geometry)
                    .isEqualTo(flops(geometry, products(geometry, true, true, true)));
        }
    }

    @Test
    void depthwiseFiltersLeaveOutRowsAboveAndBelow() {
        GeometryDraw draw = new GeometryDraw(5);
        int counted = 0;
        for (int i = 0; i < DRAWS; i++) {
            Geometry geometry = draw.depthwise();
            if (supports("depthwise", geometry)) {
                counted++;
                assertThat(flops("depthwise", geometry))
                        .as("%s", geometry)
                        .isEqualTo(flops(geometry, products(geometry, false, true, false)));
            }
        }
        assertThat(counted).isPositive();
    }

    @Test
    void productsOfMatricesLeaveNothingOut() {
        GeometryDraw draw = new GeometryDraw(6);
        for (String algorithm : List.of("im2col", "matrix-product-1x1")) {
            int counted = 0;
            for (int i = 0; i < DRAWS; i++) {
                Geometry geometry = algorithm.equals("im2col") ? draw.any() : draw.pointwise();
                if (supports(algorithm, geometry)) {
                    counted++;
                    assertThat(flops(algorithm, geometry))
                            .as("%s", geometry)
                            .isEqualTo(geometry.flops())
                            .isEqualTo(flops(geometry, products(geometry, false, false, false)));
                }
            }
            assertThat(counted).isPositive();
        }
    }

    /** Plain loops take what stays within the output; phases what each position's remainder has, padding or not. */
    @Test
    void transposedConvolutionsGatherTheTapsOfTheirPhases() {
        GeometryDraw draw = new GeometryDraw(8);
        for (int i = 0; i < DRAWS; i++) {
            Geometry geometry = draw.transposed();
            long inside = gathered(geometry.d(), true) * gathered(geometry.h(), true) * gathered(geometry.w(), true);
            assertThat(flops("plain", geometry)).as("%s", geometry).isEqualTo(flops(geometry, inside));
            if (supports("transposed-direct", geometry)) {
                long all =
                        gathered(geometry.d(), false) * gathered(geometry.h(), false) * gathered(geometry.w(), false);
                assertThat(flops("transposed-direct", geometry))
                        .as("%s", geometry)
                        .isEqualTo(flops(geometry, all));
            }
        }
    }

    private static long gathered(Axis axis, boolean inside) {
        IntPredicate element = i -> !inside || (i >= 0 && i < axis.in());
        long pairs = 0;
        for (int position = 0; position < axis.out(); position++) {
            for (int tap = 0; tap < axis.kernel(); tap++) {
                int spread = position + axis.before() - tap * axis.dilation();
                boolean meets = Math.floorMod(spread, axis.stride()) == 0;
                pairs += meets && element.test(Math.floorDiv(spread, axis.stride())) ? 1 : 0;
            }
        }
        return pairs;
    }

    /**
     * One tile of 4 × 4 outputs has 6 × 6 points, 0, ∞, 1, -1, 2 and -2 along an axis. The input's transform is
     * {@code 4 a - 5 c + e} and {@code 4 b - 5 d + f}, 4 operations each; sum and difference of {@code 4 c - e} and
     * {@code 4 b - d}, 3 each (a factor of -1 is taken from zero) and 2; and of {@code e - c} and {@code 2 d - 2 b}, 1,
     * 3 and 2. That of the products takes sums and differences of the points 1 and -1, 2 and -2, 4 operations, then
     * {@code a + s + t}, {@code u + 2 v}, {@code s + 4 t} and {@code b + u + 8 v}, 2, 2, 2 and 3.
     */
    @Test
    void winogradMultipliesAtPointsAndTransforms() {
        Axis axis = new Axis(6, 4, 3, 1, 1, 0);
        Geometry geometry = new Geometry(1, 1, 16, 16, Axis.NONE, axis, axis, false);
        int products = 2 * 36 * 16 * 16;
        int input = 4 + 4 + (3 + 3 + 2) + (1 + 3 + 2);
        int output = 4 + 2 + 2 + 2 + 3;

        // Down 6 columns, along 6 lines; along 6 lines, down 4 columns, where a bias is added.
        assertThat(flops("winograd-4x4-3x3", geometry))
                .isEqualTo(products + 16 * (6 + 6) * input + 16 * (6 * output + 4 * (output + 4)))
                .isEqualTo(24_992);
        assertThat(geometry.flops()).as("the definition").isEqualTo(2 * 16 * 16 * 16 * 9);
    }

    @Test
    void winogradMultipliesAtThePointsThatEachTileHas() {
        // 9 rows are tiles of 5 and 4 outputs, of 7 and 6 points; 13 columns of 5, 4 and 4, of 7, 6 and 6.
        long both = winograd(2, 2) - winograd(1, 2) - winograd(2, 1) + winograd(1, 1);

        assertThat(both).as("what grows with both channels").isEqualTo(2 * 3 * (7 + 6) * (7 + 6 + 6));
    }

    private static long winograd(int ic, int oc) {
        Axis rows = new Axis(9, 9, 3, 1, 1, 1);
        Axis columns = new Axis(14, 13, 3, 1, 1, 1);
        return flops("winograd-6x6-3x3", new Geometry(3, 1, ic, oc, Axis.NONE, rows, columns, false));
    }
}
