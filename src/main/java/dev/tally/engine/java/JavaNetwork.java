package dev.tally.engine.java;

import dev.tally.engine.Assignment;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.convolution.ConvolutionPlan;
import dev.tally.kernel.convolution.Geometry;
import dev.tally.kernel.convolution.Setting;
import dev.tally.kernel.emit.Kernels;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.parallel.Pool;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
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
    private final Map<Source, Buffer> buffers = new HashMap<>();
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
            buffers.clear();
            steps.clear();
            kernels.clear();
            savedFlops = 0;
        }
        make(choice);
    }

    private void make(Choice choice) throws UnsupportedNetworkException {
        takeInputs();
        makeSteps(new Setting(choice.lanes(), VectorSupport.current().registers(), pool, workspace), choice);
    }

    private void takeInputs() {
        for (Input input : network.inputs()) {
            Buffer buffer = allocate(input);
            Tensor values = assignment.input(input);
            storage.order(input.shape()).forEach((own, declared) -> buffer.set(own, values.at(declared)));
            buffers.put(input, buffer);
        }
    }

    private Buffer allocate(Source source) {
        return workspace.allocate(storage.elements(source.shape()));
    }

    private void makeSteps(Setting setting, Choice choice) throws UnsupportedNetworkException {
        Chain.Finder chains = new Chain.Finder(network, assignment.exposed());
        Set<Node> done = new LinkedHashSet<>();
        for (Node node : network.nodes()) {
            if (done.contains(node)) {
                continue;
            }
            List<Buffer> inputs = node.from().stream().map(this::buffer).toList();
            if (Views.shares(node, storage)) {
                buffers.put(node, inputs.getFirst());
                continue;
            }
            Buffer output = allocate(node);
            Step step = new Step(node, storage, inputs, output, new Learned(assignment.weights()), setting);
            if (Geometries.has(node.layer())) {
                boolean normed = Geometries.convolves(node.layer()) || Geometries.alongChannels(node, storage);
                Chain chain = chains.from(node, normed);
                product(chain, step, choice);
                done.addAll(chain.layers());
                buffers.put(chain.last(), output);
            } else {
                Maker maker = Makers.of(node, storage);
                if (maker == null) {
                    throw new IllegalStateException(node + " was checked");
                }
                steps.add(maker.make(step));
                buffers.put(node, output);
            }
        }
    }

    private void product(Chain chain, Step step, Choice choice) throws UnsupportedNetworkException {
        Geometry geometry = Geometries.of(step.node(), storage);
        ConvolutionPlan plan = Products.plan(chain, choice.of(step.node(), geometry), geometry, step);
        steps.add(plan::run);
        savedFlops += geometry.flops() - plan.flops();
        for (Node norm : chain.norms()) {
            // A product and a sum for each element, which are in the weights by now.
            savedFlops += 2 * storage.elements(norm.shape());
        }
        if (Geometries.convolves(step.node().layer())) {
            kernels.add(plan.id());
        }
    }

    private Buffer buffer(Source source) {
        Buffer buffer = buffers.get(source);
        if (buffer == null) {
            throw new IllegalStateException(source + " has no buffer");
        }
        return buffer;
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
