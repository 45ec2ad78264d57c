package dev.tally.web;

import dev.tally.description.DescriptionError;
import dev.tally.description.Errors;
import dev.tally.description.InvalidDescriptionException;
import dev.tally.job.CountedNetwork;
import dev.tally.job.Installation;
import dev.tally.job.LayersKind;
import dev.tally.job.MeasureDefaults;
import dev.tally.job.MeasureReader;
import dev.tally.job.MeasureRequest;
import dev.tally.job.MeasuredNetworks;
import dev.tally.job.Submission;
import dev.tally.job.Submissions;
import dev.tally.latency.Conditions;
import dev.tally.latency.StepLatencies;
import dev.tally.planning.sweep.KnownSteps;
import dev.tally.planning.sweep.KnownSteps.Missing;
import dev.tally.planning.sweep.Sweep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From a sweep to the job that measures the distinct layers whose times are missing. */
@Component
final class SweepMeasurements {
    /** Where what is measured with was read from. */
    private static final Map<String, String> WRITTEN_AT = Map.of(
            "/measure/engines/0", "/estimate/engine",
            "/measure/engines", "/estimate/engine",
            "/measure/threads", "/estimate/threads",
            "/measure/precision", "/estimate/precision",
            "/measure/host", "/estimate/host");

    private final Sweeps sweeps;
    private final MeasureReader reader;
    private final Submissions submissions;
    private final ServiceVersion version;

    SweepMeasurements(Sweeps sweeps, Installation installation, Submissions submissions, ServiceVersion version) {
        this.sweeps = sweeps;
        this.reader = new MeasureReader(installation);
        this.submissions = submissions;
        this.version = version;
    }

    /**
     * {@return the job that measures what a sweep misses; null where it misses nothing}
     *
     * @throws RefusedException if too many sweeps run
     * @throws InvalidDescriptionException if it cannot be measured under the conditions of the estimate
     */
    @Nullable
    Submission of(SweepMeasurementRequest asked, @Nullable String idempotencyKey) {
        StepLatencies latencies = Objects.requireNonNull(sweeps.latencies(asked.sweep()), "it has an estimate");
        Sweep sweep = Sweeps.sweep(asked.sweep(), latencies);
        sweeps.count(sweep);
        KnownSteps steps = Objects.requireNonNull(sweep.steps(), "it has an estimate");
        if (steps.missing().isEmpty()) {
            return null;
        }
        ObjectNode document = document(asked, latencies.conditions(), steps);
        Errors errors = new Errors();
        MeasureRequest measure = reader.read(document, MeasureDefaults.MANY, errors);
        throwIfAny(errors);
        List<CountedNetwork> layers = LayersKind.layers(document, errors);
        errors.throwIfAny();
        return submissions.of(
                LayersKind.ID,
                document,
                MeasuredNetworks.each(Objects.requireNonNull(measure, "it was given"), layers),
                idempotencyKey);
    }

    private static void throwIfAny(Errors errors) {
        try {
            errors.throwIfAny();
        } catch (InvalidDescriptionException e) {
            throw new InvalidDescriptionException(e.errors().stream()
                    .map(error -> new DescriptionError(
                            error.detail(), WRITTEN_AT.getOrDefault(error.pointer(), error.pointer()), error.layer()))
                    .toList());
        }
    }

    private static ObjectNode document(SweepMeasurementRequest asked, Conditions conditions, KnownSteps steps) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set(LayersKind.NETWORK, asked.network());
        Map<Map<String, Long>, List<String>> byPoint = new LinkedHashMap<>();
        for (Missing missing : steps.missing().values()) {
            byPoint.computeIfAbsent(missing.parameters(), _ -> new ArrayList<>())
                    .add(missing.layer());
        }
        ArrayNode points = document.putArray(LayersKind.POINTS);
        byPoint.forEach((parameters, layers) -> {
            ObjectNode point = points.addObject();
            ObjectNode values = point.putObject(LayersKind.PARAMETERS);
            parameters.forEach(values::put);
            ArrayNode names = point.putArray(LayersKind.LAYERS);
            layers.forEach(names::add);
        });
        document.put(LayersKind.MORE, steps.moreMissing());
        ObjectNode measure = document.putObject(MeasureReader.MEASURE);
        measure.putArray("engines").add(conditions.engine());
        measure.put("threads", conditions.threads());
        measure.put("precision", conditions.precision());
        measure.put("host", conditions.host());
        measure.put("budgetMillis", asked.budgetMillis());
        return document;
    }

    /** {@return what there is to say where nothing is missing} */
    MeasuredLayersAnswer nothing() {
        return new MeasuredLayersAnswer(List.of(), false, version.text());
    }
}
