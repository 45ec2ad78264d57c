package dev.tally.web;

import dev.tally.description.NearestName;
import dev.tally.engine.Precision;
import dev.tally.latency.Cursor;
import dev.tally.latency.LatencyFilter;
import dev.tally.measurement.Engines;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which latencies are asked for, and how many, from the parameters of a URL. */
final class LatencyFilterReader {
    static final int DEFAULT_LIMIT = 100;
    static final int MOST = 1000;

    /** What can be asked for in threads: more than any machine has cores. */
    private static final int MOST_THREADS = 1 << 20;

    private final Engines engines;

    LatencyFilterReader(Engines engines) {
        this.engines = engines;
    }

    LatencyFilter filter(
            @Nullable String key,
            @Nullable String keyPrefix,
            @Nullable String engine,
            @Nullable String algorithm,
            @Nullable String precision,
            @Nullable String threads,
            @Nullable String host) {
        if (key != null && keyPrefix != null) {
            throw new InvalidParameterValueException("keyPrefix", "none beside \"key\"", keyPrefix);
        }
        List<String> precisions =
                Arrays.stream(Precision.values()).map(Precision::id).toList();
        return new LatencyFilter(
                text("key", key),
                text("keyPrefix", keyPrefix),
                oneOf("engine", engine, engines.ids()),
                text("algorithm", algorithm),
                oneOf("precision", precision, precisions),
                threads == null ? null : IntegerParameter.of("threads", threads, MOST_THREADS),
                text("host", host));
    }

    @Nullable
    Cursor cursor(@Nullable String text) {
        return text == null
                ? null
                : Cursor.parse(text)
                        .orElseThrow(() -> new InvalidParameterValueException(
                                "cursor", "the cursor of a \"next\" that this service answered", text));
    }

    int limit(@Nullable String text) {
        return text == null ? DEFAULT_LIMIT : IntegerParameter.of("limit", text, MOST);
    }

    private static @Nullable String text(String parameter, @Nullable String text) {
        if (text != null && !LatencyFilter.isSound(text)) {
            throw new InvalidParameterValueException(
                    parameter, "at most " + LatencyFilter.LONGEST + " printable characters of ASCII", text);
        }
        return text;
    }

    private static @Nullable String oneOf(String parameter, @Nullable String text, List<String> known) {
        if (text != null && !known.contains(text)) {
            throw new InvalidParameterValueException(
                    parameter, "one of " + String.join(", ", known) + NearestName.help(text, known), text);
        }
        return text;
    }
}
