package dev.tally.kernel.emit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The kernels that were emitted so far. The least recently used of more than {@value #MOST} of a kind are forgotten,
 * and with the last plan that uses one its class is gone, so that a service that sees ever new geometries does not
 * grow.
 */
public final class Kernels {
    private static final int MOST = 256;

    private static final Kernels INSTANCE = new Kernels();

    private final Cache<Tile, Tile.Kernel> tiles = new Cache<>(TileEmitter::emit);
    private final Cache<Copy, Copy.Kernel> copies = new Cache<>(CopyEmitter::emit);
    private final Cache<Transposition, Transposition.Kernel> transpositions = new Cache<>(TranspositionEmitter::emit);
    private final Cache<Transform, Transform.Kernel> transforms = new Cache<>(TransformEmitter::emit);
    private final Cache<Stencil, Stencil.Kernel> stencils = new Cache<>(StencilEmitter::emit);

    private Kernels() {}

    /** {@return the kernel of a tile} */
    public static Tile.Kernel of(Tile tile) {
        return INSTANCE.tiles.get(tile);
    }

    /** {@return the kernel of a copy} */
    public static Copy.Kernel of(Copy copy) {
        return INSTANCE.copies.get(copy);
    }

    /** {@return the kernel of a transposition} */
    public static Transposition.Kernel of(Transposition transposition) {
        return INSTANCE.transpositions.get(transposition);
    }

    /** {@return the kernel of a transform} */
    public static Transform.Kernel of(Transform transform) {
        return INSTANCE.transforms.get(transform);
    }

    /** {@return the kernel of a stencil} */
    public static Stencil.Kernel of(Stencil stencil) {
        return INSTANCE.stencils.get(stencil);
    }

    private static final class Cache<S, K> {
        private final Function<S, K> emitter;
        private final Map<S, K> kernels = new LinkedHashMap<>(16, 0.75f, true);

        Cache(Function<S, K> emitter) {
            this.emitter = emitter;
        }

        synchronized K get(S specification) {
            K kernel = kernels.get(specification);
            if (kernel == null) {
                kernel = emitter.apply(specification);
                kernels.put(specification, kernel);
                if (kernels.size() > MOST) {
                    kernels.remove(kernels.keySet().iterator().next());
                }
            }
            return kernel;
        }
    }
}
