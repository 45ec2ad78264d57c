package dev.tally.kernel;

import java.util.List;
import java.util.Optional;

/**
 * Whether this process computes with vectors, and why not where it does not.
 *
 * @param bits the widest vectors that it uses, 0 where plain loops stand in
 * @param missing why it does not use vectors, and the remedy; empty where it does
 * @param loops the loops that it can use, the widest first; without vectors the plain ones
 */
public record VectorSupport(int bits, Optional<String> missing, List<MachineLoops> loops) {
    /** The system property that sets the width in bits, for tests; 0 for plain loops. */
    public static final String WIDTH_PROPERTY = "tally.kernel.vector-bits";

    private static final String MODULE = "jdk.incubator.vector";

    /** {@return what is so in this process, found out once} */
    public static VectorSupport current() {
        return Current.SUPPORT;
    }

    /** {@return how many floats a vector of this process holds; 0 where plain loops stand in} */
    public int lanes() {
        return bits / Float.SIZE;
    }

    /**
     * {@return how many vectors a core keeps in registers} AVX-512 and AArch64 have 32, whatever the width that is used
     * of them; AVX2 has 16.
     */
    public int registers() {
        boolean wide = missing.isEmpty() && VectorWidths.preferredBits() >= 512;
        return wide || System.getProperty("os.arch", "").equals("aarch64") ? 32 : 16;
    }

    private static VectorSupport find() {
        String asked = System.getProperty(WIDTH_PROPERTY);
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return plain("the module " + MODULE + " is missing: start Java with --add-modules=" + MODULE);
        }
        // Without the optimizing compiler each vector operation is a call that allocates.
        String mode = System.getProperty("java.vm.info", "");
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            return plain("Java runs without its optimizing compiler (" + mode
                    + "): start it without -Xint and -XX:TieredStopAtLevel");
        }
        if (asked == null) {
            return vectors(VectorWidths.all());
        }
        if (asked.equals("0")) {
            return plain("the system property " + WIDTH_PROPERTY + " is 0");
        }
        if (!List.of("64", "128", "256", "512").contains(asked)
                || Integer.parseInt(asked) > VectorWidths.preferredBits()) {
            throw new IllegalArgumentException("the system property " + WIDTH_PROPERTY
                    + " is 0, 64, 128, 256 or 512, here at most " + VectorWidths.preferredBits() + "; got " + asked);
        }
        return vectors(List.of(VectorWidths.of(Integer.parseInt(asked))));
    }

    private static VectorSupport plain(String reason) {
        return new VectorSupport(0, Optional.of(reason), List.of(new PlainLoops()));
    }

    private static VectorSupport vectors(List<MachineLoops> vectors) {
        return new VectorSupport(vectors.getFirst().vectorBits(), Optional.empty(), vectors);
    }

    /** Found on first use; without the module {@link VectorWidths} is never touched. */
    private static final class Current {
        static final VectorSupport SUPPORT = find();
    }
}
