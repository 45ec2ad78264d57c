package dev.tally.job;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, now and then, that db-scheduler could not do what it does over and over. It would say so itself with a stack
 * trace several times a second while the database is away; those of its loggers are off by default.
 */
final class QueueErrors extends AbstractSchedulerListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueErrors.class);
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private final JobMeters meters;

    /** Guarded by this. */
    private long next = System.nanoTime();

    QueueErrors(JobMeters meters) {
        this.meters = meters;
    }

    @Override
    public synchronized void onSchedulerEvent(SchedulerEventType type) {
        if (type == SchedulerEventType.UNEXPECTED_ERROR) {
            meters.queueFailed();
            if (System.nanoTime() - next >= 0) {
                next = System.nanoTime() + EVERY;
                LOGGER.warn("the queue could not be looked at, as it is while the database is away; the loggers"
                        + " com.github.kagkarlsson.scheduler.RunUntilShutdown and .RunAndLogErrors at ERROR say why");
            }
        }
    }
}
