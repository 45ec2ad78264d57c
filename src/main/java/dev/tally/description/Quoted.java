package dev.tally.description;

import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What came, as an error message shows it: short, whatever was sent. */
public final class Quoted {
    /** As long as a parameter's name may be, so that a pointer to it is whole. */
    private static final int LONGEST = 64;

    private static final int MOST_LISTED = 30;

    private Quoted() {}

    /** {@return the text between quotation marks} */
    public static String of(String text) {
        return '"' + shorten(text) + '"';
    }

    /** {@return the value, or what kind of value it is} */
    public static String of(JsonNode json) {
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
    public static String list(Collection<String> names) {
        return list(names, ", ");
    }

    static String list(Collection<String> names, String between) {
        return names.stream().limit(MOST_LISTED).map(Quoted::shorten).collect(Collectors.joining(between));
    }

    static String shorten(String text) {
        return shorten(text, LONGEST);
    }

    /** {@return the text, or as much of its beginning as fits} */
    static String shorten(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
