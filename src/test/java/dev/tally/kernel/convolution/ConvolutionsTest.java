package dev.tally.kernel.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.memory.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every algorithm against the definition, with vectors of every width that this machine has. */
class ConvolutionsTest {
    /** Geometries of each sort; more are drawn with {@code -Dgeometries=1000}. */
    private static final int DRAWS = Integer.getInteger("geometries", 16);

    private static final Rectifier[] RECTIFIERS = Rectifier.values();

    /** Those that convolve blocks of channels. */
    private static final Set<String> BLOCKED = Set.of(
            "depthwise", "direct", "winograd-6x6-3x3", "winograd-4x4-3x3", "winograd-2x2-3x3", "winograd-4x4-5x5");

    private static List<Integer> widths() {
        int widest = VectorSupport.current().lanes();
        return IntStream.of(4, 8, 16).filter(lanes -> lanes <= widest).boxed().toList();
    }

    static Stream<Arguments> algorithmsAndWidths() {
        return Convolutions.all().stream()
                .flatMap(algorithm -> widths().stream().map(lanes -> Arguments.of(algorithm.id(), lanes)));
    }

    /** Sums of K products in float32 are off by some roots of K of 2^-24; transforms enlarge that. */
    private static double tolerance(ConvolutionAlgorithm algorithm, ConvolutionCase each) {
        double sums = 4 * Math.sqrt(each.reduction() + 8) * 0x1p-24;
        return algorithm.id().startsWith("winograd") ? 40 * sums : 2 * sums;
    }

    private static List<Geometry> drawn(ConvolutionAlgorithm algorithm, int lanes) {
        GeometryDraw draw = new GeometryDraw(7);
        List<Geometry> drawn = new ArrayList<>();
        for (Supplier<Geometry> sort : List.<Supplier<Geometry>>of(
                draw::any,
                draw::transposed,
                () -> draw.square(3),
                () -> draw.square(5),
                draw::pointwise,
                draw::depthwise)) {
            for (int i = 0; i < DRAWS; i++) {
                Geometry geometry = sort.get();
                if (algorithm.unsupported(geometry, lanes) == null) {
                    drawn.add(geometry);
                }
            }
        }
        return drawn;
    }

    @ParameterizedTest
    @MethodSource("algorithmsAndWidths")
    void convolvesWhateverItSupports(String id, int lanes) {
        ConvolutionAlgorithm algorithm = Convolutions.named(id).orElseThrow();
        List<Geometry> geometries = drawn(algorithm, lanes);

        assertThat(geometries).hasSizeGreaterThan(DRAWS / 4);
        for (int i = 0; i < geometries.size(); i++) {
            ConvolutionCase each = new ConvolutionCase(geometries.get(i), RECTIFIERS[i % 3], i % 4 != 0, i);
            assertThat(each.error(algorithm, lanes, Access.RAW, 1 + i % 3, 2))
                    .as("%s %d: %s", id, i, each)
                    .isLessThan(tolerance(algorithm, each));
        }
    }

    static Stream<Arguments> blockedAlgorithmsAndWidths() {
        return algorithmsAndWidths().filter(each -> BLOCKED.contains((String) each.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("blockedAlgorithmsAndWidths")
    void convolvesBlocksOfChannels(String id, int lanes) {
        ConvolutionAlgorithm algorithm = Convolutions.named(id).orElseThrow();
        int run = 0;
        for (Geometry geometry : drawn(algorithm, lanes)) {
            if (!algorithm.computesBlocks(geometry, lanes) || geometry.multiplies() > 2e6) {
                continue;
            }
            ConvolutionCase each = new ConvolutionCase(geometry, RECTIFIERS[run % 3], run % 4 != 0, run);
            boolean fromPlanes = algorithm.readsPlanes() && run % 5 == 1;
            boolean adds = algorithm.addsResidual() && run % 3 == 1;
            boolean rescales = !fromPlanes && algorithm.rescales(geometry) && run % 2 == 1;
            Access access = run % 2 == 0 ? Access.CHECKED : Access.RAW;
            assertThat(each.errorInBlocks(algorithm, lanes, access, 1 + run % 2, fromPlanes, adds, rescales))
                    .as("%s %d: %s", id, run, each)
                    .isLessThan(tolerance(algorithm, each));
            run++;
        }
        assertThat(run).isGreaterThan(DRAWS / 4);
    }

    @Test
    void noOtherAlgorithmConvolvesBlocksOfChannels() {
        GeometryDraw draw = new GeometryDraw(3);
        for (int i = 0; i < DRAWS; i++) {
            Geometry geometry = draw.any();
            assertThat(Convolutions.all())
                    .filteredOn(algorithm -> !BLOCKED.contains(algorithm.id()))
                    .noneMatch(algorithm -> algorithm.computesBlocks(geometry, 4));
        }
    }

    @ParameterizedTest
    @MethodSource("algorithmsAndWidths")
    void readsAndWritesWithinItsBuffersAlone(String id, int lanes) {
        ConvolutionAlgorithm algorithm = Convolutions.named(id).orElseThrow();
        List<Geometry> geometries = drawn(algorithm, lanes);

        for (int i = 0; i < geometries.size(); i++) {
            Geometry geometry = geometries.get(i);
            if (geometry.multiplies() > 2e6) {
                continue;
            }
            ConvolutionCase each = new ConvolutionCase(geometry, RECTIFIERS[i % 3], i % 4 != 0, i);
            assertThat(each.error(algorithm, lanes, Access.CHECKED, 1 + i % 2, 1))
                    .as("%s %d: %s", id, i, each)
                    .isLessThan(tolerance(algorithm, each));
        }
    }

    @Test
    void oneAlgorithmAtLeastComputesAnyGeometry() {
        GeometryDraw draw = new GeometryDraw(11);
        for (int i = 0; i < 1_000; i++) {
            Geometry geometry = i % 2 == 0 ? draw.any() : draw.transposed();
            for (int lanes : new int[] {0, 4, 8, 16}) {
                ConvolutionAlgorithm algorithm = Convolutions.of(geometry, lanes);
                assertThat(algorithm.unsupported(geometry, lanes))
                        .as("%s", geometry)
                        .isNull();
            }
        }
    }

    /** Whoever asks is told why, and nothing is computed modulo 2^32. */
    @ParameterizedTest
    @MethodSource("algorithmsAndWidths")
    void refusesDistancesThatAreNone(String id, int lanes) {
        ConvolutionAlgorithm algorithm = Convolutions.named(id).orElseThrow();
        int most = Integer.MAX_VALUE;
        List<Geometry> large = List.of(
                new Geometry(1, 1, 16, 16, Axis.NONE, Axis.NONE, new Axis(most, most, 1, 1, 1, 0), false),
                new Geometry(1, 1, 64, 64, Axis.NONE, dense(3, 8), dense(3, 30_000_000), false),
                new Geometry(1, 1, 16, 16, Axis.NONE, dense(5, 8), dense(5, 100_000_000), false),
                new Geometry(1, 16, 16, 16, Axis.NONE, dense(3, 50_000), dense(3, 50_000), false),
                new Geometry(1, 1, 2, 2, Axis.NONE, Axis.NONE, new Axis(9, most, most, 1, most, 4), true),
                new Geometry(1, 1, 2, 2, Axis.NONE, new Axis(2, 5000, 1, 4999, 1, 0), dense(1, 3), true));

        for (Geometry geometry : large) {
            if (!id.equals("plain")) {
                assertThat(algorithm.unsupported(geometry, lanes))
                        .as("%s", geometry)
                        .isNotBlank();
            }
            assertThat(Convolutions.of(geometry, lanes).id()).isEqualTo("plain");
        }
    }

    private static Axis dense(int kernel, int size) {
        return new Axis(size, size, kernel, 1, 1, kernel / 2);
    }
}
