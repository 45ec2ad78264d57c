package dev.tally.engine.java;

import dev.tally.engine.Assignment;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.emit.Kernels;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Scratch;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.parallel.Pool;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network as a list of steps, each on buffers that are there already. */
final class JavaNetwork implements PreparedNetwork {
    private static final int KERNELS_NAMED = 3;

    private final Assignment assignment;
    private final Network network;
    private final Storage storage;
    private Workspace workspace;
    private final Pool pool;
    private final int lanes;
    private final Map<Source, Place> kept = new HashMap<>();
    private final List<Operator> steps = new ArrayList<>();
    private final Set<String> kernels = new LinkedHashSet<>();
    private long savedFlops;

    /**
     * A network made ready.
     *
     * @throws UnsupportedNetworkException if no algorithm applies to a layer; checked before
     */
    JavaNetwork(Assignment assignment, Choice choice, List<Integer> processors, Duration compiling, Access access)
            throws UnsupportedNetworkException {
        this.assignment = assignment;
        this.network = assignment.network();
        this.storage = new Storage(network.batch(), network.layout());
        this.workspace = new Workspace(access);
        this.pool = new Pool(assignment.threads(), new HelperThreads(assignment.threads(), processors));
        this.lanes = choice.lanes();
        boolean complete = false;
        try {
            if (compiling.isZero()) {
                make(choice);
            } else {
                if (choice.lanes() > 0) {
                    new Tuner(lanes, VectorSupport.current().registers(), pool)
                            .tune(planned(choice).contests());
                }
                Kernels.compiled(
                        () -> {
                            makeAnew(choice);
                            return null;
                        },
                        compiling.toNanos());
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** What was made before, with kernels that have others in their place now, is let go. */
    private void makeAnew(Choice choice) throws UnsupportedNetworkException {
        if (!steps.isEmpty()) {
            Access access = workspace.access();
            workspace.close();
            workspace = new Workspace(access);
            steps.clear();
            kernels.clear();
        }
        make(choice);
    }

    private Planner planned(Choice choice) throws UnsupportedNetworkException {
        Layouts layouts = new Layouts(network, storage, choice);
        Planner planner = new Planner(storage, layouts, new Learned(assignment.weights()), choice);
        network.inputs().forEach(planner::plan);
        for (Stage stage : Stages.of(network, assignment.exposed(), layouts)) {
            planner.plan(stage);
            keepExposed(stage.output(), planner);
        }
        for (Source source : network.outputs()) {
            kept.put(source, planner.keep(source));
        }
        for (Input input : network.inputs()) {
            kept.put(input, planner.keep(input));
        }
        return planner;
    }

    private void make(Choice choice) throws UnsupportedNetworkException {
        kept.clear();
        Planner planner = planned(choice);
        planner.tasks().allocate(workspace);
        network.inputs().forEach(this::fill);
        steps.addAll(planner.tasks()
                .operators(new Setting(
                        lanes,
                        VectorSupport.current().registers(),
                        pool,
                        workspace,
                        Scratch.shared(workspace, pool.threads()))));
        kernels.addAll(planner.kernels());
        savedFlops = planner.savedFlops();
    }

    private void keepExposed(Source source, Planner planner) {
        if (assignment.exposed().contains(source)) {
            kept.put(source, planner.keep(source));
        }
    }

    private void fill(Input input) {
        Buffer buffer = buffer(input);
        Tensor values = assignment.input(input);
        storage.order(input.shape()).forEach((own, declared) -> buffer.set(own, values.at(declared)));
    }

    private Buffer buffer(Source source) {
        Place place = kept.get(source);
        if (place == null) {
            throw new IllegalStateException(source + " is not kept");
        }
        return place.buffer();
    }

    @Override
    public String kernel() {
        if (kernels.isEmpty()) {
            return "operators:" + lanes * Float.SIZE;
        }
        String named = String.join(", ", kernels.stream().limit(KERNELS_NAMED).toList());
        int more = kernels.size() - KERNELS_NAMED;
        return more > 0 ? named + " + " + more + " more" : named;
    }

    @Override
    public long savedFlops() {
        return savedFlops;
    }

    @Override
    public void run() {
        for (Operator step : steps) {
            step.run();
        }
    }

    @Override
    public Map<Source, Tensor> read(Collection<? extends Source> sources, Arena arena) {
        for (Source source : sources) {
            if (!network.outputs().contains(source) && !assignment.exposed().contains(source)) {
                throw new IllegalArgumentException(source.name() + " is neither an output nor exposed");
            }
        }
        if (!sources.isEmpty()) {
            run();
        }
        Map<Source, Tensor> read = new HashMap<>();
        for (Source source : Set.copyOf(sources)) {
            Tensor values = Tensor.allocate(arena, network.batch(), source.shape());
            Buffer buffer = buffer(source);
            storage.order(source.shape()).forEach((own, declared) -> values.set(declared, buffer.get(own)));
            read.put(source, values);
        }
        return read;
    }

    @Override
    public void park() {
        pool.park();
    }

    @Override
    public void close() {
        pool.close();
        workspace.close();
    }
}
