package dev.tally.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.web.servlet.HandlerInterceptor;

/** A process with the role worker alone measures; requests are the others' affair. Health and metrics are its own. */
final class WorkersAnswerNothing implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        throw RefusedException.of(
                ProblemType.NOT_FOUND,
                "this process measures and answers no requests (tally.roles=worker): expected one with the role api",
                List.of());
    }
}
