package dev.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

/** What docs/operating.md says of the settings. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OperatingTest {
    @Autowired
    private ApplicationContext context;

    /** @param defaultValue as it is written in the code; null where there is none, or what it is depends */
    private record Setting(String variable, @Nullable String defaultValue) {}

    @Test
    void listsEverySettingOfTallyWithItsDefault() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs", "operating.md")).stream()
                .filter(line -> line.startsWith("| `TALLY_"))
                .toList();

        List<Setting> settings = settings();
        assertThat(settings).hasSizeGreaterThan(10);
        for (Setting setting : settings) {
            String row = "| `" + setting.variable() + "` | "
                    + (setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "` |");
            assertThat(rows).as(setting.variable()).anyMatch(line -> line.startsWith(row));
        }
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (Object bean :
                context.getBeansWithAnnotation(ConfigurationProperties.class).values()) {
            Class<?> type = bean.getClass();
            if (type.getPackageName().startsWith("dev.tally")) {
                ConfigurationProperties properties =
                        Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class));
                addAll(type, variable(properties.value()), settings);
            }
        }
        return settings;
    }

    private static void addAll(Class<?> type, String prefix, List<Setting> settings) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        for (int i = 0; i < components.length; i++) {
            String variable = prefix + "_" + variable(components[i].getName());
            if (types[i].isRecord()) {
                addAll(types[i], variable, settings);
            } else {
                settings.add(new Setting(variable, defaultValue(type, types, i)));
            }
        }
    }

    private static @Nullable String defaultValue(Class<?> type, Class<?>[] types, int component) {
        try {
            return Arrays.stream(type.getDeclaredConstructor(types).getParameterAnnotations()[component])
                    .filter(DefaultValue.class::isInstance)
                    .map(annotation -> String.join(",", ((DefaultValue) annotation).value()))
                    .findFirst()
                    .orElse(null);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String variable(String name) {
        return name.replace('.', '_').replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
