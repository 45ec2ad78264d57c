package dev.tally.kernel.emit;

import dev.tally.kernel.VectorSupport;
import java.util.stream.IntStream;

/** The widths of vectors that this machine has, in floats. */
final class Widths {
    private Widths() {}

    static IntStream all() {
        return IntStream.of(4, 8, 16)
                .filter(lanes -> lanes <= VectorSupport.current().lanes());
    }
}
