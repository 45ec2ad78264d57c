package dev.tally.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts problems by their kind. */
@Component
final class ProblemMeter {
    private final Map<ProblemType, Counter> counters = new EnumMap<>(ProblemType.class);

    ProblemMeter(MeterRegistry meters) {
        for (ProblemType type : ProblemType.values()) {
            counters.put(
                    type,
                    Counter.builder("tally.problems")
                            .description("The requests that were answered with a problem")
                            .tag("type", type.slug())
                            .register(meters));
        }
    }

    void count(ProblemType type) {
        Counter counter = counters.get(type);
        if (counter != null) {
            counter.increment();
        }
    }
}
