package dev.tally.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What a request is called: in a header of its answer, in its problem, and in all that is logged for it. */
final class RequestId {
    static final String HEADER = "X-Request-Id";

    /** Its name in problems and in the log. */
    static final String FIELD = "requestId";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final int LONGEST = 128;

    private RequestId() {}

    /** {@return the request's, which its client sent if it is fit for a log, or else one that is drawn here} */
    static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) {
            return id;
        }
        String sent = request.getHeader(HEADER);
        String id = sent != null && isSane(sent) ? sent : draw();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** {@return whether it is of 1 to 128 visible characters of ASCII, so that no log takes it for something else} */
    static boolean isSane(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private static String draw() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** {@return what names the request in all that this thread logs, until it is closed} */
    static MDC.MDCCloseable logged(@Nullable String id) {
        return MDC.putCloseable(FIELD, id);
    }
}
