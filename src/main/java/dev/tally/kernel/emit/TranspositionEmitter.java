package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes the class of a {@link Transposition}: log2(lanes) times, row i and row i + lanes/2 are interleaved into rows
 * 2i and 2i + 1. Each time the bits of an element's place rotate by one, until row and column have changed places.
 */
final class TranspositionEmitter {
    private static final MethodTypeDesc RUN =
            MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_long, CD_long, CD_long, CD_long, CD_int);

    private static final int FROM = 1;
    private static final int FROM_DISTANCE = 3;
    private static final int FROM_STEP = 5;
    private static final int TO = 7;
    private static final int TO_DISTANCE = 9;
    private static final int TO_STEP = 11;
    private static final int SQUARES = 13;

    private final Transposition transposition;
    private final CodeBuilder code;
    private final VectorCode vectors;
    private final int lanes;

    private TranspositionEmitter(Transposition transposition, CodeBuilder code) {
        this.transposition = transposition;
        this.code = code;
        this.lanes = transposition.lanes();
        this.vectors = new VectorCode(code, lanes, transposition.access());
    }

    static Transposition.Kernel emit(Transposition transposition, int attempt) {
        return VectorCode.define(
                Transposition.Kernel.class,
                "TranspositionKernel",
                "run",
                RUN,
                code -> new TranspositionEmitter(transposition, code).write(attempt));
    }

    private void write(int attempt) {
        vectors.shift(3 * attempt);
        vectors.maskDistance(FROM_DISTANCE).maskDistance(TO_DISTANCE);
        int low = vectors.interleaving(0);
        int high = vectors.interleaving(lanes / 2);
        int[] rows = vectors.locals(lanes);
        int[] mixed = vectors.locals(lanes);
        int at = code.allocateLocal(TypeKind.LONG);
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(next).iload(SQUARES).ifle(end);
        read(rows, at);
        for (int bits = lanes; bits > 1; bits /= 2) {
            for (int i = 0; i < lanes / 2; i++) {
                vectors.select(low, rows[i], rows[i + lanes / 2]);
                code.astore(mixed[2 * i]);
                vectors.select(high, rows[i], rows[i + lanes / 2]);
                code.astore(mixed[2 * i + 1]);
            }
            int[] swap = rows;
            rows = mixed;
            mixed = swap;
        }
        write(rows, at);
        code.lload(FROM).lload(FROM_STEP).ladd().lstore(FROM);
        code.lload(TO).lload(TO_STEP).ladd().lstore(TO);
        code.iinc(SQUARES, -1).goto_(next).labelBinding(end);
    }

    private void read(int[] rows, int at) {
        code.lload(FROM).lstore(at);
        for (int i = 0; i < lanes; i++) {
            if (i < transposition.rowsRead()) {
                vectors.maskAddress(at).load(at, 0);
                code.lload(at).lload(FROM_DISTANCE).ladd().lstore(at);
            } else {
                vectors.constant(0);
            }
            code.astore(rows[i]);
        }
    }

    private void write(int[] rows, int at) {
        code.lload(TO).lstore(at);
        for (int i = 0; i < transposition.rowsWritten(); i++) {
            code.aload(rows[i]);
            vectors.maskAddress(at).store(at, 0);
            code.lload(at).lload(TO_DISTANCE).ladd().lstore(at);
        }
    }
}
