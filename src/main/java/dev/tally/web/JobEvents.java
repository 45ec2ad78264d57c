package dev.tally.web;

import dev.tally.job.Job;
import dev.tally.job.JobWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What becomes of a job, as server-sent events: one whenever it changes, named by its state, and a comment now and then
 * so that nobody on the way takes the connection for dead. The last event is the one of a finished state.
 */
@Component
final class JobEvents {
    private static final Logger LOGGER = LoggerFactory.getLogger(JobEvents.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Then the client connects anew, as every EventSource does by itself. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final long RECONNECT_MILLIS = 2_000;
    private static final int MOST = 1_000;

    private final JobWatch watch;
    private final Semaphore places = new Semaphore(MOST);

    JobEvents(JobWatch watch) {
        this.watch = watch;
    }

    /** {@return the events of a job} */
    SseEmitter of(String id) {
        if (!places.tryAcquire()) {
            throw RefusedException.later(
                    ProblemType.TOO_MANY_EVENTS,
                    "expected fewer than " + MOST + " connections to wait for events",
                    Duration.ofSeconds(10));
        }
        SseEmitter emitter = new SseEmitter(0L);
        // Writing may take as long as the client likes, and the thread that watches is everybody's.
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        AtomicBoolean gone = new AtomicBoolean();
        Thread.ofVirtual().name("events-of-" + id).start(() -> {
            try {
                send(events, emitter);
            } finally {
                gone.set(true);
                places.release();
            }
        });
        watch.watch(new JobWatch.Watcher(id, LONGEST) {
            @Override
            protected boolean changed(@Nullable Job job) {
                events.add(new Event(job));
                return job != null && !job.state().finished() && !gone.get();
            }

            @Override
            protected boolean looked() {
                return !gone.get();
            }

            @Override
            protected void over() {
                events.add(new Event(null));
            }
        });
        return emitter;
    }

    /** A change; the end of all where there is no job. */
    private record Event(@Nullable Job job) {}

    private static void send(LinkedBlockingQueue<Event> events, SseEmitter emitter) {
        try {
            while (true) {
                Event event = events.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (event == null) {
                    emitter.send(SseEmitter.event().comment("still here"));
                    continue;
                }
                Job job = event.job();
                if (job == null) {
                    break;
                }
                emitter.send(SseEmitter.event()
                        .name(job.state().id())
                        .reconnectTime(RECONNECT_MILLIS)
                        .data(JobDocument.head(job), MediaType.APPLICATION_JSON));
                if (job.state().finished()) {
                    break;
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            LOGGER.debug("who read events is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
