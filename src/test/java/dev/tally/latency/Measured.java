package dev.tally.latency;

import dev.tally.description.DescriptionReader;
import dev.tally.measurement.Figures;
import dev.tally.measurement.Measurement;
import dev.tally.measurement.Measurement.StepFigures;
import dev.tally.measurement.Measurements;
import dev.tally.measurement.Timing;
import dev.tally.network.LayerKey;
import dev.tally.network.Network;
import dev.tally.network.Subnetworks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Measurements with the times that a test wants. */
public final class Measured {
    public static final Measurement.Conditions JAVA = conditions("java", null, null, 1);

    private Measured() {}

    public static Network network(String json) {
        return DescriptionReader.read(JsonMapper.shared().readTree(json)).network();
    }

    /** {@return a chain of convolutions of these kernels over 16×16×3, each giving three channels} */
    public static Network chain(int... kernels) {
        StringBuilder layers = new StringBuilder();
        for (int kernel : kernels) {
            layers.append(layers.isEmpty() ? "" : ", ")
                    .append("{\"type\": \"conv2d\", \"filters\": 3, \"padding\": \"same\", \"kernel\": ")
                    .append(kernel)
                    .append('}');
        }
        return network("{\"input\": [16, 16, 3], \"layers\": [" + layers + "]}");
    }

    public static Measurement.Conditions conditions(
            String engine, @Nullable String algorithm, @Nullable String device, int threads) {
        return new Measurement.Conditions(engine, algorithm, "1", device == null, device, threads, "float32");
    }

    public static Figures figures(double median, double min, double disturbance) {
        Timing timing = new Timing(median, median, median, min, median, 0, 100);
        return new Figures("loops", 0, timing, 0, 0, OptionalLong.empty(), disturbance, 0);
    }

    public static Figures figures(double median) {
        return figures(median, median, 1);
    }

    /** {@return a measurement of a network's steps, one figure for those that do the same work, and of the whole} */
    public static Measurement measurement(
            Measurement.Conditions conditions, Network network, Figures whole, ToDoubleFunction<String> nanosOfKey) {
        Map<LayerKey, Figures> byKey = new HashMap<>();
        List<StepFigures> steps = Subnetworks.of(network).stream()
                .map(step -> new StepFigures(
                        step,
                        byKey.computeIfAbsent(LayerKey.of(step), key -> figures(nanosOfKey.applyAsDouble(key.text())))))
                .toList();
        return new Measurement(conditions, whole, null, steps);
    }

    /** {@return measurements of a network whose every step took as long} */
    public static Measurements of(Network network, double wholeNanos, double stepNanos) {
        return measurements(measurement(JAVA, network, figures(wholeNanos), _ -> stepNanos));
    }

    public static Measurements ofWhole(Figures whole) {
        return measurements(new Measurement(JAVA, whole, null, List.of()));
    }

    public static Measurements measurements(Measurement... engines) {
        return new Measurements(List.of(engines), OptionalDouble.empty());
    }
}
