package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.analysis.Analysis;
import dev.tally.analysis.LayerAnalysis;
import dev.tally.analysis.Operations;
import dev.tally.analysis.ReceptiveField;
import dev.tally.network.Liveness.Role;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Shape;
import dev.tally.network.Source;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A layer of an analysis. */
@Schema(name = "LayerAnalysis", description = "What one layer costs.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayerDocument(
        @Schema(
                description = "The layer's name; parts of blocks, repeats and activations have their path.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String name,

        @Schema(description = "The layer's type, as it was written.", requiredMode = Schema.RequiredMode.REQUIRED)
        String type,

        @Schema(description = "The layers and inputs that it takes, in order.")
        List<String> from,

        @Schema(
                description =
                        "The input's shape; with several inputs, an object of shapes by name; absent without one.",
                types = {})
        @Nullable
        Object input,

        @Schema(description = "The output's shape.", implementation = int[].class)
        Shape output,

        @Schema(description = Descriptions.MULTIPLIES, requiredMode = Schema.RequiredMode.REQUIRED)
        long multiplies,

        @Schema(description = Descriptions.IN_BOUNDS, requiredMode = Schema.RequiredMode.REQUIRED)
        long multipliesInBounds,

        @Schema(description = Descriptions.ADDITIONS, requiredMode = Schema.RequiredMode.REQUIRED)
        long additions,

        @Schema(description = Descriptions.MACS, requiredMode = Schema.RequiredMode.REQUIRED)
        long macs,

        @Schema(description = Descriptions.FLOPS, requiredMode = Schema.RequiredMode.REQUIRED)
        long flops,

        OtherDocument other,

        @Schema(description = Descriptions.PARAMETERS, requiredMode = Schema.RequiredMode.REQUIRED)
        long parameters,

        @Schema(description = Descriptions.WEIGHT_BYTES) long weightBytes,

        @Schema(description = "The bytes of the tensor that it writes; 0 where it is fused or a view.")
        long activationBytes,

        @Schema(description = Descriptions.BYTES_MOVED) long bytesMoved,

        @Schema(description = "How the main operations come about; without a unit, the multiplies.") @Nullable
        String formula,

        @Schema(description = "The layer whose result this one is applied to before it is stored.") @Nullable
        String fusedInto,

        @Schema(description = "The layer or input whose memory this one shares.") @Nullable
        String viewOf,

        @Schema(
                description = "How many elements of the input, along its spatial axes, one interior element of the"
                        + " output sees; with several inputs, an object by name. Absent where that is not one"
                        + " number: after a layer that mixes axes, windows of uneven distance, a concat along a spatial"
                        + " axis, or branches that meet at different strides.",
                types = {})
        @Nullable
        Object receptiveField) {

    static List<LayerDocument> of(Analysis analysis) {
        List<LayerDocument> documents = new ArrayList<>(analysis.layers().size());
        for (LayerAnalysis layer : analysis.layers()) {
            documents.add(of(layer, analysis));
        }
        return documents;
    }

    private static LayerDocument of(LayerAnalysis layer, Analysis analysis) {
        Node node = layer.node();
        Operations operations = layer.operations();
        String formula = layer.formula(analysis);
        return new LayerDocument(
                node.name(),
                node.type(),
                names(node.from()),
                node.from().isEmpty() ? null : AnalysisDocument.shapes(node.from()),
                node.shape(),
                operations.multiplies(),
                operations.multipliesInBounds(),
                operations.additions(),
                operations.macs(),
                layer.flops(),
                OtherDocument.of(operations.other()),
                layer.parameters(),
                layer.weightBytes(),
                layer.activationBytes(),
                layer.bytesMoved(),
                formula.isEmpty() ? null : formula,
                layer.role() == Role.FUSED ? layer.owner().name() : null,
                layer.role() == Role.VIEW ? layer.owner().name() : null,
                receptiveField(layer.receptiveField(), analysis.network()));
    }

    private static List<String> names(List<Source> sources) {
        if (sources.size() == 1) {
            return List.of(sources.getFirst().name());
        }
        return sources.stream().map(Source::name).toList();
    }

    private static @Nullable Object receptiveField(ReceptiveField field, Network network) {
        if (network.inputs().size() == 1) {
            return field.sizes(network.inputs().getFirst());
        }
        Map<String, List<Long>> byName = new LinkedHashMap<>();
        field.sizes().forEach((input, axes) -> byName.put(input.name(), axes));
        return byName.isEmpty() ? null : byName;
    }
}
