package dev.tally.engine.java;

import dev.tally.kernel.operator.Operator;

/** Makes a layer ready. */
@FunctionalInterface
interface Maker {
    Operator make(Step on);
}
