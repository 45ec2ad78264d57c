package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tally.description.Attribute;
import dev.tally.description.LayerType;
import dev.tally.description.LayerTypes;
import dev.tally.network.Layer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type of layer in the list of them. */
@Schema(name = "LayerType", description = "A type of layer.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayerTypeDocument(
        @Schema(description = "The value of \"type\".", requiredMode = Schema.RequiredMode.REQUIRED)
        String name,

        @Schema(description = "What it does.") String summary,
        @Schema(description = "What is counted for it.") String counts,

        @Schema(description = "The fewest inputs that it takes.")
        int minimumInputs,

        @Schema(description = "The most inputs that it takes; absent where there is no limit.") @Nullable
        Integer maximumInputs,

        @Schema(description = "Its attributes, beside \"name\", \"from\" and \"repeat\" that every layer has.")
        List<AttributeDocument> attributes,

        @Schema(
                description = "A layer of this type.",
                types = {})
        Object example) {

    @Schema(name = "LayerAttribute", description = "An attribute of a type of layer.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttributeDocument(
            @Schema(description = "Its name.", requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(description = "What it means.") String help,
            @Schema(description = "What may be written.") String value,

            @Schema(description = "Whether it may not be left out.")
            boolean required,

            @Schema(
                    description = "Its value where it is left out.",
                    name = "default",
                    types = {})
            @JsonProperty("default")
            @Nullable
            Object defaultValue) {
        static AttributeDocument of(Attribute<?> attribute) {
            return new AttributeDocument(
                    attribute.name(),
                    attribute.help(),
                    attribute.kind().expected(),
                    attribute.required(),
                    attribute.defaultJson());
        }
    }

    static List<LayerTypeDocument> all() {
        return LayerTypes.all().stream().map(LayerTypeDocument::of).toList();
    }

    private static LayerTypeDocument of(LayerType<?> type) {
        Layer layer = type.exampleLayer();
        return new LayerTypeDocument(
                type.name(),
                type.summary(),
                type.counts(),
                layer.minimumInputs(),
                layer.maximumInputs() == Integer.MAX_VALUE ? null : layer.maximumInputs(),
                type.attributes().stream().map(AttributeDocument::of).toList(),
                type.example());
    }
}
