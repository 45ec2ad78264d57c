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

        assertThat(records(Layer.class))
                .isNotEmpty()
                .allSatisfy(layer -> assertThat(written).contains(layer));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerTypesTest::records);
    }
}
