package dev.tally.kernel.convolution;

import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Setting;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The direct definition: each tile of the output is summed up in registers over all taps and input channels, a vector
 * of output channels for each pixel. Any geometry but transposed ones.
 */
public final class DirectConvolution extends VectorAlgorithm {
    private static final List<ConvolutionAlgorithm> BY_TILE = IntStream.range(0, 4)
            .<ConvolutionAlgorithm>mapToObj(DirectConvolution::new)
            .toList();

    private final int tile;

    /** The algorithm. */
    public DirectConvolution() {
        this(0);
    }

    /**
     * The algorithm with another tile.
     *
     * @param tile which of those that there are to choose from
     */
    private DirectConvolution(int tile) {
        super(false);
        this.tile = tile;
    }

    @Override
    public List<ConvolutionAlgorithm> variants() {
        return BY_TILE;
    }

    @Override
    public String id() {
        return "direct";
    }

    @Override
    public String description() {
        return "the direct definition, tiles of pixels by output channels kept in registers";
    }

    @Override
    @Nullable
    String unsupportedSizes(Geometry geometry, int lanes) {
        return geometry.tooFarApart();
    }

    /** From planes too: each number that is broadcast stands by itself there. */
    @Override
    public boolean computesBlocks(Geometry geometry, int lanes) {
        return geometry.d().equals(Axis.NONE)
                && !geometry.transposed()
                && (geometry.g() == 1 || (geometry.groupIc() % lanes == 0 && geometry.groupOc() % lanes == 0));
    }

    @Override
    public boolean addsResidual() {
        return true;
    }

    @Override
    public boolean readsPlanes() {
        return true;
    }

    @Override
    public boolean rescales(Geometry geometry) {
        return geometry.pointwise() && geometry.g() == 1;
    }

    @Override
    public long workspaceBytes(Geometry geometry, int lanes, int threads) {
        double filters =
                Geometry.filled(geometry.g(), geometry.groupOc(), lanes) * geometry.groupIc() * geometry.taps();
        double rows = (double) threads
                * 2
                * lanes
                * (DirectPlan.SCRATCH_PIXELS + geometry.w().out());
        return (long) ((geometry.paddedElements() + filters + rows) * Float.BYTES);
    }

    @Override
    public ConvolutionPlan plan(Geometry geometry, Operands operands, Rectifier rectifier, Setting setting) {
        return operands.output() instanceof Planes
                ? new DirectPlan(geometry.merged(), operands, rectifier, setting)
                : new BlockedDirectPlan(geometry, operands, rectifier, setting, tile);
    }
}
