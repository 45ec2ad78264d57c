package dev.tally.description;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON strictly: no key twice in an object, nothing after the document, no nesting beyond what a description can
 * have.
 */
public final class DescriptionJson {
    /** Twice as deep as the deepest description: a list of pairs, in a layer, in a block, in a limit's baseline. */
    private static final int DEEPEST = 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private DescriptionJson() {}

    /**
     * {@return the document}
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON document, with line and column
     */
    public static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }
}
