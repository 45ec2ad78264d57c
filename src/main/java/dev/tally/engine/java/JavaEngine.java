package dev.tally.engine.java;

import dev.tally.engine.Algorithm;
import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineException;
import dev.tally.engine.EngineStatus;
import dev.tally.engine.Precision;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.convolution.Convolutions;
import dev.tally.kernel.memory.Access;
import dev.tally.network.DataType;
import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.WeightSlot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Tally's own kernels. */
public final class JavaEngine implements Engine {
    /** Its name in requests. */
    public static final String ID = "java";

    /** What a convolution may pack and work in where nothing else is said, in bytes. */
    public static final long WORKSPACE_BYTES = 4L << 30;

    /** How long preparing may wait for the compiler where nothing else is said: it may have much else to do. */
    public static final Duration COMPILING = Duration.ofSeconds(2);

    /** Fewer convolutions than these gain less by blocks of channels between them than a network's ends lose. */
    private static final int BLOCKS_FROM = 3;

    /** Vectors below this many floats are no faster than what the compiler makes of plain loops. */
    private static final int FEWEST_LANES = 4;

    private final List<Integer> processors;
    private final long workspaceBytes;
    private final Duration compiling;
    private final OptionalInt lanes;
    private final Access access;
    private final int blocksFrom;

    /** The engine, its threads where the system places them. */
    public JavaEngine() {
        this(List.of(), WORKSPACE_BYTES, COMPILING);
    }

    /**
     * The engine.
     *
     * @param processors where threads are to stay, by number: the caller's first, which it sees to itself, then one for
     *     each helper. With fewer entries than threads none is bound: they may then run where the thread may that
     *     prepares the network.
     * @param workspaceBytes what a convolution may pack and work in
     * @param compiling how long preparing may wait for the compiler to see to new kernels, which else are slow in the
     *     first thousands of runs; zero for not at all
     */
    public JavaEngine(List<Integer> processors, long workspaceBytes, Duration compiling) {
        this(processors, workspaceBytes, compiling, OptionalInt.empty(), Access.RAW, BLOCKS_FROM);
    }

    /**
     * The engine for tests.
     *
     * @param lanes how many floats its vectors hold, 0 for plain loops; empty for the widest there are
     * @param access how kernels reach memory
     * @param blocksFrom from how many convolutions on a network's tensors are kept in blocks of channels
     */
    JavaEngine(
            List<Integer> processors,
            long workspaceBytes,
            Duration compiling,
            OptionalInt lanes,
            Access access,
            int blocksFrom) {
        this.processors = List.copyOf(processors);
        this.workspaceBytes = workspaceBytes;
        this.compiling = compiling;
        this.lanes = lanes;
        this.access = access;
        this.blocksFrom = blocksFrom;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineStatus status() {
        VectorSupport support = VectorSupport.current();
        String vectors = lanes() > 0
                ? lanes() * Float.SIZE + "-bit vectors"
                : "plain loops, many times slower: "
                        + support.missing().orElse("vectors of " + support.bits() + " bits are too short");
        return new EngineStatus("Tally's own kernels", null, null, Map.of("vectors", vectors));
    }

    @Override
    public List<Algorithm> algorithms() {
        return Convolutions.all().stream()
                .map(algorithm -> new Algorithm(algorithm.id(), algorithm.description()))
                .toList();
    }

    @Override
    public boolean bindsThreads() {
        return true;
    }

    /** From 0.2 (EfficientNet-B0) and 0.4 (MobileNet v2) to 0.7 (GoogLeNet) on an EPYC; less where others load it. */
    @Override
    public double usualShareOfPeak() {
        return 0.35;
    }

    private int lanes() {
        int floats = lanes.orElseGet(() -> VectorSupport.current().lanes());
        return floats < FEWEST_LANES ? 0 : floats;
    }

    @Override
    public void check(Network network, Precision precision, @Nullable String algorithm)
            throws UnsupportedNetworkException {
        check(network, precision, choice(1, algorithm));
    }

    private Choice choice(int threads, @Nullable String algorithm) {
        return new Choice(lanes(), threads, workspaceBytes, blocksFrom, algorithm);
    }

    private static void check(Network network, Precision precision, Choice choice) throws UnsupportedNetworkException {
        if (network.dataType() != DataType.FLOAT32) {
            throw new UnsupportedNetworkException(
                    null,
                    "the engine java runs networks of dtype float32, got "
                            + network.dataType().id());
        }
        if (precision != Precision.FLOAT32) {
            throw new UnsupportedNetworkException(
                    null, "the engine java computes in the precision float32, got " + precision.id());
        }
        for (Input input : network.inputs()) {
            checkSize(null, "the input \"" + input.name() + "\"", network.batch(), input.shape());
        }
        Storage storage = new Storage(network.batch(), network.layout());
        for (Node node : network.nodes()) {
            checkSize(node, "the output of \"" + node.name() + "\"", network.batch(), node.shape());
            for (WeightSlot slot : node.weights()) {
                checkSize(node, "the weights \"" + slot.name() + "\" of \"" + node.name() + "\"", 1, slot.shape());
            }
            if (Geometries.has(node.layer())) {
                choice.of(node, Geometries.of(node, storage));
            } else if (!Views.shares(node, storage)) {
                Makers.of(node, storage, choice);
            }
        }
    }

    /** Elements are counted with 31 bits in places, and what is larger would take 8 GB. */
    private static void checkSize(@Nullable Node node, String what, int count, Shape shape)
            throws UnsupportedNetworkException {
        if (shape.elements() > Integer.MAX_VALUE / count) {
            throw new UnsupportedNetworkException(
                    node, what + ": expected at most 2^31-1 elements, got " + count + " × " + shape);
        }
    }

    @Override
    public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
        Choice choice = choice(assignment.threads(), assignment.algorithm());
        check(assignment.network(), assignment.precision(), choice);
        try {
            return new JavaNetwork(assignment, choice, processors, compiling, access);
        } catch (OutOfMemoryError e) {
            throw new EngineException(
                    "java: network \"" + assignment.network().name() + "\" does not fit into memory: " + e.getMessage(),
                    e);
        }
    }
}
