package dev.tally.job;

import dev.tally.engine.EngineException;
import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.host.Host;
import dev.tally.job.Feasibility.Planned;
import dev.tally.job.StoredResults.StoredNetwork;
import dev.tally.measurement.MeasurementPlan;
import dev.tally.measurement.Measurements;
import dev.tally.measurement.Measurer;
import dev.tally.measurement.NetworkMeasurements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The measurements of one run of a job, one network after the other. One that an engine cannot run is left out with its
 * reason, as long as there are others.
 */
final class Series {
    private static final Logger LOGGER = LoggerFactory.getLogger(Series.class);

    private final List<Planned> networks;
    private final Feasibility feasibility;
    private final Run run;
    private final Host host;
    private final Function<StoredResults, String> writer;
    private final Duration estimate;
    private final int parts;
    private final long begin = System.nanoTime();
    private final List<Found> found = new ArrayList<>();

    /** The parts of the networks before the one that is measured now. */
    private int partsBefore;

    /** What came of a network: measurements, or why there are none. */
    private record Found(
            MeasurementPlan plan,
            @Nullable Measurements measurements,
            @Nullable Failure failure) {}

    /** @param writer writes what was found, as the kind of the job stores it */
    Series(
            List<Planned> networks,
            Feasibility feasibility,
            Run run,
            Host host,
            Function<StoredResults, String> writer) {
        this.networks = networks;
        this.feasibility = feasibility;
        this.run = run;
        this.host = host;
        this.writer = writer;
        this.estimate = Feasibility.time(networks);
        this.parts = networks.stream()
                .filter(planned -> planned.unsupported() == null)
                .mapToInt(planned -> Measurer.parts(planned.plan()))
                .sum();
    }

    /**
     * {@return what was measured of those networks that could be}
     *
     * @throws FailedException if none could be, or an engine failed
     * @throws dev.tally.measurement.MeasurementTimeoutException if the run's deadline passed, or it was cancelled
     */
    List<NetworkMeasurements> measure() {
        run.progress(new Progress(0, parts, seconds(estimate)), null);
        for (Planned planned : networks) {
            found.add(found(planned));
        }
        LOGGER.debug("measured in {} ms, estimated {}", (System.nanoTime() - begin) / 1_000_000, estimate);
        List<NetworkMeasurements> measured = new ArrayList<>();
        for (Found one : found) {
            if (one.measurements() != null) {
                measured.add(new NetworkMeasurements(one.plan().network(), one.measurements()));
            }
        }
        if (measured.isEmpty() && found.getFirst().failure() != null) {
            throw found.getFirst().failure().exception();
        }
        return measured;
    }

    /** {@return what was found, as it is stored} */
    String result() {
        return write(found);
    }

    private Found found(Planned planned) {
        MeasurementPlan plan = planned.plan();
        if (planned.unsupported() != null) {
            return new Found(plan, null, planned.unsupported());
        }
        try {
            Measurements measurements =
                    Measurer.measure(plan, run.deadline(), (done, _, soFar) -> tell(plan, partsBefore + done, soFar));
            return new Found(plan, measurements, null);
        } catch (UnsupportedNetworkException e) {
            return new Found(plan, null, feasibility.unsupported(e, planned.network()));
        } catch (EngineException e) {
            throw new FailedException(Failure.of(Failure.Kind.ENGINE_FAILED, String.valueOf(e.getMessage())), e);
        } finally {
            partsBefore += Measurer.parts(plan);
        }
    }

    private void tell(MeasurementPlan plan, int done, Supplier<Measurements> soFar) {
        List<Found> now = new ArrayList<>(found);
        now.add(new Found(plan, soFar.get(), null));
        double elapsed = (System.nanoTime() - begin) / 1e9;
        double left = Math.max(0, seconds(estimate) - elapsed);
        // By what is done already, once that says more than the estimate.
        double byPace = elapsed * (parts - done) / done;
        run.progress(new Progress(done, parts, done == parts ? 0 : Math.min(left, byPace)), () -> write(now));
    }

    private String write(List<Found> results) {
        return writer.apply(new StoredResults(results.stream().map(this::stored).toList()));
    }

    private StoredNetwork stored(Found one) {
        Measurements measurements = one.measurements();
        return new StoredNetwork(
                one.plan().network().hash(),
                measurements == null
                        ? null
                        : StoredResult.of(
                                host.fingerprint(),
                                host.peak(one.plan().threads()).flopsPerSecond(),
                                measurements),
                one.failure());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
