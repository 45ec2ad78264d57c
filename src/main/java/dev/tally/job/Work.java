package dev.tally.job;

import dev.tally.analysis.CountOverflowException;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.host.Host;
import dev.tally.latency.LatencyTable;
import dev.tally.measurement.NetworkMeasurements;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What is done for a job: the networks that its kind finds in its request are measured. */
@Component
final class Work {
    private final Map<String, JobKind> kinds;
    private final MeasureReader reader;
    private final Host host;
    private final MeasurementProperties properties;
    private final LatencyTable latencies;
    private final Clock clock;

    Work(
            List<JobKind> kinds,
            Installation installation,
            Host host,
            MeasurementProperties properties,
            LatencyTable latencies,
            Clock clock) {
        this.kinds = kinds.stream().collect(Collectors.toMap(JobKind::id, Function.identity()));
        this.reader = new MeasureReader(installation);
        this.host = host;
        this.properties = properties;
        this.latencies = latencies;
        this.clock = clock;
    }

    /** {@return whether this version can do jobs of a kind} */
    boolean knows(String kind) {
        return kinds.containsKey(kind);
    }

    /**
     * {@return the devices that a job needs for itself while it runs} The processor always: it also feeds a GPU, and
     * checks what that computes.
     *
     * @throws FailedException if its request cannot be read any more
     */
    List<String> devices(String kind, JsonNode request) {
        return DeviceIds.of(read(kind(kind), request).asked().engines());
    }

    /**
     * Measures, on the calling thread, which has the devices.
     *
     * @param request what was asked for
     * @param run is told how far it is, and says when to stop
     * @return what was found
     * @throws FailedException if it cannot be done
     * @throws dev.tally.measurement.MeasurementTimeoutException if the run's deadline passed, or it was cancelled
     */
    Outcome run(String kind, JsonNode request, Run run) {
        JobKind of = kind(kind);
        MeasuredNetworks networks = read(of, request);
        Integer asked = networks.asked().threads();
        int threads = asked == null ? host.description().cores() : asked;
        double peakFlops = host.peak(threads).flopsPerSecond();
        Feasibility feasibility = new Feasibility(networks, threads);
        List<Feasibility.Planned> planned = feasibility.require(
                peakFlops, properties.memoryOf(host.description().memoryBytes()).toBytes(), properties.longest());
        Series series = new Series(planned, feasibility, run, host, of::write);
        List<NetworkMeasurements> measured = series.measure();
        return new Outcome(series.result(), () -> latencies.record(measured, host.fingerprint(), clock.instant()));
    }

    /**
     * What was found.
     *
     * @param result to be stored, as the JSON of its kind
     * @param record stores what others want to know of it, in the transaction in which the result is stored
     */
    record Outcome(String result, Runnable record) {}

    private JobKind kind(String id) {
        return Objects.requireNonNull(kinds.get(id), "asked for by knows()");
    }

    private MeasuredNetworks read(JobKind kind, JsonNode request) {
        try {
            return kind.read(request, reader);
        } catch (InvalidDescriptionException e) {
            throw new FailedException(new Failure(
                    Failure.Kind.INVALID_NETWORK, e.errors().getFirst().detail(), e.errors()));
        } catch (CountOverflowException e) {
            throw new FailedException(Failure.of(Failure.Kind.INVALID_NETWORK, String.valueOf(e.getMessage())));
        }
    }
}
