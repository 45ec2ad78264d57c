package dev.tally.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PinningTest {
    @BeforeEach
    void where() {
        assumeTrue(!Pinning.allowedCpus().isEmpty(), "threads can be pinned on Linux alone, with native calls enabled");
    }

    @Test
    void keepsAThreadOnOneCoreUntilItIsClosed() {
        List<Integer> before = Pinning.cpusOfThisThread();
        int last = Pinning.allowedCpus().getLast();

        Pinning pinning = Pinning.to(last);
        try (pinning) {
            assertThat(Pinning.cpusOfThisThread()).containsExactly(last);
            pinning.close();
            assertThat(Pinning.cpusOfThisThread()).isEqualTo(before);
        }
        assertThat(Pinning.cpusOfThisThread()).isEqualTo(before);
    }

    @Test
    void aCoreThatIsNotAllowedIsRefused() {
        assertThatThrownBy(() -> Pinning.to(9_999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 9999")
                .hasMessageContaining(Pinning.allowedCpus().toString());
    }

    @Test
    void aVirtualThreadHasNoCore() throws InterruptedException {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> thrown.complete(org.assertj.core.api.Assertions.catchThrowable(
                        () -> Pinning.to(Pinning.allowedCpus().getFirst()))))
                .join();

        assertThat(thrown.join())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("virtual");
    }

    @Test
    void anotherThreadCannotEndIt() {
        try (Pinning pinning = Pinning.to(Pinning.allowedCpus().getFirst())) {
            assertThatThrownBy(() -> CompletableFuture.runAsync(pinning::close).join())
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }
}
