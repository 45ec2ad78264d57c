package dev.tally.description;

import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What came, as an error message shows it: short, whatever was sent. */
final class Quoted {
    private static final int LONGEST = 60;
    private static final int MOST_LISTED = 30;

    private Quoted() {}

    static String of(String text) {
        return '"' + shorten(text) + '"';
    }

    static String of(JsonNode json) {
        if (json.isString()) {
            return "the string " + of(json.asString());
        }
        if (json.isObject()) {
            return "an object";
        }
        if (json.isArray()) {
            return json.size() <= 8 && json.valueStream().noneMatch(JsonNode::isContainer)
                    ? shorten(json.toString())
                    : "an array";
        }
        return json.isNull() ? "null" : json.isMissingNode() ? "nothing" : shorten(json.asString());
    }

    /** {@return the names, the first few where there are many} */
    static String list(Collection<String> names) {
        return names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    }

    static String shorten(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
