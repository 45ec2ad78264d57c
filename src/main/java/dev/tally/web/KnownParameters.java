package dev.tally.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters of the URL that a resource does not have, and those that are given twice. A misspelt
 * {@code ?gate=true} would be a gate that is never closed.
 */
final class KnownParameters implements HandlerInterceptor {
    private static final String FORMAT = "format";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            Set<String> known = known(method);
            for (Map.Entry<String, String[]> given : request.getParameterMap().entrySet()) {
                if (!known.contains(given.getKey()) || given.getValue().length > 1) {
                    throw new UnknownParameterException(given.getKey(), known);
                }
            }
        }
        return true;
    }

    private static Set<String> known(HandlerMethod method) {
        Set<String> known = new TreeSet<>(Set.of(FORMAT));
        Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(MethodParameter::getParameter)
                .forEach(parameter -> known.add(parameter.getName()));
        return known;
    }
}
