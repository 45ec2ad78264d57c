package dev.tally.job;

import dev.tally.description.DescriptionError;
import dev.tally.description.Pointer;
import dev.tally.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** From what is to be measured to the job that it becomes, if there is somebody who can do it. */
@Component
public final class Submissions {
    private static final Pointer ENGINES =
            Pointer.ROOT.at(MeasureReader.MEASURE).at("engines");

    private final Installation installation;
    private final MeasurementProperties properties;

    Submissions(Installation installation, MeasurementProperties properties) {
        this.installation = installation;
        this.properties = properties;
    }

    /**
     * {@return the job that a request becomes}
     *
     * @param kind the kind of the job, which reads the same networks of the same request
     * @param request the document, which was read as the networks
     * @throws FailedException if it can be said already that they will not be measured
     * @throws NoWorkerException if nobody measures just now
     */
    public Submission of(String kind, JsonNode request, MeasuredNetworks networks, @Nullable String idempotencyKey) {
        if (!installation.hasWorkers()) {
            throw new NoWorkerException();
        }
        MeasureRequest asked = networks.asked();
        List<String> ids = asked.engines().stream().map(Engine::id).toList();
        requireAvailable(ids);
        Integer threads = asked.threads();
        List<Announcement> able = installation.workers(ids, asked.host(), threads == null ? 1 : threads);
        if (able.isEmpty()) {
            throw new FailedException(Failure.at(
                    Failure.Kind.ENGINE_UNAVAILABLE,
                    "expected a worker with " + String.join(" and ", ids)
                            + (asked.host().equals(Route.ANY) ? "" : " on the host " + asked.host())
                            + (threads == null ? "" : " and " + threads + " cores") + ", and none is known",
                    ENGINES.toString()));
        }
        Announcement first = able.getFirst();
        int used = threads == null ? first.cores() : threads;
        Double peak = first.peakFlops().get(used);
        // Where it is not known yet, the worker finds it before it measures, and checks the time then.
        List<Feasibility.Planned> _ = new Feasibility(networks, used)
                .require(peak == null ? Double.MAX_VALUE : peak, first.memoryBytes(), properties.longest());
        return new Submission(kind, request, new Route(ids, host(asked, threads, ids, first)), idempotencyKey);
    }

    private void requireAvailable(List<String> ids) {
        List<DescriptionError> unavailable = new ArrayList<>();
        for (String id : ids) {
            String reason = installation.unavailable(id);
            if (reason != null) {
                unavailable.add(new DescriptionError(id + " is not available here: " + reason, ENGINES.toString(), ""));
            }
        }
        if (!unavailable.isEmpty()) {
            throw new FailedException(new Failure(
                    Failure.Kind.ENGINE_UNAVAILABLE, unavailable.getFirst().detail(), unavailable));
        }
    }

    /** Any host will do unless some of those with the engines have too few cores. */
    private String host(MeasureRequest asked, @Nullable Integer threads, List<String> ids, Announcement first) {
        boolean fewerCores = threads != null
                && installation.workers(ids, asked.host(), 1).stream().anyMatch(worker -> worker.cores() < threads);
        return fewerCores ? first.host() : asked.host();
    }
}
