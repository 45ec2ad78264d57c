package dev.tally.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.MDC.MDCCloseable;

/** Gives each request its id before anything else sees it: what Tomcat refuses by itself has one too. */
final class RequestIdValve extends ValveBase {
    RequestIdValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String id = RequestId.of(request);
        response.setHeader(RequestId.HEADER, id);
        try (MDCCloseable _ = RequestId.logged(id)) {
            getNext().invoke(request, response);
        }
    }
}
