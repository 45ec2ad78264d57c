package dev.tally.web;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;

/** The schemas of problems, which no controller's signature mentions. */
final class ProblemSchemas {
    private ProblemSchemas() {}

    @SuppressWarnings("rawtypes") // swagger-core's own signature
    static Map<String, Schema> all() {
        return ModelConverters.getInstance(true).readAll(Problem.class);
    }
}
