package dev.tally.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of jobs.
 *
 * @param queue how many may wait, over all replicas; each replica counts them anew every second, so that it may be a
 *     few more
 * @param attempts how often a job is begun whose workers die at it
 * @param retention how long a finished job is kept
 */
@ConfigurationProperties("tally.jobs")
record JobProperties(
        @DefaultValue("20000") int queue,
        @DefaultValue("3") int attempts,
        @DefaultValue("30d") Duration retention) {
    private static final int MOST_QUEUED = 1_000_000;
    private static final int MOST_ATTEMPTS = 100;

    JobProperties {
        if (queue < 1 || queue > MOST_QUEUED) {
            throw new IllegalArgumentException("tally.jobs.queue: expected 1 to " + MOST_QUEUED + ", got " + queue);
        }
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "tally.jobs.attempts: expected 1 to " + MOST_ATTEMPTS + ", got " + attempts);
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("tally.jobs.retention: expected more than 0s, got " + retention);
        }
    }
}
