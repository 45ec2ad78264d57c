package dev.tally.web;

import dev.tally.description.Errors;
import dev.tally.job.CountedNetwork;
import dev.tally.job.LayersKind;
import dev.tally.job.StoredResults;
import dev.tally.job.StoredResults.StoredNetwork;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** From a job that measured layers by themselves to what is answered of it. */
@Component
final class MeasuredLayers implements StoredAnswers {
    private final ServiceVersion version;

    MeasuredLayers(ServiceVersion version) {
        this.version = version;
    }

    @Override
    public String kind() {
        return LayersKind.ID;
    }

    @Override
    public MeasuredLayersAnswer of(JsonNode request, String result, Detail detail) {
        Errors errors = new Errors();
        List<CountedNetwork> layers = LayersKind.layers(request, errors);
        errors.throwIfAny();
        StoredResults results = StoredResults.read(result);
        List<StoredNetwork> found = results.of(
                layers.stream().map(layer -> layer.described().network()).toList());
        return MeasuredLayersAnswer.of(
                layers, found, request.path(LayersKind.MORE).asBoolean(false), version.text());
    }
}
