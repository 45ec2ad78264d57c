package dev.tally.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The pages that explain problems, and the last resort for what failed outside of a controller. */
@RestController
@Hidden
class ProblemController implements ErrorController {
    private final ProblemMeter meter;

    ProblemController(ProblemMeter meter) {
        this.meter = meter;
    }

    @GetMapping("/problems/{slug}")
    ResponseEntity<String> page(@PathVariable String slug) {
        ProblemType type = ProblemType.find(slug)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "there is no such kind of problem; GET /problems lists them"));
        return html(Page.of(
                type.title(),
                "<p>HTTP status " + type.status().value() + "</p><p>" + Page.escape(type.explanation()) + "</p>"));
    }

    @GetMapping("/problems")
    ResponseEntity<String> pages() {
        StringBuilder list = new StringBuilder("<ul>");
        for (ProblemType type : ProblemType.values()) {
            list.append("<li><a href=\"")
                    .append(type.uri())
                    .append("\">")
                    .append(Page.escape(type.title()))
                    .append("</a></li>");
        }
        return html(Page.of("Problems", list.append("</ul>").toString()));
    }

    /** Whatever the request accepts: who follows a problem's type wants to read what it means. */
    private static ResponseEntity<String> html(String page) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(page);
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        String instance = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                ? uri
                : request.getRequestURI();
        ProblemType type = ProblemType.of(HttpStatusCode.valueOf(status));
        Problem problem = new Problem(type.uri(), type.title(), status, type.explanation(status), instance, List.of());
        meter.count(problem);
        ProblemWriter.write(problem, response);
    }
}
