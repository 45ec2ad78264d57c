package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes the class of a {@link Copy}: vectors of the largest power of two that fits into a row, the last one over the
 * one before where the row ends in its middle.
 */
final class CopyEmitter {
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_long, CD_long, CD_int);

    private static final int FROM = 1;
    private static final int FROM_DISTANCE = 3;
    private static final int TO = 5;
    private static final int TO_DISTANCE = 7;
    private static final int ROWS = 9;

    private CopyEmitter() {}

    static Copy.Kernel emit(Copy copy, int attempt) {
        return VectorCode.define(Copy.Kernel.class, "CopyKernel", "run", RUN, code -> write(copy, code, attempt));
    }

    private static void write(Copy copy, CodeBuilder code, int attempt) {
        int lanes = Math.min(copy.lanes(), Integer.highestOneBit(copy.floats()));
        VectorCode vectors = new VectorCode(code, lanes, copy.access());
        if (lanes > 1) {
            vectors.shift(3 * attempt);
        }
        vectors.maskDistance(FROM_DISTANCE).maskDistance(TO_DISTANCE);
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(next).iload(ROWS).ifle(end);
        vectors.maskAddress(FROM).maskAddress(TO);
        for (int at = 0; at < copy.floats(); at += lanes) {
            long bytes = (long) Math.min(at, copy.floats() - lanes) * Float.BYTES;
            if (lanes == 1) {
                vectors.copyFloat(FROM, TO);
            } else {
                vectors.load(FROM, bytes).store(TO, bytes);
            }
        }
        code.lload(FROM).lload(FROM_DISTANCE).ladd().lstore(FROM);
        code.lload(TO).lload(TO_DISTANCE).ladd().lstore(TO);
        code.iinc(ROWS, -1).goto_(next).labelBinding(end);
    }
}
