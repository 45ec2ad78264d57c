package dev.tally.latency;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page ends: at a row, which may be gone or changed by the time that the next page is asked for. */
public final class Cursor {
    private static final Pattern TEXT = Pattern.compile("1 (0|[1-9]\\d{0,8}) (.+)");

    private final int conditions;
    private final String key;

    Cursor(int conditions, String key) {
        this.conditions = conditions;
        this.key = key;
    }

    int conditions() {
        return conditions;
    }

    String key() {
        return key;
    }

    /** {@return the cursor of a text that {@link #text} gave; empty where it did not} */
    public static Optional<Cursor> parse(String text) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            Matcher matcher = TEXT.matcher(decoded);
            return matcher.matches() && LatencyFilter.isSound(matcher.group(2))
                    ? Optional.of(new Cursor(Integer.parseInt(matcher.group(1)), matcher.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return a text for a URL, in which nobody needs to look for anything} */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("1 " + conditions + " " + key).getBytes(StandardCharsets.UTF_8));
    }
}
