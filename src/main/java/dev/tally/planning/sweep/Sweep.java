package dev.tally.planning.sweep;

import dev.tally.analysis.Analysis;
import dev.tally.analysis.CountOverflowException;
import dev.tally.analysis.SharedCounts;
import dev.tally.analysis.Totals;
import dev.tally.description.Described;
import dev.tally.description.DescriptionError;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.ParametricDescription;
import dev.tally.planning.Budget;
import dev.tally.planning.sweep.Candidate.Counted;
import dev.tally.planning.sweep.Candidate.Faulty;
import dev.tally.planning.sweep.Candidate.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A description at each point of a space of its parameters. Several threads may count at once. */
public final class Sweep {
    private final ParametricDescription description;
    private final ParameterSpace space;
    private final @Nullable Budget budget;
    private final @Nullable KnownSteps steps;
    private final SharedCounts counts = new SharedCounts();

    /**
     * A sweep.
     *
     * @param budget what each candidate may cost, or null
     * @param times what steps took before; null where times are not asked for
     */
    public Sweep(
            ParametricDescription description,
            ParameterSpace space,
            @Nullable Budget budget,
            @Nullable StepTimes times) {
        this.description = description;
        this.space = space;
        this.budget = budget;
        this.steps = times == null ? null : new KnownSteps(times);
    }

    /** {@return how many candidates there are} */
    public long size() {
        return space.size().longValueExact();
    }

    /** {@return the steps of the candidates so far whose times are not known; null where times are not asked for} */
    public @Nullable KnownSteps steps() {
        return steps;
    }

    /**
     * {@return some candidates, counted}
     *
     * @param from the place of the first, from 0
     * @param to the place after the last
     */
    public List<Candidate> count(long from, long to) {
        List<Candidate> candidates = new ArrayList<>(Math.toIntExact(to - from));
        for (long place = from; place < to; place++) {
            candidates.add(count(place));
        }
        if (steps != null) {
            addTimes(candidates, steps);
        }
        return candidates;
    }

    private Candidate count(long place) {
        long number = place + 1;
        Map<String, Long> point = space.point(place);
        Described described;
        try {
            described = description.with(point);
        } catch (InvalidDescriptionException e) {
            return new Faulty(number, point, e.errors(), false);
        }
        try {
            Totals totals = Analysis.of(described.network(), counts).totals();
            return new Counted(
                    number, point, described.network(), totals, budget == null ? null : budget.check(totals), null);
        } catch (CountOverflowException e) {
            DescriptionError error = new DescriptionError(
                    e.getMessage(),
                    described.origins().pointer(e.node()),
                    e.node().name());
            return new Faulty(number, point, List.of(error), true);
        }
    }

    /** Of all candidates at once: the table is asked once for what none before them had. */
    private static void addTimes(List<Candidate> candidates, KnownSteps steps) {
        List<Counted> counted = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (candidate instanceof Counted one) {
                counted.add(one);
            }
        }
        List<Time> times = steps.times(counted);
        int next = 0;
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i) instanceof Counted one) {
                candidates.set(i, one.with(times.get(next++)));
            }
        }
    }
}
