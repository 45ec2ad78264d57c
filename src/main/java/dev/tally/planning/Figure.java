package dev.tally.planning;

import dev.tally.analysis.Totals;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A total that is a count, by the name that it has in JSON. */
public enum Figure {
    MULTIPLIES("multiplies"),
    MULTIPLIES_IN_BOUNDS("multipliesInBounds"),
    ADDITIONS("additions"),
    MACS("macs"),
    FLOPS("flops"),
    PARAMETERS("parameters"),
    WEIGHT_BYTES("weightBytes"),
    ACTIVATION_BYTES("activationBytes"),
    PEAK_ACTIVATION_BYTES("peakActivationBytes"),
    BYTES_MOVED("bytesMoved");

    private final String id;

    Figure(String id) {
        this.id = id;
    }

    /** {@return its name in JSON} */
    public String id() {
        return id;
    }

    /** {@return what it is in these totals} */
    public long of(Totals totals) {
        return switch (this) {
            case MULTIPLIES -> totals.operations().multiplies();
            case MULTIPLIES_IN_BOUNDS -> totals.operations().multipliesInBounds();
            case ADDITIONS -> totals.operations().additions();
            case MACS -> totals.operations().macs();
            case FLOPS -> totals.flops();
            case PARAMETERS -> totals.parameters();
            case WEIGHT_BYTES -> totals.weightBytes();
            case ACTIVATION_BYTES -> totals.activationBytes();
            case PEAK_ACTIVATION_BYTES -> totals.peakActivationBytes();
            case BYTES_MOVED -> totals.bytesMoved();
        };
    }

    /** {@return the figure with this name, or null} */
    static @Nullable Figure find(String id) {
        return Arrays.stream(values())
                .filter(figure -> figure.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    /** {@return the names of all figures} */
    static List<String> ids() {
        return Arrays.stream(values()).map(Figure::id).toList();
    }
}
