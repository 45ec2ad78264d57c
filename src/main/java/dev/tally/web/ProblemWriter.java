package dev.tally.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a problem to the response, past content negotiation: whoever asks for a form that does not exist, or for a
 * table, gets to read why there is none.
 */
final class ProblemWriter {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ProblemWriter() {}

    static void write(Problem problem, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return; // the answer has begun: there is no place left for a problem
        }
        String request = response.getHeader(RequestId.HEADER);
        byte[] body = MAPPER.writeValueAsBytes(request == null ? problem : problem.ofRequest(request));
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
