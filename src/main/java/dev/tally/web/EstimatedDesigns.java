package dev.tally.web;

import dev.tally.latency.Conditions;
import dev.tally.latency.LatencyEstimate;
import dev.tally.latency.LatencyEstimate.StepLatency;
import dev.tally.latency.LatencyEstimates;
import dev.tally.network.Network;
import dev.tally.planning.alternative.AlternativesPlan;
import dev.tally.planning.alternative.DesignEstimates;
import dev.tally.planning.alternative.DesignEstimates.DesignEstimate;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;

/** How long designs of layers take by what was measured before; of all layers the steps are looked up at once. */
@Component
final class EstimatedDesigns {
    private final LatencyEstimates estimates;

    EstimatedDesigns(LatencyEstimates estimates) {
        this.estimates = estimates;
    }

    /**
     * {@return what is known of the designs of each layer}
     *
     * @throws dev.tally.storage.StorageUnavailableException if the table is away
     */
    List<DesignEstimates> of(AlternativesPlan plan, EstimateRequest asked) {
        List<Network> networks = plan.layers().stream()
                .flatMap(layer -> layer.designs().stream())
                .map(design -> design.part().network())
                .toList();
        Iterator<LatencyEstimate> known = estimates
                .of(
                        networks,
                        asked.engine(),
                        asked.precisionOf(plan.network().dataType()),
                        asked.threads(),
                        asked.host())
                .iterator();
        return plan.layers().stream()
                .map(layer -> of(layer.designs().stream().map(_ -> known.next()).toList()))
                .toList();
    }

    private static DesignEstimates of(List<LatencyEstimate> designs) {
        Conditions conditions = designs.getFirst().conditions();
        return new DesignEstimates(
                conditions.engine(),
                conditions.threads(),
                conditions.precision(),
                conditions.host(),
                conditions.device(),
                designs.stream().map(EstimatedDesigns::of).toList());
    }

    private static DesignEstimate of(LatencyEstimate design) {
        return new DesignEstimate(
                design.complete() ? (Double) design.foundNanos() : null,
                design.missing().stream().map(StepLatency::name).toList());
    }
}
