package dev.tally.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a batch begin only when all others are through with the request: Tomcat's valves take what a batch reads in vain
 * for their failure, and write to the response while the batch does.
 *
 * <p>When a batch ends whose body could not be read, its answer has said so itself, and nothing is left to report.
 * Tomcat would try to, and then count the request as running for ever.
 */
final class BatchValve extends ValveBase {
    BatchValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getAttribute(Batches.BEGIN) == null) {
            try {
                getNext().invoke(request, response);
            } finally {
                if (request.getAttribute(Batches.BEGIN) instanceof Runnable begin) {
                    begin.run();
                } else if (request.getAttribute(Batches.REFUSED) != null) {
                    // Else this thread would read the body to its end, however slowly that comes.
                    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                }
            }
        } else if (response.setErrorReported()) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null); // and closes the connection
        }
    }
}
