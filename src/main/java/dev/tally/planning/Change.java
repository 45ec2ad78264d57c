package dev.tally.planning;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much more or less than a baseline is allowed, in percent: {@code "+2 %"}, {@code "-12.5%"}.
 *
 * @param text as it was written
 * @param percent at least -100
 */
public record Change(String text, BigDecimal percent) {
    private static final int LONGEST = 40;
    private static final Pattern WRITTEN = Pattern.compile(" *([+-]) *(\\d{1,6}(?:\\.\\d{1,6})?) *% *");
    private static final Pattern WITHOUT_SIGN = Pattern.compile(" *\\d[\\d.]* *% *");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    /**
     * {@return the change that a text means}
     *
     * @throws IllegalArgumentException if it means none, with what was expected
     */
    static Change of(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            String help = WITHOUT_SIGN.matcher(text).matches() ? " with its sign" : "";
            throw new IllegalArgumentException("a change in percent" + help
                    + " such as \"+2 %\" or \"-12.5 %\", of at most 6 digits before and after the point");
        }
        BigDecimal percent = new BigDecimal(matcher.group(1) + matcher.group(2));
        if (percent.add(ALL).signum() < 0) {
            throw new IllegalArgumentException("a change of at least -100 %");
        }
        return new Change(text, percent);
    }

    /**
     * {@return the most that is allowed, rounded down: an integer is at most that exactly where it is at most the
     * fraction}. Never over 2^63-1, which no count is.
     *
     * @param baseline what the figure is of the baseline
     */
    long of(long baseline) {
        return BigDecimal.valueOf(baseline)
                .multiply(percent.add(ALL))
                .movePointLeft(2)
                .setScale(0, RoundingMode.FLOOR)
                .min(MOST)
                .longValueExact();
    }
}
