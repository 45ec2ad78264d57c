package dev.tally.measurement;

import dev.tally.engine.Assignment;
import dev.tally.engine.Engine;
import dev.tally.engine.PreparedNetwork;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.OptionalLong;

/** A network made ready on an engine and run for the first time, with what that took. */
final class Candidate implements Sampling.Contender, AutoCloseable {
    private final Engine engine;
    private final Assignment assignment;
    private final PreparedNetwork prepared;
    private final String kernel;
    private final long savedFlops;
    private final long prepareNanos;
    private final long coldNanos;

    Candidate(Engine engine, Assignment assignment) throws UnsupportedNetworkException {
        this.engine = engine;
        this.assignment = assignment;
        long start = System.nanoTime();
        this.prepared = engine.prepare(assignment);
        long ready = System.nanoTime();
        this.prepareNanos = ready - start;
        try {
            prepared.run();
            this.coldNanos = System.nanoTime() - ready;
            this.kernel = prepared.kernel();
            this.savedFlops = prepared.savedFlops();
        } catch (RuntimeException | Error e) {
            prepared.close();
            throw e;
        }
    }

    @Override
    public void run() {
        prepared.run();
    }

    @Override
    public void park() {
        prepared.park();
    }

    Engine engine() {
        return engine;
    }

    Assignment assignment() {
        return assignment;
    }

    PreparedNetwork prepared() {
        return prepared;
    }

    Map<Source, Tensor> outputs(Arena arena) {
        return prepared.read(assignment.network().outputs(), arena);
    }

    Figures figures(Samples samples, long baseline, OptionalLong deviceNanos, double error) {
        return new Figures(
                kernel,
                savedFlops,
                samples.timing(baseline),
                prepareNanos,
                coldNanos,
                deviceNanos,
                samples.disturbance(baseline),
                error);
    }

    @Override
    public void close() {
        prepared.close();
    }
}
