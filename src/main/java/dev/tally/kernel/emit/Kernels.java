package dev.tally.kernel.emit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The kernels that were emitted so far. The least recently used of more than {@value #MOST} of a kind are forgotten,
 * and with the last plan that uses one its class is gone, so that a service that sees ever new geometries does not
 * grow.
 */
public final class Kernels {
    private static final int MOST = 256;

    private static final Kernels INSTANCE = new Kernels();

    private final Cache<Tile, Tile.Kernel> tiles = new Cache<>(TileEmitter::emit, Trial::of);
    private final Cache<Copy, Copy.Kernel> copies = new Cache<>(CopyEmitter::emit, Trial::of);
    private final Cache<Transposition, Transposition.Kernel> transpositions =
            new Cache<>(TranspositionEmitter::emit, Trial::of);
    private final Cache<Transform, Transform.Kernel> transforms = new Cache<>(TransformEmitter::emit, Trial::of);
    private final Cache<Stencil, Stencil.Kernel> stencils = new Cache<>(StencilEmitter::emit, Trial::of);

    /**
     * Where kernels that were not compiled when they were asked for are put down; bound while {@link #compiled} runs.
     */
    private static final ScopedValue<Map<Object, Trial>> ASKED = ScopedValue.newInstance();

    private Kernels() {}

    /**
     * Does what asks for kernels, and has those compiled that it asked for.
     *
     * @param asking makes plans
     * @param limitNanos how long to wait for the compiler
     */
    public static <X extends Throwable> void compiled(ScopedValue.CallableOp<?, X> asking, long limitNanos) throws X {
        Map<Object, Trial> asked = new LinkedHashMap<>();
        ScopedValue.where(ASKED, asked).call(asking);
        Compilation.of(asked.values(), limitNanos);
    }

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
        private final BiFunction<S, K, Trial> trial;
        private final Map<S, Entry<K>> kernels = new LinkedHashMap<>(16, 0.75f, true);

        private static final class Entry<K> {
            private final K kernel;
            private boolean compiled;

            Entry(K kernel) {
                this.kernel = kernel;
            }
        }

        Cache(Function<S, K> emitter, BiFunction<S, K, Trial> trial) {
            this.emitter = emitter;
            this.trial = trial;
        }

        synchronized K get(S specification) {
            Entry<K> entry = kernels.get(specification);
            if (entry == null) {
                entry = new Entry<>(emitter.apply(specification));
                kernels.put(specification, entry);
                if (kernels.size() > MOST) {
                    kernels.remove(kernels.keySet().iterator().next());
                }
            }
            if (!entry.compiled && ASKED.isBound()) {
                ASKED.get().put(specification, trial.apply(specification, entry.kernel));
                entry.compiled = true;
            }
            return entry.kernel;
        }
    }
}
