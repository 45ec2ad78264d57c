package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tally.analysis.Analysis;
import dev.tally.job.CountedNetwork;
import dev.tally.job.Failure;
import dev.tally.job.StoredResult;
import dev.tally.job.StoredResults.StoredNetwork;
import dev.tally.report.LayerTimes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers that were measured by themselves, on their way out: JSON, a table or CSV.
 *
 * @param layers each as a network of its own
 * @param more whether there were more than could be measured at once
 * @param version the service's version
 */
record MeasuredLayersAnswer(List<LayerTimes> layers, boolean more, String version) implements JobAnswer {
    /** {@return the answer, with what was found of each layer; null where nothing is known yet} */
    static MeasuredLayersAnswer of(
            List<CountedNetwork> layers, List<@Nullable StoredNetwork> found, boolean more, String version) {
        List<LayerTimes> times = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            Analysis analysis = layers.get(i).analysis();
            StoredNetwork one = found.get(i);
            StoredResult result = one == null ? null : one.result();
            Failure failure = one == null ? null : one.failure();
            times.add(new LayerTimes(
                    analysis,
                    result == null ? null : result.beside(analysis, null),
                    failure == null ? null : failure.detail()));
        }
        return new MeasuredLayersAnswer(times, more, version);
    }

    @Override
    @JsonValue
    public MeasuredLayersDocument document() {
        return MeasuredLayersDocument.of(this);
    }
}
