package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.job.Roles.Role;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class JobSettingsTest {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Test
    void whatIsMeasuredMayTakeHalfOfTheMachinesMemoryUnlessASettingSaysOtherwise() {
        assertThat(new MeasurementProperties(null, LONGEST, true).memoryOf(1 << 30))
                .isEqualTo(DataSize.ofMegabytes(512));
        assertThat(new MeasurementProperties(DataSize.ofMegabytes(3), LONGEST, true).memoryOf(1 << 30))
                .isEqualTo(DataSize.ofMegabytes(3));
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> new MeasurementProperties(DataSize.ofBytes(0), LONGEST, true))
                .hasMessageContaining("tally.measurement.memory: expected at least 1B, got 0B");
        assertThatThrownBy(() -> new MeasurementProperties(null, Duration.ZERO, true))
                .hasMessageContaining("tally.measurement.longest: expected at least 1s, got PT0S");
        assertThatThrownBy(() -> new JobProperties(0, 3, Duration.ofDays(1)))
                .hasMessageContaining("tally.jobs.queue: expected 1 to 1000000, got 0");
        assertThatThrownBy(() -> new JobProperties(5, 0, Duration.ofDays(1)))
                .hasMessageContaining("tally.jobs.attempts: expected 1 to 100, got 0");
        assertThatThrownBy(() -> new JobProperties(5, 3, Duration.ZERO))
                .hasMessageContaining("tally.jobs.retention: expected more than 0s, got PT0S");
        assertThatThrownBy(() -> new Roles(Set.of()))
                .hasMessageContaining("tally.roles: expected api, worker or both, got none");
    }

    @Test
    void aProcessHasTheRolesThatItIsGiven() {
        assertThat(new Roles(Set.of(Role.API, Role.WORKER))).matches(Roles::api).matches(Roles::worker);
        assertThat(new Roles(Set.of(Role.WORKER))).matches(Roles::worker).matches(roles -> !roles.api());
    }
}
