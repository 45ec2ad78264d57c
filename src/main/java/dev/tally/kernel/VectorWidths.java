package dev.tally.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector loops in the widths that this machine has. Loaded only where the vector module is. */
final class VectorWidths {
    private VectorWidths() {}

    /** {@return the width that the JVM prefers here, in bits: the widest that it uses} */
    static int preferredBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    /** {@return loops of one width, at most the preferred one} */
    static MachineLoops of(int bits) {
        VectorSpecies<Float> species = VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
        try (InputStream bytes = VectorWidths.class.getResourceAsStream("VectorLoops.class")) {
            return (MachineLoops) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(
                            Objects.requireNonNull(bytes, "VectorLoops.class").readAllBytes(), species, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector loops of " + bits + " bits cannot be made", e);
        }
    }

    /** {@return the preferred width, then the half of it if there is one: some machines reach more with that} */
    static List<MachineLoops> all() {
        List<MachineLoops> loops = new ArrayList<>();
        loops.add(of(preferredBits()));
        if (preferredBits() >= 256) {
            loops.add(of(preferredBits() / 2));
        }
        return loops;
    }
}
