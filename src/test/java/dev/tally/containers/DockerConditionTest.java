package dev.tally.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DockerConditionTest {
    @Test
    void runsWhatNeedsAnEngineWhereOneAnswers() {
        assertThat(DockerCondition.evaluate(true, false).isDisabled()).isFalse();
        assertThat(DockerCondition.evaluate(true, true).isDisabled()).isFalse();
    }

    @Test
    void skipsItWithTheReasonWhereNoneDoes() {
        assertThat(DockerCondition.evaluate(false, false).isDisabled()).isTrue();
        assertThat(DockerCondition.evaluate(false, false).getReason()).contains("no Docker engine answers");
    }

    @Test
    void failsWhereNoneDoesAndOneIsRequired() {
        assertThatThrownBy(() -> DockerCondition.evaluate(false, true))
                .hasMessageContaining("TALLY_CONTAINERS=required");
    }
}
