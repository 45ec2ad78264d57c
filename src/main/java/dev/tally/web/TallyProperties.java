package dev.tally.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings.
 *
 * @param bodyLimit the longest request body that is read, or line of a batch, 1 byte to below 2 GB
 * @param batch of batches
 */
@ConfigurationProperties("tally")
record TallyProperties(
        @DefaultValue("1MB") DataSize bodyLimit,
        @DefaultValue Batch batch) {
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
}
