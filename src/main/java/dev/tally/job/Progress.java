package dev.tally.job;

/**
 * How far a running job is.
 *
 * @param done how many of its parts are measured: the network end to end is one, each of its layers by itself another
 * @param of how many parts there are
 * @param secondsLeft about how long it will still take, at least 0, to a tenth
 */
public record Progress(int done, int of, double secondsLeft) {
    public Progress {
        secondsLeft = Math.round(10 * secondsLeft) / 10.0;
    }
}
