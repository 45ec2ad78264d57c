package dev.tally.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTest {
    @Test
    void enginesAreASetWhateverTheirOrder() {
        assertThat(new Route(List.of("java", "a"), Route.ANY).taskName())
                .isEqualTo(new Route(List.of("a", "java"), Route.ANY).taskName())
                .isEqualTo("measure/a+java/any");
    }

    @Test
    void aWorkerTakesEachChoiceOfItsEnginesOnItsHostOrAny() {
        assertThat(Route.to(List.of("b", "a"), "here").stream().map(Route::taskName))
                .containsExactlyInAnyOrder(
                        "measure/a/any",
                        "measure/b/any",
                        "measure/a+b/any",
                        "measure/a/here",
                        "measure/b/here",
                        "measure/a+b/here");
        assertThat(Route.to(List.of(), "here")).isEmpty();
    }
}
