package dev.tally.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/** Reports as a problem what Tomcat refuses by itself; its own report is a page of HTML. */
public final class ProblemValve extends ErrorReportValve {
    /**
     * The answer to a batch whose body ended early has begun, and says so itself: nothing is left to report. Tomcat
     * would try to, and then count the request as running for ever.
     */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (response.isErrorReportRequired() && request.getAttribute(Batches.BEGUN) != null) {
            response.setErrorReported();
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null); // and closes the connection
        } else {
            super.invoke(request, response);
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemType type = ProblemType.of(HttpStatusCode.valueOf(status));
        String instance = request.getRequestURI() == null ? "" : request.getRequestURI();
        Problem problem = new Problem(type.uri(), type.title(), status, type.explanation(status), instance, List.of());
        try {
            ProblemWriter.write(problem, response);
        } catch (IOException e) {
            container.getLogger().debug("the client is gone", e);
        }
    }
}
