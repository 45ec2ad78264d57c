package dev.tally.job;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What jobs need beside the components here. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({Roles.class, JobProperties.class, MeasurementProperties.class})
class JobConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
