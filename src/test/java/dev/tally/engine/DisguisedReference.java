package dev.tally.engine;

import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.network.Network;
import dev.tally.network.Source;
import dev.tally.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reference under another name: a test changes what it is about. */
public class DisguisedReference implements Engine {
    private final ReferenceEngine engine = new ReferenceEngine();
    private final String id;

    public DisguisedReference(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public EngineStatus status() {
        return engine.status();
    }

    @Override
    public double usualShareOfPeak() {
        return engine.usualShareOfPeak();
    }

    @Override
    public void check(Network network, Precision precision, @Nullable String algorithm)
            throws UnsupportedNetworkException {
        engine.check(network, precision);
    }

    @Override
    public PreparedNetwork prepare(Assignment assignment) throws UnsupportedNetworkException {
        return engine.prepare(assignment);
    }

    /** What it prepared, of which a test changes what it is about. */
    public static class Prepared implements PreparedNetwork {
        private final PreparedNetwork prepared;

        public Prepared(PreparedNetwork prepared) {
            this.prepared = prepared;
        }

        @Override
        public String kernel() {
            return prepared.kernel();
        }

        @Override
        public long savedFlops() {
            return prepared.savedFlops();
        }

        @Override
        public void run() {
            prepared.run();
        }

        @Override
        public Map<Source, Tensor> read(Collection<? extends Source> sources, Arena arena) {
            return prepared.read(sources, arena);
        }

        @Override
        public void close() {
            prepared.close();
        }
    }
}
