package dev.tally.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import dev.tally.engine.EngineException;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What has been opened, closed together: the last first, each once, and all of them even if one fails. */
final class Resources implements AutoCloseable {
    private final Deque<Closing> opened = new ArrayDeque<>();

    /** How one is closed. */
    @FunctionalInterface
    interface Closing {
        void close() throws OrtException;
    }

    /** Adds one. */
    void add(Closing closing) {
        opened.push(closing);
    }

    /** {@return native memory that is freed with the rest, by whichever thread closes it} */
    @SuppressWarnings("MustBeClosed")
    Arena arena() {
        Arena arena = Arena.ofShared();
        add(arena::close);
        return arena;
    }

    @Override
    public void close() {
        @Nullable OrtException failed = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (OrtException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw new EngineException("ONNX Runtime does not close: " + failed.getMessage(), failed);
        }
    }
}
