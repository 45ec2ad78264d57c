package dev.tally.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The main job for planners: a network a line in, what it costs a line out. The contract has it with the single
 * request.
 */
@RestController
@Hidden
class BatchController {
    private final Batches batches;

    BatchController(Batches batches) {
        this.batches = batches;
    }

    /** Who accepts JSON gets it too: as many documents, a line each. */
    @PostMapping(
            path = "/v1/analyses",
            consumes = Batches.NDJSON,
            produces = {Batches.NDJSON, MediaType.APPLICATION_JSON_VALUE})
    void analyse(
            @RequestParam(defaultValue = "full") Detail detail,
            @RequestParam(required = false) @Nullable Gate gate,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (gate != null && gate.closed()) {
            throw InvalidGateException.ofBatch();
        }
        batches.begin(detail, request, response);
    }
}
