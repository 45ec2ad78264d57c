package dev.tally.planning.sweep;

import dev.tally.network.LayerKey;
import dev.tally.network.LayerWork;
import dev.tally.network.LearnedTensor;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import dev.tally.network.Subnetworks;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The steps of a sweep's candidates and what is known of their times. Candidates share most of their steps: each
 * distinct one is looked up once.
 */
public final class KnownSteps {
    /** The most distinct steps that are remembered; beyond them the oldest knowledge is looked up anew. */
    private static final int MOST_REMEMBERED = 100_000;

    /** The most steps that are named as missing. */
    private static final int MOST_MISSING = 1_000;

    private static final Double MISSING = Double.NaN;

    private final StepTimes table;

    /** In nanoseconds. */
    private final Map<Work, Double> remembered = new ConcurrentHashMap<>();

    private final Map<LayerKey, Missing> missing = new LinkedHashMap<>();
    private boolean moreMissing;

    KnownSteps(StepTimes table) {
        this.table = table;
    }

    /**
     * What a step does: cheap to make and to compare, where its {@link LayerKey} is a text. Two steps of one key may
     * differ in this, such as by a padding that is written otherwise; then the key is looked up twice.
     *
     * @param layers what its layers do, on inputs of which shapes
     * @param from for each input the first place at which the same tensor is taken; below 0 for a learned one
     */
    private record Work(List<LayerWork> layers, List<Integer> from, int batch) {
        private static final List<Integer> ONE_INPUT = List.of(0);

        static Work of(List<Node> step, Network network) {
            return new Work(works(step), places(step.getFirst().from()), network.batch());
        }

        private static List<LayerWork> works(List<Node> step) {
            return step.size() == 1
                    ? List.of(step.getFirst().work())
                    : step.stream().map(Node::work).toList();
        }

        private static List<Integer> places(List<Source> from) {
            return from.size() == 1 && !isLearned(from.getFirst())
                    ? ONE_INPUT
                    : from.stream()
                            .map(source -> isLearned(source) ? -1 - from.indexOf(source) : from.indexOf(source))
                            .toList();
        }

        private static boolean isLearned(Source source) {
            return source instanceof Node node && node.layer() instanceof LearnedTensor;
        }
    }

    /** A step on its way to be looked up. */
    private record Wanted(LayerKey key, Missing at) {}

    /**
     * Where a step is found.
     *
     * @param parameters the values of the parameters of a candidate that has it
     * @param layer the name of its first layer there
     */
    public record Missing(Map<String, Long> parameters, String layer) {}

    /** {@return the time of each candidate} */
    List<Time> times(List<Counted> candidates) {
        List<List<Work>> works = new ArrayList<>(candidates.size());
        Map<Work, Double> nanos = new HashMap<>();
        Map<Work, Wanted> wanted = new HashMap<>();
        for (Counted candidate : candidates) {
            Network network = candidate.network();
            List<Work> ofNetwork = new ArrayList<>();
            for (List<Node> step : Subnetworks.steps(network)) {
                Work work = Work.of(step, network);
                ofNetwork.add(work);
                Double before = remembered.get(work);
                if (before != null) {
                    nanos.put(work, before);
                } else {
                    wanted.computeIfAbsent(work, _ -> wanted(step, candidate));
                }
            }
            works.add(ofNetwork);
        }
        if (!wanted.isEmpty()) {
            nanos.putAll(lookUp(wanted));
        }
        return works.stream().map(steps -> time(steps, nanos)).toList();
    }

    private static Wanted wanted(List<Node> step, Counted candidate) {
        return new Wanted(
                LayerKey.of(step, candidate.network()),
                new Missing(candidate.parameters(), step.getFirst().name()));
    }

    private Map<Work, Double> lookUp(Map<Work, Wanted> wanted) {
        Map<LayerKey, Double> found =
                table.find(wanted.values().stream().map(Wanted::key).collect(Collectors.toSet()));
        Map<Work, Double> nanos = new HashMap<>();
        wanted.forEach((work, step) -> {
            Double known = found.get(step.key());
            nanos.put(work, known == null ? MISSING : known);
            if (known == null) {
                miss(step);
            }
        });
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.putAll(nanos);
        return nanos;
    }

    private void miss(Wanted step) {
        synchronized (missing) {
            if (missing.containsKey(step.key())) {
                return;
            }
            if (missing.size() == MOST_MISSING) {
                moreMissing = true;
            } else {
                missing.put(step.key(), step.at());
            }
        }
    }

    private static Time time(List<Work> steps, Map<Work, Double> nanos) {
        double sum = 0;
        int unknown = 0;
        for (Work step : steps) {
            double known = nanos.getOrDefault(step, MISSING);
            if (Double.isNaN(known)) {
                unknown++;
            } else {
                sum += known;
            }
        }
        return new Time(sum, unknown);
    }

    /** {@return the distinct steps so far that were not measured, by their keys; a thousand at most} */
    public Map<LayerKey, Missing> missing() {
        synchronized (missing) {
            return new LinkedHashMap<>(missing);
        }
    }

    /** {@return whether there are more than those} */
    public boolean moreMissing() {
        synchronized (missing) {
            return moreMissing;
        }
    }
}
