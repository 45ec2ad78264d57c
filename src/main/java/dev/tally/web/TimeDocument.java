package dev.tally.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tally.planning.comparison.Times;
import dev.tally.planning.comparison.Times.NetworkTimes;
import dev.tally.report.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a network, or a layer of it, takes on an engine. */
@Schema(name = "Time", description = "How long it takes on an engine, beside what it is compared with.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TimeDocument(
        @Schema(description = Descriptions.ENGINE, requiredMode = Schema.RequiredMode.REQUIRED)
        String engine,

        @Schema(
                description = Descriptions.TIMES_FROM,
                allowableValues = {"measured", "latencies"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        String from,

        @Schema(
                description =
                        "The median of what was measured; from latencies of a network the sum of its layers' medians.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        double medianMillis,

        @Schema(
                description =
                        "The time of the first network over this one's; of networks that were measured, the median of the"
                                + " ratios of stretches of runs that followed each other. Of a layer, that of the first"
                                + " network's layer of the same name. Absent for the first, and where its time is not known.")
        @Nullable
        Double timeRatio) {

    /** {@return the times of a network; null where none is known} */
    static @Nullable List<TimeDocument> of(List<Times> times, int network) {
        List<TimeDocument> documents = new ArrayList<>();
        for (Times one : times) {
            NetworkTimes known = one.networks().get(network);
            if (known != null && known.nanos() != null) {
                documents.add(of(one, known.nanos(), known.ratio()));
            }
        }
        return documents.isEmpty() ? null : documents;
    }

    /** {@return the times of a layer in a network; null where none is known} */
    static @Nullable List<TimeDocument> of(List<Times> times, String layer, int network) {
        List<TimeDocument> documents = new ArrayList<>();
        for (Times one : times) {
            Double nanos = one.nanos(layer, network);
            if (nanos != null) {
                documents.add(of(one, nanos, network == 0 ? null : one.ratio(layer, network)));
            }
        }
        return documents.isEmpty() ? null : documents;
    }

    private static TimeDocument of(Times times, double nanos, @Nullable Double ratio) {
        return new TimeDocument(times.engine(), times.source().id(), Digits.millis(nanos), RatiosDocument.four(ratio));
    }
}
