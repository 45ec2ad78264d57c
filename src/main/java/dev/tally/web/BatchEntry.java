package dev.tally.web;

import org.jspecify.annotations.Nullable;

/**
 * A line of a batch on its way: its text, then its answer. One thread after the other has it: who reads, who counts,
 * who writes; {@link BatchWindow} hands it on.
 */
final class BatchEntry {
    private final long number;
    private byte @Nullable [] text;
    private byte @Nullable [] answer;
    private boolean problem;
    private boolean finished;

    /** What of the memory of all batches it holds. */
    private int textTaken;

    private int answerTaken;

    /**
     * @param number the line's number in the body, from 1
     * @param textTaken what of the memory for lines it holds
     */
    BatchEntry(long number, byte[] text, int textTaken) {
        this.number = number;
        this.text = text;
        this.textTaken = textTaken;
    }

    long number() {
        return number;
    }

    byte[] text() {
        if (text == null) {
            throw new IllegalStateException("line " + number + " is answered");
        }
        return text;
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

    /** Forgets the answer, for which there is no room. The line is to be counted once more. */
    void forgetAnswer() {
        answer = null;
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

    /** The answer stays; the text is not needed any longer. */
    void finish() {
        finished = true;
        text = null;
    }

    void answerTaken(int taken) {
        answerTaken = taken;
    }

    /** {@return what of the memory for lines it held; it now holds none} */
    int giveUpText() {
        int taken = textTaken;
        textTaken = 0;
        return taken;
    }

    /** {@return what of the memory for answers it held; it now holds none} */
    int giveUpAnswer() {
        int taken = answerTaken;
        answerTaken = 0;
        return taken;
    }
}
