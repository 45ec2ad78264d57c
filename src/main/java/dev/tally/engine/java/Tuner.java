package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.convolution.ConvolutionAlgorithm;
import dev.tally.kernel.convolution.ConvolutionPlan;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.kernel.convolution.Operands;
import dev.tally.kernel.emit.Kernels;
import dev.tally.kernel.emit.Rectifier;
import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Border;
import dev.tally.kernel.image.Image;
import dev.tally.kernel.image.Planes;
import dev.tally.kernel.image.Rescaling;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.parallel.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds which algorithm is the fastest for a convolution on this machine, by timing those that may be, in turns, once
 * in the life of a process. What a cache has of filters and images when a network comes to a layer is little, so before
 * each run the second cache is filled with something else.
 */
final class Tuner {
    private static final int MOST_KEPT = 4096;
    private static final int ROUNDS = 6;
    private static final long NANOS_OF_LAYER = 150_000_000;

    /** What all plans of a layer may pack: VGG's largest take some 300 MB. */
    private static final double MOST_BYTES = 1L << 30;

    /** A layer of more takes over 50 ms, some thirty times: the rule has to do. VGG's largest has 1.9 billion. */
    private static final double MOST_MULTIPLIES = 3e9;

    /** Twice a second cache. */
    private static final long EVICTING_FLOATS = (4L << 20) / Float.BYTES;

    /** How long the compiler may take for a kernel. */
    private static final long COMPILING_NANOS = 1_000_000_000;

    private static final Map<Case, ConvolutionAlgorithm> FASTEST =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Case, ConvolutionAlgorithm> eldest) {
                    return size() > MOST_KEPT;
                }
            });

    /**
     * A layer, as far as its time depends on it.
     *
     * @param from the border of the input in blocks of channels; null where it is in planes
     * @param rescaled whether the input is rescaled first
     * @param added the border of what is added; null for nothing
     * @param to the border of the output
     * @param forced the id of the only algorithm to choose from, by its tiles; null for all
     */
    record Case(
            Geometry geometry,
            @Nullable Border from,
            boolean rescaled,
            @Nullable Border added,
            Border to,
            Rectifier rectifier,
            int lanes,
            int threads,
            @Nullable String forced) {}

    private final int lanes;
    private final int registers;
    private final Pool pool;

    Tuner(int lanes, int registers, Pool pool) {
        this.lanes = lanes;
        this.registers = registers;
        this.pool = pool;
    }

    /**
     * {@return whether timing all of some algorithms takes no more memory and time than a network would be given
     * anyway}
     */
    static boolean isWorthIt(Case layer, List<ConvolutionAlgorithm> algorithms) {
        double bytes = algorithms.stream()
                .mapToDouble(each -> each.workspaceBytes(layer.geometry(), layer.lanes(), layer.threads()))
                .sum();
        return bytes <= MOST_BYTES && layer.geometry().multiplies() <= MOST_MULTIPLIES;
    }

    /** {@return the algorithm that was found the fastest; null if that is not known} */
    static @Nullable ConvolutionAlgorithm fastest(Case layer) {
        return FASTEST.get(layer);
    }

    /** Finds the fastest of the algorithms of some layers. */
    void tune(Map<Case, List<ConvolutionAlgorithm>> layers) throws UnsupportedNetworkException {
        Map<Case, List<ConvolutionAlgorithm>> open = new LinkedHashMap<>(layers);
        open.keySet().removeIf(FASTEST::containsKey);
        if (open.isEmpty()) {
            return;
        }
        // All kernels first, so that the compiler sees to one while others are called.
        Kernels.compiled(
                () -> {
                    for (Map.Entry<Case, List<ConvolutionAlgorithm>> each : open.entrySet()) {
                        try (Workspace workspace = new Workspace(Access.RAW)) {
                            plans(each.getKey(), each.getValue(), workspace);
                        }
                    }
                    return null;
                },
                COMPILING_NANOS);
        try (Workspace evicting = new Workspace(Access.RAW)) {
            Buffer others = evicting.allocate(EVICTING_FLOATS);
            open.forEach((layer, algorithms) -> {
                try (Workspace workspace = new Workspace(Access.RAW)) {
                    int best = fastest(plans(layer, algorithms, workspace), others);
                    FASTEST.put(layer, algorithms.get(best));
                }
            });
        }
    }

    private static int fastest(List<ConvolutionPlan> plans, Buffer others) {
        long[] nanos = new long[plans.size()];
        Arrays.fill(nanos, Long.MAX_VALUE);
        plans.forEach(ConvolutionPlan::run);
        long end = System.nanoTime() + NANOS_OF_LAYER;
        for (int round = 0; round < ROUNDS && (round < 2 || System.nanoTime() < end); round++) {
            for (int i = 0; i < nanos.length; i++) {
                others.data().fill((byte) round);
                long begin = System.nanoTime();
                plans.get(i).run();
                nanos[i] = Math.min(nanos[i], System.nanoTime() - begin);
            }
        }
        int best = 0;
        for (int i = 1; i < nanos.length; i++) {
            best = nanos[i] < nanos[best] ? i : best;
        }
        return best;
    }

    private List<ConvolutionPlan> plans(Case layer, List<ConvolutionAlgorithm> algorithms, Workspace workspace) {
        Geometry geometry = layer.geometry();
        Image input = layer.from() == null
                ? new Planes(workspace.allocate(geometry.inputElements()))
                : blocks(geometry, true, layer.from(), workspace);
        Operands operands = new Operands(
                input,
                layer.rescaled() ? Rescaling.none(geometry.ic(), Rectifier.RELU) : null,
                workspace.allocate(geometry.weightElements()),
                null,
                layer.added() == null ? null : blocks(geometry, false, layer.added(), workspace),
                blocks(geometry, false, layer.to(), workspace));
        List<ConvolutionPlan> plans = new ArrayList<>();
        for (ConvolutionAlgorithm algorithm : algorithms) {
            Setting setting = new Setting(lanes, registers, pool, workspace);
            plans.add(algorithm.plan(geometry, operands, layer.rectifier(), setting));
        }
        return plans;
    }

    private Blocks blocks(Geometry geometry, boolean input, Border border, Workspace workspace) {
        BlockedShape shape = new BlockedShape(
                geometry.mb(),
                input ? geometry.ic() : geometry.oc(),
                input ? geometry.h().in() : geometry.h().out(),
                input ? geometry.w().in() : geometry.w().out(),
                lanes,
                border);
        return shape.in(workspace.allocate(shape.floats()));
    }
}
