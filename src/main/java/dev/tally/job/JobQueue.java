package dev.tally.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.tally.host.Host;
import dev.tally.measurement.Engines;
import dev.tally.storage.Storage;
import dev.tally.storage.StorageFailures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * Who works on which job: db-scheduler's affair. Jobs are enqueued in the transaction that stores them; a worker claims
 * one at a time, those alone that lead to it ({@link Route}). A worker that is not heard of for {@value #DEAD_AFTER}
 * heartbeats is dead, and its job goes to the next.
 */
@Component
final class JobQueue implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(JobQueue.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int DEAD_AFTER = 4;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /** A run that has begun ends first; engines are not interrupted. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);

    private static final Duration BETWEEN_PURGES = Duration.ofMinutes(10);

    /** Jobs wait for their worker as long as it takes; db-scheduler would delete them after two weeks. */
    private static final Duration NEVER = Duration.ofDays(365_000);

    private final DataSource dataSource;
    private final Storage storage;
    private final Roles roles;
    private final Engines engines;
    private final Host host;
    private final Workers workers;
    private final JobStore store;
    private final JobExecution execution;
    private final JobProperties properties;
    private final JobMeters meters;
    private final Clock clock;
    private final SchedulerClient client;
    private volatile @Nullable Scheduler scheduler;
    private volatile boolean running;

    JobQueue(
            DataSource dataSource,
            Storage storage,
            Roles roles,
            Engines engines,
            Host host,
            Workers workers,
            JobStore store,
            JobExecution execution,
            JobProperties properties,
            JobMeters meters,
            Clock clock) {
        this.dataSource = dataSource;
        this.storage = storage;
        this.roles = roles;
        this.engines = engines;
        this.host = host;
        this.workers = workers;
        this.store = store;
        this.execution = execution;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
        this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
                .jdbcCustomization(customization())
                .build();
    }

    private JdbcCustomization customization() {
        return storage.postgresql()
                ? new PostgreSqlJdbcCustomization(false, false)
                : new DefaultJdbcCustomization(false);
    }

    /** Enqueues a job, in the transaction under way. */
    void enqueue(String id, Route route, Instant now) {
        try {
            client.scheduleBatch(List.of(new TaskInstance<Void>(route.taskName(), id)), now);
        } catch (DbSchedulerException e) {
            throw StorageFailures.isUnavailable(e)
                    ? new DataAccessResourceFailureException("the job was not enqueued", e)
                    : e;
        }
    }

    /** A job was enqueued and is committed: a worker of this process need not wait for its next look. */
    void wake() {
        Scheduler here = scheduler;
        if (here != null) {
            here.triggerCheckForDueExecutions();
        }
    }

    @Override
    public void start() {
        execution.start();
        running = true;
    }

    /**
     * On a thread of its own: which engines there are takes a while to find out, and the tables may not be there yet.
     */
    @EventListener({ApplicationReadyEvent.class, ContextStartedEvent.class})
    void begin() {
        if (roles.worker()) {
            Thread.ofPlatform().daemon().name("starting-to-work").start(this::beginToWork);
        }
    }

    private void beginToWork() {
        try {
            while (running && !storage.ready()) {
                Thread.sleep(POLL);
            }
            List<String> available = engines.all().stream()
                    .filter(engine -> engine.status().available())
                    .map(engine -> engine.id())
                    .toList();
            synchronized (this) {
                if (running) {
                    Scheduler built = scheduler(available);
                    built.start();
                    scheduler = built;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.error("this worker does not work", e);
        }
    }

    private Scheduler scheduler(List<String> available) {
        List<Task<?>> tasks = new ArrayList<>();
        for (Route route : Route.to(available, host.fingerprint())) {
            tasks.add(Tasks.custom(route.taskName(), Void.class)
                    .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
                    .onDeadExecution((dead, operations) -> {
                        LOGGER.warn(
                                "worker {} is not heard of any more: its job {} goes to the next",
                                dead.getExecution().pickedBy,
                                dead.getExecution().getId());
                        backToItsPlace(dead, operations);
                    })
                    .execute((instance, _) -> run(instance.getId())));
        }
        return Scheduler.create(dataSource, tasks)
                .startTasks(
                        Tasks.recurring("purge", FixedDelay.of(BETWEEN_PURGES)).execute((_, _) -> purge()))
                .addSchedulerListener(new QueueErrors(meters))
                .schedulerName(new SchedulerName.Fixed(workers.id()))
                .jdbcCustomization(customization())
                // One: what measures is alone on its machine. A platform thread, which can be pinned to a core.
                .threads(1)
                .executorService(Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("measuring").factory()))
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(DEAD_AFTER)
                .deleteUnresolvedAfter(NEVER)
                .shutdownMaxWait(SHUTDOWN)
                .build();
    }

    private CompletionHandler<Void> run(String id) {
        return switch (execution.run(id)) {
            case LEAVES -> (_, operations) -> unlessTakenOver(operations::stop);
            case STAYS -> (complete, operations) -> unlessTakenOver(() -> backToItsPlace(complete, operations));
        };
    }

    /** Of a worker that was cut off and is back: the job's place is the next worker's by now, or was removed by it. */
    private static void unlessTakenOver(Runnable change) {
        try {
            change.run();
        } catch (ExecutionException e) {
            LOGGER.debug("a place in the queue is another's by now", e);
        }
    }

    /** Whoever waited longest is still the first. */
    private static void backToItsPlace(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getExecution().executionTime);
    }

    private void purge() {
        int purged = store.purge(clock.instant().minus(properties.retention()));
        if (purged > 0) {
            LOGGER.info("{} jobs that ended more than {} ago are deleted", purged, properties.retention());
        }
    }

    @Override
    public void stop() {
        Scheduler here;
        synchronized (this) {
            running = false;
            here = scheduler;
        }
        execution.stop();
        if (here != null) {
            here.stop();
        }
    }

    /** After those who wait for jobs were told, before the server waits for its requests. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
