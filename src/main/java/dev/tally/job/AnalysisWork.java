package dev.tally.job;

import dev.tally.analysis.CountOverflowException;
import dev.tally.description.DescriptionError;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.Pointer;
import dev.tally.engine.Engine;
import dev.tally.engine.EngineException;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.host.Host;
import dev.tally.latency.LatencyTable;
import dev.tally.measurement.Estimate;
import dev.tally.measurement.MeasurementPlan;
import dev.tally.measurement.Measurements;
import dev.tally.measurement.Measurer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Measuring one network: what {@code POST /v1/analyses} with {@code "measure"} becomes. */
@Component
public final class AnalysisWork implements Work {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnalysisWork.class);
    private static final String KIND = "analysis";
    private static final Pointer ENGINES =
            Pointer.ROOT.at(MeasureReader.MEASURE).at("engines");

    private final Installation installation;
    private final MeasureReader reader;
    private final Host host;
    private final MeasurementProperties properties;
    private final LatencyTable latencies;
    private final Clock clock;

    AnalysisWork(
            Installation installation,
            Host host,
            MeasurementProperties properties,
            LatencyTable latencies,
            Clock clock) {
        this.installation = installation;
        this.reader = new MeasureReader(installation);
        this.host = host;
        this.properties = properties;
        this.latencies = latencies;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * {@return the job that a request becomes}
     *
     * @param request the document, which was read as the network
     * @throws FailedException if it can be said already that it will not be measured
     * @throws NoWorkerException if nobody measures just now
     */
    public Submission submission(JsonNode request, MeasuredNetwork network, @Nullable String idempotencyKey) {
        if (!installation.hasWorkers()) {
            throw new NoWorkerException();
        }
        MeasureRequest asked = network.asked();
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
        Feasibility feasibility = new Feasibility(network);
        MeasurementPlan plan = feasibility.plan(threads == null ? first.cores() : threads);
        Double peak = first.peakFlops().get(plan.threads());
        // Where it is not known yet, the worker finds it before it measures, and checks the time then.
        Estimate _ = feasibility.require(
                plan, peak == null ? Double.MAX_VALUE : peak, first.memoryBytes(), properties.longest());
        return new Submission(KIND, request, new Route(ids, host(asked, threads, ids, first)), idempotencyKey);
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

    /** The processor always: it also feeds a GPU, and checks what that computes. */
    @Override
    public List<String> devices(JsonNode request) {
        return DeviceIds.of(read(request).asked().engines());
    }

    private MeasuredNetwork read(JsonNode request) {
        try {
            return MeasuredNetwork.of(request, reader);
        } catch (InvalidDescriptionException e) {
            throw new FailedException(new Failure(
                    Failure.Kind.INVALID_NETWORK, e.errors().getFirst().detail(), e.errors()));
        } catch (CountOverflowException e) {
            throw new FailedException(Failure.of(Failure.Kind.INVALID_NETWORK, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Outcome run(JsonNode request, Run run) {
        MeasuredNetwork network = read(request);
        Integer threads = network.asked().threads();
        Feasibility feasibility = new Feasibility(network);
        MeasurementPlan plan =
                feasibility.plan(threads == null ? host.description().cores() : threads);
        Estimate estimate = feasibility.require(
                plan,
                host.peak(plan.threads()).flopsPerSecond(),
                properties.memoryOf(host.description().memoryBytes()).toBytes(),
                properties.longest());
        long begin = System.nanoTime();
        run.progress(new Progress(0, Measurer.parts(plan), seconds(estimate.time())), null);
        try {
            Measurements measurements = Measurer.measure(
                    plan, run.deadline(), (done, of, soFar) -> tell(run, plan, estimate, begin, done, of, soFar));
            LOGGER.debug("measured in {} ms, estimated {}", (System.nanoTime() - begin) / 1_000_000, estimate.time());
            return new Outcome(
                    write(plan, measurements),
                    () -> latencies.record(plan.network(), host.fingerprint(), measurements, clock.instant()));
        } catch (UnsupportedNetworkException e) {
            throw feasibility.unsupported(e);
        } catch (EngineException e) {
            throw new FailedException(Failure.of(Failure.Kind.ENGINE_FAILED, String.valueOf(e.getMessage())), e);
        }
    }

    private String write(MeasurementPlan plan, Measurements measurements) {
        return StoredResult.write(host.fingerprint(), host.peak(plan.threads()).flopsPerSecond(), measurements);
    }

    private void tell(
            Run run,
            MeasurementPlan plan,
            Estimate estimate,
            long begin,
            int done,
            int of,
            Supplier<Measurements> soFar) {
        Measurements now = soFar.get();
        double elapsed = (System.nanoTime() - begin) / 1e9;
        double left = Math.max(0, seconds(estimate.time()) - elapsed);
        // By what is done already, once that says more than the estimate.
        double byPace = elapsed * (of - done) / done;
        run.progress(new Progress(done, of, done == of ? 0 : Math.min(left, byPace)), () -> write(plan, now));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
