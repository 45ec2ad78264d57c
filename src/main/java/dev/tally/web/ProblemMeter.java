package dev.tally.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts problems by their kind. */
@Component
final class ProblemMeter {
    private final Map<String, Counter> counters = new HashMap<>();

    ProblemMeter(MeterRegistry meters) {
        for (ProblemType type : ProblemType.values()) {
            counters.put(
                    type.uri(),
                    Counter.builder("tally.problems")
                            .description("The requests, and lines of batches, that were answered with a problem")
                            .tag("type", type.slug())
                            .register(meters));
        }
    }

    void count(Problem problem) {
        Counter counter = counters.get(problem.type());
        if (counter != null) {
            counter.increment();
        }
    }
}
