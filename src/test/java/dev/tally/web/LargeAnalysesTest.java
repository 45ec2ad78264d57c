package dev.tally.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LargeAnalysesTest {
    private final LargeAnalyses large = new LargeAnalyses(1, Duration.ZERO);
    private final HttpServletRequest second = new MockHttpServletRequest();

    @Test
    void oneMoreThanThereIsRoomForIsRefusedUntilTheFirstIsAnswered() throws Exception {
        large.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (first, _) -> {
            large.enter((HttpServletRequest) first, 1_001);

            assertThatThrownBy(() -> large.enter(second, 10_000))
                    .isInstanceOf(TooManyLargeAnalysesException.class)
                    .hasMessageStartingWith("the network has 10000 layers, and as many of more than 1000 as");
        });

        assertThatCode(() -> large.enter(second, 10_000)).doesNotThrowAnyException();
    }

    @Test
    void smallOnesPassBy() throws Exception {
        large.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (first, _) -> {
            large.enter((HttpServletRequest) first, 1_001);

            assertThatCode(() -> large.enter(second, 1_000)).doesNotThrowAnyException();
        });
    }
}
