package dev.tally.web;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/** Reports as a problem what Tomcat refuses by itself; its own report is a page of HTML. */
public final class ProblemValve extends ErrorReportValve {
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
