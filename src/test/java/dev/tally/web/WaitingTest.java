package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingTest {
    private static Waiting of(String... headers) {
        return Waiting.of(List.of(headers));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wait=5                       | 5
                    WAIT = "7"                   | 7
                    respond-async, wait=0        | 0
                    respond-async, wait=10       | 10
                    wait=9; strict               | 9
                    wait=61                      | 60
                    wait=99999999999999999999999 | 60
                    wait=4, wait=6               | 4
                    """)
    void theFirstWaitIsHonouredUpToAMinute(String header, long seconds) {
        assertThat(of(header)).isEqualTo(new Waiting(Duration.ofSeconds(seconds), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=-3", "wait=1.5", "wait=soon", "waiting=3", "return=minimal"})
    void whatIsNoWaitIsPassedOver(String header) {
        assertThat(of(header)).isEqualTo(new Waiting(Duration.ofSeconds(30), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"respond-async", "Respond-Async; x=1", "handling=lenient, respond-async"})
    void respondingAsynchronouslyIsNotWaiting(String header) {
        assertThat(of(header)).isEqualTo(new Waiting(Duration.ZERO, true));
        assertThat(of(header).applied()).isEqualTo("respond-async");
    }

    @Test
    void headersAreReadInTheirOrder() {
        assertThat(of("return=minimal", "wait=8", "wait=3")).isEqualTo(new Waiting(Duration.ofSeconds(8), true));
        assertThat(Waiting.of(null)).isEqualTo(new Waiting(Duration.ofSeconds(30), false));
    }
}
