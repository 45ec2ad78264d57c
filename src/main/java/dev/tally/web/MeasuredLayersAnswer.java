package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.job.CountedNetwork;
import dev.tally.job.Failure;
import dev.tally.job.StoredResult;
import dev.tally.job.StoredResults.StoredNetwork;
import dev.tally.network.LayerKey;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layers that were measured because a sweep missed their times. */
record MeasuredLayersAnswer(MeasuredLayersDocument document) implements JobAnswer {

    /** What is answered. */
    @Schema(
            name = "MeasuredLayers",
            description = "The distinct layers that a sweep missed in the latency table, and that were measured by"
                    + " themselves: the table has them now.")
    record MeasuredLayersDocument(
            @Schema(description = "The version of the service.", requiredMode = Schema.RequiredMode.REQUIRED)
            String version,

            @Schema(
                    description =
                            "The layers; of a job that runs, those that are done. Empty where the sweep missed none.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            List<KeyedLayerDocument> layers,

            @Schema(
                    description = "Whether the sweep missed more than are measured at once: ask again when it is done.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            boolean more) {}

    /** A layer. */
    @Schema(name = "MeasuredKey", description = "A layer, and what was measured of it or why nothing was.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyedLayerDocument(
            @Schema(
                    description = "Under which its times are kept, in GET /v1/latencies.",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String key,

            @Schema(description = "What was measured; absent where nothing was.") @Nullable
            MeasuredDocument measured,

            @Schema(description = "Why nothing was measured; absent where something was.") @Nullable
            Problem problem) {}

    static MeasuredLayersAnswer of(
            String version, List<CountedNetwork> layers, List<@Nullable StoredNetwork> found, boolean more) {
        List<KeyedLayerDocument> documents = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            StoredNetwork stored = found.get(i);
            if (stored != null) {
                documents.add(of(layers.get(i), stored));
            }
        }
        return new MeasuredLayersAnswer(new MeasuredLayersDocument(version, documents, more));
    }

    private static KeyedLayerDocument of(CountedNetwork layer, StoredNetwork stored) {
        Network network = layer.described().network();
        String key = LayerKey.of(Subnetworks.of(network).getFirst()).text();
        StoredResult result = stored.result();
        Failure failure = stored.failure();
        return new KeyedLayerDocument(
                key,
                result == null
                        ? null
                        : MeasuredDocument.of(result.beside(layer.analysis(), null), false)
                                .getFirst(),
                failure == null ? null : JobAnswers.problem(failure, ""));
    }
}
