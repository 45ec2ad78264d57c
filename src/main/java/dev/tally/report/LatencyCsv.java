package dev.tally.report;

import dev.tally.latency.Latency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

/** Latencies as comma-separated values (RFC 4180): a heading, then a line each. */
public final class LatencyCsv {
    private static final ObjectWriter WRITER = Csv.writer(Line.class);

    private LatencyCsv() {}

    /** {@return the lines} */
    public static byte[] of(List<Latency> latencies) {
        return WRITER.writeValueAsBytes(latencies.stream().map(Line::of).toList());
    }

    private record Line(
            String key,
            String engine,
            String algorithm,
            String precision,
            int threads,
            String host,
            String device,
            int count,
            double medianMillis,
            double meanMillis,
            @Nullable Double varianceMillisSquared,
            double minMillis,
            String lastMeasured,
            String kernel,
            double disturbance) {
        static Line of(Latency latency) {
            return new Line(
                    latency.key(),
                    latency.conditions().engine(),
                    latency.conditions().algorithm(),
                    latency.conditions().precision(),
                    latency.conditions().threads(),
                    latency.conditions().host(),
                    latency.conditions().device(),
                    latency.count(),
                    Digits.millis(latency.median()),
                    Digits.millis(latency.mean()),
                    latency.variance().isPresent()
                            ? Digits.four(latency.variance().getAsDouble() / 1e12)
                            : null,
                    Digits.millis(latency.min()),
                    latency.measuredAt().toString(),
                    latency.kernel(),
                    Digits.four(latency.disturbance()));
        }
    }
}
