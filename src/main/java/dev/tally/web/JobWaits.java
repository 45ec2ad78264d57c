package dev.tally.web;

import dev.tally.job.Job;
import dev.tally.job.JobWatch;
import dev.tally.job.Jobs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Requests that wait for their job: none of them keeps a thread meanwhile. */
@Component
final class JobWaits implements DisposableBean {
    /** The watch ends every wait; the server's own limit is there in case it does not. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Jobs jobs;
    private final JobWatch watch;

    /** Making an answer counts the network anew, which may take a while: as many at once as there are cores. */
    private final ExecutorService answering = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("answering-", 1).factory());

    JobWaits(Jobs jobs, JobWatch watch) {
        this.jobs = jobs;
        this.watch = watch;
    }

    /**
     * {@return the answer to a request, once its job is finished or its patience is over}
     *
     * @param answer makes it of the job as it is then; an exception of its is answered as a problem
     */
    DeferredResult<ResponseEntity<?>> answer(String id, Duration patience, Function<Job, ResponseEntity<?>> answer) {
        DeferredResult<ResponseEntity<?>> deferred =
                new DeferredResult<>(patience.plus(GRACE).toMillis());
        Runnable conclude = () -> answering.execute(() -> conclude(deferred, id, answer));
        if (patience.isZero()) {
            conclude(deferred, id, answer);
        } else {
            watch.watch(new JobWatch.Watcher(id, patience) {
                @Override
                protected boolean changed(@Nullable Job job) {
                    boolean waits = job != null && !job.state().finished();
                    if (!waits) {
                        conclude.run();
                    }
                    return waits;
                }

                @Override
                protected void over() {
                    conclude.run();
                }
            });
        }
        return deferred;
    }

    private void conclude(
            DeferredResult<ResponseEntity<?>> deferred, String id, Function<Job, ResponseEntity<?>> answer) {
        try {
            Optional<Job> job = jobs.find(id);
            deferred.setResult(answer.apply(job.orElseThrow(() -> JobController.unknown(id))));
        } catch (RuntimeException e) {
            deferred.setErrorResult(e);
        }
    }

    @Override
    public void destroy() {
        answering.shutdownNow();
    }
}
