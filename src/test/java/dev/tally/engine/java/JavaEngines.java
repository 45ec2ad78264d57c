package dev.tally.engine.java;

import dev.tally.kernel.VectorSupport;
import dev.tally.kernel.memory.Access;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The engine as tests want it: kernels are used as they are, not compiled first. */
final class JavaEngines {
    private JavaEngines() {}

    static JavaEngine uncompiled() {
        return new JavaEngine(List.of(), JavaEngine.WORKSPACE_BYTES, Duration.ZERO);
    }

    static JavaEngine ofLanes(int lanes) {
        return new JavaEngine(
                List.of(), JavaEngine.WORKSPACE_BYTES, Duration.ZERO, OptionalInt.of(lanes), Access.CHECKED, 3);
    }

    /** {@return one whose kernels look at each access to memory first} */
    static JavaEngine checked() {
        return new JavaEngine(
                List.of(), JavaEngine.WORKSPACE_BYTES, Duration.ZERO, OptionalInt.empty(), Access.CHECKED, 3);
    }

    /** {@return one that keeps tensors in blocks of channels wherever it can, on vectors of a length} */
    static JavaEngine blocked(int lanes, Access access) {
        return new JavaEngine(List.of(), JavaEngine.WORKSPACE_BYTES, Duration.ZERO, OptionalInt.of(lanes), access, 1);
    }

    /** {@return the lengths of vectors that this machine has, in floats, and 0 for plain loops} */
    static int[] lanes() {
        return IntStream.of(0, 4, 8, 16)
                .filter(lanes -> lanes <= VectorSupport.current().lanes())
                .toArray();
    }
}
