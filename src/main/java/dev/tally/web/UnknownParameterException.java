package dev.tally.web;

import dev.tally.description.NearestName;
import java.util.Set;
import org.springframework.util.StringUtils;

/** A parameter of the URL that the resource does not have, or has once only. */
final class UnknownParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownParameterException(String name, Set<String> known) {
        super(message(name, known), null, false, false);
    }

    private static String message(String name, Set<String> known) {
        if (known.contains(name)) {
            return "the query parameter \"" + name + "\" is given more than once";
        }
        return "there is no query parameter \"" + StringUtils.truncate(name, 60) + "\"" + NearestName.help(name, known)
                + "; there are: " + String.join(", ", known);
    }
}
