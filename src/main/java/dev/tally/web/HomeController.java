package dev.tally.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where a person arrives: a page in a browser, a few lines in a terminal. */
@RestController
@Hidden
class HomeController {
    private static final String WHAT =
            "What a convolutional network costs before anyone trains it: counted exactly, and measured for real.";
    private static final List<Link> LINKS = List.of(
            new Link("/swagger-ui.html", "the API in the browser, the lecture's example filled in"),
            new Link("/v1/networks", "ready networks to start from"),
            new Link("/v1/layers", "the types of layers and their attributes"),
            new Link("/examples/lecture-direct.json", "the lecture's convolution alone"),
            new Link("/examples/lecture.json", "the lecture's convolution behind a bottleneck"),
            new Link("/examples/residual-block.json", "a residual block, channels first"),
            new Link("/examples/inception-blocks.json", "two inception modules, one block"),
            new Link("/examples/googlenet.json", "a ready network by its name"),
            new Link("/examples/budget.json", "a network and what it may cost"),
            new Link("/examples/measure.json", "the lecture's two designs, counted and measured"),
            new Link("/examples/estimate.json", "its time, from what was measured before"),
            new Link("/examples/comparison.json", "the lecture's two designs, side by side"),
            new Link("/examples/alternatives.json", "cheaper designs of it, for /v1/alternatives"),
            new Link("/examples/sweep.json", "its bottleneck at many widths, for /v1/sweeps"),
            new Link("/v1/engines", "what can be measured with here"),
            new Link("/v1/jobs", "the measurements that were accepted"),
            new Link("/v1/latencies", "what was measured before"),
            new Link("/openapi.yaml", "the contract, for generators of clients"),
            new Link("/problems", "what the kinds of problems mean"),
            new Link("/actuator/health", "whether it is well"));

    private record Link(String path, String what) {
        String html() {
            return "<li><a href=\"" + path + "\">" + path + "</a>: " + Page.escape(what) + "</li>";
        }

        String text() {
            return path + " ".repeat(34 - path.length()) + what;
        }
    }

    @GetMapping("/")
    ResponseEntity<String> home(@RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept) {
        boolean browser = accept.contains(MediaType.TEXT_HTML_VALUE);
        MediaType type = new MediaType(browser ? MediaType.TEXT_HTML : MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
        return ResponseEntity.ok().contentType(type).varyBy(HttpHeaders.ACCEPT).body(browser ? html() : text());
    }

    /** {@return the command that posts the lecture's example to this very server} */
    private static String example() {
        return """
                curl --json '{"input": [28, 28, 192], "layers": [
                  {"type": "conv2d", "filters": 16, "kernel": 1},
                  {"type": "conv2d", "filters": 32, "kernel": 5, "padding": "same"}]}' \\
                  '%s/v1/analyses?format=text'
                """.formatted(
                        ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
    }

    private static String text() {
        String links = LINKS.stream().map(Link::text).collect(Collectors.joining("\n"));
        return "Tally. " + WHAT + "\n\n" + example() + "\n" + links + "\n";
    }

    private static String html() {
        String links = LINKS.stream().map(Link::html).collect(Collectors.joining("\n"));
        return Page.of(
                "What a network costs",
                "<p>" + WHAT + "</p><pre>" + Page.escape(example()) + "</pre><ul>" + links + "</ul>");
    }
}
