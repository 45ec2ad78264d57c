package dev.tally.engine.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.tally.engine.EngineException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTest {
    private final List<String> closed = new ArrayList<>();
    private final Resources resources = new Resources();

    @Test
    void theLastOpenedIsClosedFirst() {
        resources.add(() -> closed.add("first"));
        resources.add(() -> closed.add("second"));
        resources.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void eachIsClosedOnce() {
        resources.add(() -> closed.add("one"));
        resources.close();
        resources.close();

        assertThat(closed).containsExactly("one");
    }

    @Test
    void allAreClosedEvenIfSomeFail() {
        resources.add(() -> closed.add("first"));
        resources.add(() -> {
            throw new OrtException("second");
        });
        resources.add(() -> {
            throw new OrtException("third");
        });

        assertThatThrownBy(resources::close)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("third")
                .cause()
                .satisfies(cause -> assertThat(cause.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("first");
    }

    @Test
    void memoryIsFreedWithTheRestByAnyThread() throws InterruptedException {
        Arena arena = resources.arena();
        Thread other = Thread.ofPlatform().start(resources::close);
        other.join();

        assertThat(arena.scope().isAlive()).isFalse();
    }
}
