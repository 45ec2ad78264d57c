package dev.tally.job;

import dev.tally.host.Bandwidth;
import dev.tally.host.Host;
import dev.tally.host.Peak;
import dev.tally.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What this host was measured to reach, and whatever else is measured without a job: it waits for the processor like a
 * job, and runs on a platform thread of its own, so that a pinned core is nobody else's affair.
 */
@Component
public final class HostFigures {
    private static final Logger LOGGER = LoggerFactory.getLogger(HostFigures.class);

    private final Host host;
    private final Roles roles;
    private final Devices devices;
    private final Workers workers;
    private final Storage storage;

    HostFigures(Host host, Roles roles, Devices devices, Workers workers, Storage storage) {
        this.host = host;
        this.roles = roles;
        this.devices = devices;
        this.workers = workers;
        this.storage = storage;
    }

    /**
     * {@return the peaks of one thread and of all cores} Measured if they were not before and this process measures,
     * which takes about half a second.
     *
     * @param patience how long to wait for the processor
     * @return null where they are not known: others measure, or this process does not
     */
    public @Nullable List<Peak> peaks(Duration patience) {
        List<Peak> peaks = new ArrayList<>();
        int cores = host.description().cores();
        for (int threads : cores == 1 ? List.of(1) : List.of(1, cores)) {
            Optional<Peak> known = host.measuredPeak(threads);
            Peak peak = known.isPresent() ? known.get() : alone(() -> host.peak(threads), patience);
            if (peak == null) {
                return null;
            }
            peaks.add(peak);
        }
        return peaks;
    }

    /** {@return the bandwidths of the host's memory} As {@link #peaks}. */
    public @Nullable List<Bandwidth> bandwidths(Duration patience) {
        Optional<List<Bandwidth>> known = host.measuredBandwidth();
        return known.isPresent() ? known.get() : alone(host::bandwidth, patience);
    }

    /** {@return what is measured while nobody else measures on this processor; null where others do for too long} */
    <T> @Nullable T alone(Callable<T> measurement, Duration patience) {
        if (!roles.worker() || !storage.ready()) {
            return null;
        }
        List<String> processor = List.of(DeviceIds.processor());
        String holder = workers.id() + "/" + UUID.randomUUID();
        long end = System.nanoTime() + patience.toNanos();
        try {
            try {
                if (!devices.await(processor, holder, () -> System.nanoTime() - end < 0)) {
                    return null;
                }
                FutureTask<T> task = new FutureTask<>(measurement);
                Thread.ofPlatform().daemon().name("measuring-the-host").start(task);
                return task.get();
            } finally {
                devices.release(holder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | RuntimeException e) {
            LOGGER.debug("not measured", e);
            return null;
        }
    }
}
