package dev.tally.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where problems of one request occur.
 *
 * @param instance the path that was asked for
 * @param requestId what the request is called
 */
record Occurrence(String instance, String requestId) {
    static Occurrence of(HttpServletRequest request) {
        return new Occurrence(request.getRequestURI(), RequestId.of(request));
    }
}
