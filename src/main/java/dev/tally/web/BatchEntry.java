package dev.tally.web;

import org.jspecify.annotations.Nullable;

/**
 * A line of a batch on its way: its text, then its answer. One thread after the other has it: who reads, who counts,
 * who writes; {@link BatchWindow} hands it on.
 */
final class BatchEntry {
    private final long number;
    private final int textBytes;
    private byte @Nullable [] text;
    private byte @Nullable [] answer;
    private boolean problem;

    /** Guarded by the window's lock. */
    private boolean finished;

    /** @param number the line's number in the body, from 1 */
    BatchEntry(long number, byte[] text) {
        this.number = number;
        this.text = text;
        this.textBytes = text.length;
    }

    long number() {
        return number;
    }

    int textBytes() {
        return textBytes;
    }

    /** {@return the line, which is not kept any longer} */
    byte[] takeText() {
        if (text == null) {
            throw new IllegalStateException("line " + number + " was taken before");
        }
        byte[] taken = text;
        text = null;
        return taken;
    }

    /**
     * Sets the answer.
     *
     * @param problem whether it is a problem, and no analysis
     */
    void answer(byte[] bytes, boolean problem) {
        this.answer = bytes;
        this.problem = problem;
    }

    byte[] answer() {
        if (answer == null) {
            throw new IllegalStateException("line " + number + " has no answer yet");
        }
        return answer;
    }

    boolean isProblem() {
        return problem;
    }

    boolean isFinished() {
        return finished;
    }

    void finish() {
        finished = true;
    }
}
