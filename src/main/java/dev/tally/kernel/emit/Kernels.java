package dev.tally.kernel.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The kernels that were emitted so far. The least recently used of more than {@value #MOST} of a kind are forgotten,
 * and with the last plan that uses one its class is gone, so that a service that sees ever new geometries does not
 * grow.
 */
public final class Kernels {
    private static final int MOST = 256;

    private static final Kernels INSTANCE = new Kernels();

    private final Cache<Tile, Tile.Kernel> tiles = new Cache<>(TileEmitter::emit, Trial::of);
    private final Cache<PlaneTile, PlaneTile.Kernel> planeTiles = new Cache<>(PlaneTileEmitter::emit, Trial::of);
    private final Cache<Copy, Copy.Kernel> copies = new Cache<>(CopyEmitter::emit, Trial::of);
    private final Cache<Transposition, Transposition.Kernel> transpositions =
            new Cache<>(TranspositionEmitter::emit, Trial::of);
    private final Cache<Transform, Transform.Kernel> transforms = new Cache<>(TransformEmitter::emit, Trial::of);
    private final Cache<Stencil, Stencil.Kernel> stencils = new Cache<>(StencilEmitter::emit, Trial::of);

    private final Cache<Fold, Fold.Kernel> folds = new Cache<>(FoldEmitter::emit, Trial::of);

    /** Where those are put down that are not compiled when they are asked for, while {@link #compiled} runs. */
    private static final ScopedValue<Map<Entry<?>, Trial>> ASKED = ScopedValue.newInstance();

    static {
        List<String> names = List.of("Tile", "PlaneTile", "Copy", "Transposition", "Transform", "Stencil", "Fold");
        String here = Kernels.class.getPackageName() + ".";
        FirstCompiler.keepFrom(
                names.stream().map(name -> here + name + "Kernel").toList(), "run");
    }

    /** How often a kernel is emitted at most. */
    private static final int ATTEMPTS = 4;

    /** Below this part of the best speed a kernel was compiled badly: others reach 0.9, bad ones 0.7 at most. */
    private static final double SLOW = 0.75;

    /** The fastest kernel so far: others are judged beside it, for a machine is not always as fast. */
    private static final AtomicReference<@Nullable Trial> FASTEST = new AtomicReference<>();

    private Kernels() {}

    /**
     * Does what asks for kernels, and has those compiled that it asked for. Where the compiler did one badly, which it
     * does now and then, that one is emitted anew and all is asked for once more.
     *
     * @param asking makes plans, on this thread; what it made before is of no use where it is called again
     * @param limitNanos how long the compiler may take for a kernel; it has much else to do while a service starts
     */
    public static <X extends Throwable> void compiled(ScopedValue.CallableOp<?, X> asking, long limitNanos) throws X {
        boolean again = true;
        for (int attempt = 1; again; attempt++) {
            Map<Entry<?>, Trial> asked = new LinkedHashMap<>();
            ScopedValue.where(ASKED, asked).call(asking);
            List<Trial> left = Compilation.of(asked.values(), limitNanos);
            asked.forEach((entry, trial) -> entry.compiled = !left.contains(trial));
            asked.entrySet()
                    .removeIf(each -> !each.getKey().compiled || each.getValue().cycles() == 0);
            again = attempt < ATTEMPTS && emitSlowOnesAnew(asked);
        }
    }

    private static boolean emitSlowOnesAnew(Map<Entry<?>, Trial> judged) {
        List<Trial> trials = new ArrayList<>(judged.values());
        Trial fastest = FASTEST.get();
        if (fastest != null) {
            trials.add(fastest);
        }
        Map<Trial, Double> speeds = Compilation.speeds(trials);
        double best = 0;
        for (Map.Entry<Trial, Double> each : speeds.entrySet()) {
            if (each.getKey().slack() == 1 && each.getValue() > best) {
                best = each.getValue();
                FASTEST.set(each.getKey());
            }
        }
        boolean any = false;
        for (Map.Entry<Entry<?>, Trial> each : judged.entrySet()) {
            if (speeds.getOrDefault(each.getValue(), Double.MAX_VALUE)
                    < SLOW * best / each.getValue().slack()) {
                each.getKey().emitAnew();
                any = true;
            }
        }
        return any;
    }

    /** {@return the kernel of a tile} */
    public static Tile.Kernel of(Tile tile) {
        return INSTANCE.tiles.get(tile);
    }

    /** {@return the kernel of a tile of planes} */
    public static PlaneTile.Kernel of(PlaneTile tile) {
        return INSTANCE.planeTiles.get(tile);
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

    /** {@return the kernel of a fold} */
    public static Fold.Kernel of(Fold fold) {
        return INSTANCE.folds.get(fold);
    }

    private static final class Entry<K> {
        private final IntFunction<K> emitter;
        private int attempt;
        private volatile K kernel;
        private volatile boolean compiled;

        Entry(IntFunction<K> emitter) {
            this.emitter = emitter;
            this.kernel = emitter.apply(0);
        }

        synchronized void emitAnew() {
            kernel = emitter.apply(++attempt);
            compiled = false;
        }
    }

    private static final class Cache<S, K> {
        private final BiFunction<S, Integer, K> emitter;
        private final BiFunction<S, K, Trial> trial;
        private final Map<S, Entry<K>> kernels = new LinkedHashMap<>(16, 0.75f, true);

        Cache(BiFunction<S, Integer, K> emitter, BiFunction<S, K, Trial> trial) {
            this.emitter = emitter;
            this.trial = trial;
        }

        synchronized K get(S specification) {
            Entry<K> entry = kernels.get(specification);
            if (entry == null) {
                entry = new Entry<>(attempt -> emitter.apply(specification, attempt));
                kernels.put(specification, entry);
                if (kernels.size() > MOST) {
                    kernels.remove(kernels.keySet().iterator().next());
                }
            }
            if (!entry.compiled && ASKED.isBound()) {
                ASKED.get().put(entry, trial.apply(specification, entry.kernel));
            }
            return entry.kernel;
        }
    }
}
