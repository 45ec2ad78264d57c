package dev.tally.web;

import dev.tally.engine.onnxruntime.Optimization;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings.
 *
 * @param bodyLimit the longest request body that is read, or line of a batch, 1 byte to below 2 GB
 * @param batch of batches
 * @param sweeps of sweeps
 * @param models of models that are sent
 * @param onnxruntime of the engine ONNX Runtime
 */
@ConfigurationProperties("tally")
record TallyProperties(
        @DefaultValue("1MB") DataSize bodyLimit,
        @DefaultValue Batch batch,
        @DefaultValue Sweeps sweeps,
        @DefaultValue Models models,
        @DefaultValue Onnxruntime onnxruntime) {
    TallyProperties {
        if (bodyLimit.toBytes() < 1 || bodyLimit.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("tally.body-limit: expected 1B to below 2GB, got " + bodyLimit);
        }
    }

    /**
     * The settings of batches.
     *
     * @param threads how many threads count, for all batches together; by default one fewer than there are cores, but
     *     two on two cores: the scheduler lets single requests in between them, and one alone would idle with the core
     * @param atOnce how many batches are answered at once
     */
    record Batch(
            @Nullable Integer threads, @DefaultValue("64") int atOnce) {
        private static final int MOST = 10_000;

        Batch {
            if (threads != null) {
                requireWithin("tally.batch.threads", threads);
            }
            requireWithin("tally.batch.at-once", atOnce);
        }

        int threadCount() {
            return threads == null ? byDefault(Runtime.getRuntime().availableProcessors()) : threads;
        }

        static int byDefault(int cores) {
            return cores <= 2 ? cores : cores - 1;
        }

        private static void requireWithin(String setting, int value) {
            if (value < 1 || value > MOST) {
                throw new IllegalArgumentException(setting + ": expected 1 to " + MOST + ", got " + value);
            }
        }
    }

    /**
     * The settings of sweeps.
     *
     * @param candidates the most candidates of one
     * @param atOnce how many are answered at once, each by a thread of the server's
     */
    record Sweeps(
            @DefaultValue("1000000") long candidates,
            @DefaultValue("16") int atOnce) {
        private static final long MOST_CANDIDATES = 1_000_000_000_000L;
        private static final int MOST = 100;

        Sweeps {
            if (candidates < 1 || candidates > MOST_CANDIDATES) {
                throw new IllegalArgumentException(
                        "tally.sweeps.candidates: expected 1 to " + MOST_CANDIDATES + ", got " + candidates);
            }
            if (atOnce < 1 || atOnce > MOST) {
                throw new IllegalArgumentException("tally.sweeps.at-once: expected 1 to " + MOST + ", got " + atOnce);
            }
        }
    }

    /**
     * The settings of ONNX models that are sent.
     *
     * @param weights the most that the weights of one may take
     * @param atOnce how many are sent at once, each by a thread of the server's
     */
    record Models(
            @DefaultValue("2GB") DataSize weights,
            @DefaultValue("16") int atOnce) {
        private static final int MOST = 100;

        Models {
            if (weights.toBytes() < 1) {
                throw new IllegalArgumentException("tally.models.weights: expected at least 1B, got " + weights);
            }
            if (atOnce < 1 || atOnce > MOST) {
                throw new IllegalArgumentException("tally.models.at-once: expected 1 to " + MOST + ", got " + atOnce);
            }
        }
    }

    /**
     * The settings of the engine ONNX Runtime.
     *
     * @param nativePath a folder with a build of its native libraries to use in place of the one that Tally was built
     *     with, of the same version
     * @param optimization how far it rewrites graphs before it runs them: none, basic, extended or all, which is what
     *     it does where nobody chooses
     */
    record Onnxruntime(
            @Nullable Path nativePath, @DefaultValue("all") Optimization optimization) {}
}
