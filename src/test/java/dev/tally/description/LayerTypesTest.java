package dev.tally.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.network.Layer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayerTypesTest {
    @Test
    void everyLayerOfTheModelCanBeWritten() {
        Set<Class<?>> written =
                LayerTypes.all().stream().map(LayerType::layerClass).collect(Collectors.toSet());

        assertThat(written)
                .as("every layer of the model; add it to LayerTypes")
                .containsAll(records(Layer.class).toList());
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerTypesTest::records);
    }
}
