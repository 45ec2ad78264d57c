package dev.tally.web;

import dev.tally.description.DescriptionError;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.description.ParametricDescription;
import dev.tally.description.Pointer;
import dev.tally.description.Properties;
import dev.tally.description.Quoted;
import dev.tally.network.DataType;
import dev.tally.planning.Budget;
import dev.tally.planning.BudgetReader;
import dev.tally.planning.UncountableBaselineException;
import dev.tally.planning.sweep.Keep;
import dev.tally.planning.sweep.KeepReader;
import dev.tally.planning.sweep.ParameterSpace;
import dev.tally.planning.sweep.SpaceReader;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A sweep that is asked for.
 *
 * @param size how many candidates it has
 * @param dataType the type of the elements of every candidate
 * @param budget what each candidate may cost, or null
 * @param keep which candidates are wanted; null for all
 * @param estimate from whose times those of the candidates are to be added up, or null
 */
record SweepRequest(
        ParametricDescription description,
        ParameterSpace space,
        long size,
        DataType dataType,
        @Nullable Budget budget,
        @Nullable Keep keep,
        @Nullable EstimateRequest estimate) {
    static final String NETWORK = "network";

    private static final List<String> PROPERTIES = List.of(
            NETWORK,
            SpaceReader.PARAMETERS,
            SpaceReader.POINTS,
            BudgetReader.BUDGET,
            KeepReader.KEEP,
            EstimateReader.ESTIMATE);
    private static final Map<String, String> ALIASES = Map.of(
            "description", NETWORK,
            "model", NETWORK,
            "base", NETWORK,
            "grid", SpaceReader.PARAMETERS,
            "params", SpaceReader.PARAMETERS,
            "ranges", SpaceReader.PARAMETERS,
            "candidates", SpaceReader.POINTS,
            "limits", BudgetReader.BUDGET,
            "select", KeepReader.KEEP);

    /** Reads sweeps of at most so many candidates. */
    record Reader(EstimateReader estimates, long most) {
        /**
         * {@return what a document asks for}
         *
         * @throws InvalidDescriptionException with the errors of all that stands in it
         * @throws RefusedException if it has too many candidates
         * @throws UncountableException if a baseline's counts do not fit 64 bits
         */
        SweepRequest read(JsonNode json) {
            return read(json, new Errors());
        }

        /** As {@link #read(JsonNode)}, with what was found to be at fault before. */
        SweepRequest read(JsonNode json, Errors errors) {
            if (!json.isObject()) {
                errors.add(
                        Pointer.ROOT,
                        "",
                        "expected a sweep, an object with \"network\" and \"parameters\", got " + Quoted.of(json));
            }
            errors.throwIfAny();
            Properties.check(json, Pointer.ROOT, "", "a sweep", PROPERTIES, ALIASES, errors);
            EstimateRequest estimate = estimates.read(json, errors);
            Keep keep = KeepReader.read(json, estimate != null, errors);
            ParameterSpace space = SpaceReader.read(json, errors);
            ParametricDescription description = space == null ? null : description(json, space, errors);
            Budget budget = budget(json, errors);
            if (space == null || description == null) {
                throw new IllegalStateException("reported above");
            }
            long size = size(space);
            DataType dataType = requireNetwork(description, space, size);
            return new SweepRequest(description, space, size, dataType, budget, keep, estimate);
        }

        private static @Nullable ParametricDescription description(JsonNode json, ParameterSpace space, Errors errors) {
            ParametricDescription description = errors.orNull(
                    Pointer.ROOT.at(NETWORK), () -> ParametricDescription.read(json.path(NETWORK), space.names()));
            if (description != null) {
                Pointer at = json.hasNonNull(SpaceReader.POINTS)
                        ? Pointer.ROOT.at(SpaceReader.POINTS).at(0)
                        : Pointer.ROOT.at(SpaceReader.PARAMETERS);
                for (String name : space.names()) {
                    if (!description.used().contains(name)) {
                        errors.add(at.at(name), "", description.unused(name));
                    }
                }
            }
            return description;
        }

        private static @Nullable Budget budget(JsonNode json, Errors errors) {
            try {
                return BudgetReader.read(json, errors);
            } catch (UncountableBaselineException e) {
                throw new UncountableException(e.error());
            }
        }

        private long size(ParameterSpace space) {
            BigInteger size = space.size();
            if (size.compareTo(BigInteger.valueOf(most)) > 0) {
                String detail = String.format(
                        Locale.ROOT,
                        "expected a sweep of at most %,d candidates, the setting tally.sweeps.candidates, got %,d",
                        most,
                        size);
                throw RefusedException.of(ProblemType.SWEEP_TOO_LARGE, detail, List.of());
            }
            return size.longValueExact();
        }

        /**
         * What is no network at the first point and none at the last is a mistake, and no point of it is worth an
         * answer; what is none at some is for the sweep to say.
         */
        private static DataType requireNetwork(ParametricDescription description, ParameterSpace space, long size) {
            try {
                return description.with(space.point(0)).network().dataType();
            } catch (InvalidDescriptionException first) {
                try {
                    return description.with(space.point(size - 1)).network().dataType();
                } catch (InvalidDescriptionException _) {
                    throw new InvalidDescriptionException(first.errors().stream()
                            .map(error -> atFirstPoint(error, space))
                            .toList());
                }
            }
        }

        private static DescriptionError atFirstPoint(DescriptionError error, ParameterSpace space) {
            return new DescriptionError(
                    "at the first point, " + space.point(0) + ", and at the last: " + error.detail(),
                    "/" + NETWORK + error.pointer(),
                    error.layer());
        }
    }
}
