package dev.tally.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a list goes on: this request's path and parameters with the cursor of the next page, in the answer's
 * {@code next} and in its header {@code Link} (RFC 8288).
 *
 * @param path null on the last page
 */
record NextPage(@Nullable String path) {
    /** The parameter that says where the page before ended. */
    private static final String CURSOR = "cursor";

    /**
     * {@return the page after the one that a request asks for}
     *
     * @param cursor where that page ends; null if it is the last
     */
    static NextPage after(HttpServletRequest request, @Nullable String cursor) {
        if (cursor == null) {
            return new NextPage(null);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, given) -> values.put(name, given[0]));
        values.put(CURSOR, cursor);
        UriComponentsBuilder path = UriComponentsBuilder.fromPath(request.getRequestURI());
        values.keySet().forEach(name -> path.queryParam(name, "{" + name + "}"));
        return new NextPage(path.encode().buildAndExpand(values).toUriString());
    }

    /** {@return a page's answer, with the link to the next} */
    ResponseEntity.BodyBuilder answer() {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT);
        return path == null ? answer : answer.header(HttpHeaders.LINK, "<" + path + ">; rel=\"next\"");
    }
}
