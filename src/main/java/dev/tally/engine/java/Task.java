package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.operator.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * What reads places and writes one.
 *
 * @param maker makes what computes it, when its places have memory
 */
record Task(List<Place> inputs, Place output, OperatorMaker maker) {
    /** {@return all that it reads and writes} */
    List<Place> places() {
        List<Place> places = new ArrayList<>(inputs);
        places.add(output);
        return places;
    }

    /** Makes what computes a task. */
    @FunctionalInterface
    interface OperatorMaker {
        Operator make(Setting setting) throws UnsupportedNetworkException;
    }
}
