package dev.tally.engine;

import dev.tally.engine.reference.ReferenceEngine;
import dev.tally.measurement.Engines;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A service whose measurements last as long as they are asked to: beside the reference there is a slow engine. */
@TestConfiguration(proxyBeanMethods = false)
public class SlowEngines {
    @Bean
    @Primary
    Engines enginesOfTheTest() {
        return new Engines(List.of(new SlowReference(), new ReferenceEngine()));
    }
}
