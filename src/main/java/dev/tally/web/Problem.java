package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.description.DescriptionError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What went wrong, as RFC 9457 has it: {@code application/problem+json}. */
@Schema(name = "Problem", description = "What went wrong (RFC 9457).")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        @Schema(description = "The kind of problem: a page of this service that explains it.")
        String type,

        @Schema(description = "The kind of problem in a few words.")
        String title,

        @Schema(description = "The HTTP status.") int status,

        @Schema(description = "What was expected and what came.")
        String detail,

        @Schema(description = "The path that was asked for.")
        String instance,

        @Schema(description = "What the request is called in the log, and in this answer's header X-Request-Id.")
        String requestId,

        @Schema(description = "Every error that was found in the document.")
        List<Finding> errors) {

    @Schema(name = "ProblemError", description = "One error in a document.")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Finding(
            @Schema(description = "What was expected and what came.")
            String detail,

            @Schema(description = "The place, as a JSON pointer (RFC 6901); empty for the whole document.")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            String pointer,

            @Schema(description = "The layer concerned, by its name after blocks and repeats are expanded.")
            String layer) {
        static Finding of(DescriptionError error) {
            return new Finding(error.detail(), error.pointer(), error.layer());
        }
    }

    Problem(String type, String title, int status, String detail, String instance, List<Finding> errors) {
        this(type, title, status, detail, instance, "", errors);
    }

    static Problem of(ProblemType type, String detail, String instance, List<Finding> errors) {
        return new Problem(type.uri(), type.title(), type.status().value(), detail, instance, errors);
    }

    /** {@return the same, of a request that is called so} */
    Problem ofRequest(String id) {
        return new Problem(type, title, status, detail, instance, id, errors);
    }

    /**
     * {@return what a client sent or a library said, as far as it belongs into an answer: the start of its first line}
     */
    static String shorten(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
