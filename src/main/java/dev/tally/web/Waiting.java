package dev.tally.web;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a client waits for a measurement, as RFC 7240 has it: {@code wait}, in whole seconds, and
 * {@code respond-async}, which is not at all unless {@code wait} says how long.
 *
 * @param duration how long
 * @param asked whether the request said so; where it says more than {@link #MOST}, that much of it is honoured
 */
record Waiting(Duration duration, boolean asked) {
    static final Duration DEFAULT = Duration.ofSeconds(30);
    static final Duration MOST = Duration.ofSeconds(60);

    private static final Pattern WAIT = Pattern.compile("\\s*wait\\s*=\\s*\"?(\\d{1,100})\"?\\s*(;.*)?");
    private static final Pattern ASYNC = Pattern.compile("\\s*respond-async\\s*(;.*)?");

    /** {@return what the values of a request's Prefer headers say; preferences that are none are passed over} */
    static Waiting of(@Nullable List<String> prefer) {
        boolean async = false;
        for (String header : prefer == null ? List.<String>of() : prefer) {
            for (String preference : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                Matcher wait = WAIT.matcher(preference);
                if (wait.matches()) {
                    BigInteger most = BigInteger.valueOf(MOST.toSeconds());
                    BigInteger asked = new BigInteger(wait.group(1)).min(most);
                    return new Waiting(Duration.ofSeconds(asked.longValueExact()), true);
                }
                async |= ASYNC.matcher(preference).matches();
            }
        }
        return async ? new Waiting(Duration.ZERO, true) : new Waiting(DEFAULT, false);
    }

    /** {@return the preference as it is honoured, for the header Preference-Applied} */
    String applied() {
        return duration.isZero() ? "respond-async" : "wait=" + duration.toSeconds();
    }
}
