package dev.tally.planning.alternative;

import dev.tally.planning.MeasuredAnalysis;
import dev.tally.planning.Ratio;
import dev.tally.planning.comparison.Times;
import dev.tally.planning.comparison.Times.NetworkTimes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The designs of a layer, and what is known of their times. Lists have the layer as it is first, then its alternatives
 * in order.
 */
public final class TimedDesigns {
    private final LayerAlternatives layer;
    private final List<@Nullable MeasuredAnalysis> measured;
    private final List<@Nullable String> notMeasured;
    private final @Nullable DesignEstimates estimates;
    private final List<Times> times;

    /**
     * Designs and their times.
     *
     * @param measured what was measured of each, an alternative in turns with the layer as it is; null where nothing
     *     was
     * @param notMeasured why nothing was; null where something was, or was not to be
     * @param estimates what is known of them from before; null where that is not asked for
     */
    public TimedDesigns(
            LayerAlternatives layer,
            List<@Nullable MeasuredAnalysis> measured,
            List<@Nullable String> notMeasured,
            @Nullable DesignEstimates estimates) {
        this.layer = layer;
        this.measured = Collections.unmodifiableList(new ArrayList<>(measured));
        this.notMeasured = Collections.unmodifiableList(new ArrayList<>(notMeasured));
        this.estimates = estimates;
        List<Times> all = new ArrayList<>(Times.measured(measured));
        if (estimates != null) {
            all.add(estimates.times());
        }
        this.times = List.copyOf(all);
    }

    /** {@return the designs of a layer of which no times are asked for} */
    public static TimedDesigns untimed(LayerAlternatives layer) {
        List<@Nullable MeasuredAnalysis> measured =
                Collections.nCopies(1 + layer.alternatives().size(), null);
        List<@Nullable String> notMeasured =
                Collections.nCopies(1 + layer.alternatives().size(), null);
        return new TimedDesigns(layer, measured, notMeasured, null);
    }

    public LayerAlternatives layer() {
        return layer;
    }

    public List<@Nullable MeasuredAnalysis> measured() {
        return measured;
    }

    public List<@Nullable String> notMeasured() {
        return notMeasured;
    }

    public @Nullable DesignEstimates estimates() {
        return estimates;
    }

    /** {@return the times on each engine that measured, in the order of the request, then those from before} */
    public List<Times> times() {
        return times;
    }

    /** {@return the first of the times, if they are known of every design: those that the fronts go by} */
    public @Nullable Times timesOfAll() {
        boolean known = !times.isEmpty()
                && times.getFirst().networks().stream().allMatch(one -> one != null && one.nanos() != null);
        return known ? times.getFirst() : null;
    }

    /**
     * {@return the time of every design; empty where that of one is not known} By the ratios of stretches in turns with
     * the layer as it is: a host that slows down between two designs does not change their order.
     */
    List<Double> nanosOfAll() {
        Times all = timesOfAll();
        List<Double> nanos = new ArrayList<>();
        for (NetworkTimes one : all == null ? List.<@Nullable NetworkTimes>of() : all.networks()) {
            Double own = one == null ? null : one.nanos();
            if (one != null && own != null) {
                nanos.add(one.ratio() == null || nanos.isEmpty() ? own : (Double) (nanos.getFirst() / one.ratio()));
            }
        }
        return nanos;
    }

    /**
     * {@return how many times less a design takes than the layer as it is; null for that, and where it is not known}
     *
     * @param times some of these times
     * @param design the design's number, 0 for the layer as it is
     */
    public @Nullable Double timeRatio(Times times, int design) {
        NetworkTimes known = times.networks().get(design);
        return known == null ? null : known.ratio();
    }

    /** {@return the time of a design in nanoseconds, by itself; null where it is not known} */
    public @Nullable Double nanos(Times times, int design) {
        NetworkTimes known = times.networks().get(design);
        return known == null ? null : known.nanos();
    }

    /** {@return how much of a design's ratio in multiplies is left in time; null where either ratio is not known} */
    public @Nullable Double shareOfRatioLeft(Times times, int design) {
        Double time = timeRatio(times, design);
        Double multiplies = design == 0
                ? null
                : Ratio.of(
                        layer.original().figures().multiplies(),
                        layer.alternatives().get(design - 1).part().figures().multiplies());
        return time == null || multiplies == null ? null : time / multiplies;
    }
}
