package dev.tally.analysis;

import dev.tally.network.Shape;

/** What a layer was seen to do, step by step. */
final class Steps {
    private long multiplies;
    private long multipliesInBounds;
    private long additions;
    private long macs;
    private long comparisons;
    private long divisions;
    private long exponentials;
    private long logarithms;
    private long powers;
    private long errorFunctions;
    private long trained;
    private long stored;
    private Shape output = Shape.of(1);

    void multiply(boolean inBounds) {
        multiplies++;
        multipliesInBounds += inBounds ? 1 : 0;
    }

    void multiply() {
        multiply(true);
    }

    void multiplyAccumulate(boolean inBounds) {
        multiply(inBounds);
        macs++;
    }

    void add() {
        additions++;
    }

    void compare() {
        comparisons++;
    }

    void divide() {
        divisions++;
    }

    void exponentiate() {
        exponentials++;
    }

    void takeLogarithm() {
        logarithms++;
    }

    void applyErrorFunction() {
        errorFunctions++;
    }

    void raise() {
        powers++;
    }

    void store(boolean byTraining) {
        stored++;
        trained += byTraining ? 1 : 0;
    }

    void output(Shape shape) {
        output = shape;
    }

    Operations operations() {
        return new Operations(
                multiplies,
                multipliesInBounds,
                additions,
                macs,
                new OtherOperations(comparisons, divisions, exponentials, logarithms, powers, errorFunctions));
    }

    long flops() {
        return multiplies + additions;
    }

    long parameters() {
        return trained;
    }

    long storedWeights() {
        return stored;
    }

    Shape output() {
        return output;
    }
}
