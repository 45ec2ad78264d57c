package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/** Writes the class of a {@link Fold}: one loop over the taps down, in which each pixel of a row is read once. */
final class FoldEmitter {
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_int, CD_float, CD_long);

    private static final int IN = 1;
    private static final int DISTANCE = 3;
    private static final int ROWS = 5;
    private static final int FACTOR = 6;
    private static final int OUT = 7;

    private final Fold fold;
    private final CodeBuilder code;
    private final VectorCode vectors;
    private final int vectorBytes;
    private final int[] folded;
    private final int pixel;

    private FoldEmitter(Fold fold, CodeBuilder code) {
        this.fold = fold;
        this.code = code;
        this.vectors = new VectorCode(code, fold.lanes(), fold.access());
        this.vectorBytes = fold.lanes() * Float.BYTES;
        this.folded = vectors.locals(fold.pixels());
        this.pixel = code.allocateLocal(TypeKind.REFERENCE);
    }

    static Fold.Kernel emit(Fold fold, int attempt) {
        return VectorCode.define(
                Fold.Kernel.class, "FoldKernel", "run", RUN, code -> new FoldEmitter(fold, code).write(attempt));
    }

    private void write(int attempt) {
        vectors.shift(3 * attempt);
        vectors.maskAddress(OUT).maskDistance(DISTANCE);
        vectors.constant(fold.maximum() ? Float.NEGATIVE_INFINITY : 0);
        code.astore(pixel);
        for (int each : folded) {
            code.aload(pixel).astore(each);
        }
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(next).iload(ROWS).ifle(end);
        vectors.maskAddress(IN);
        foldRow();
        code.lload(IN).lload(DISTANCE).ladd().lstore(IN);
        code.iinc(ROWS, -1).goto_(next).labelBinding(end);
        for (int i = 0; i < folded.length; i++) {
            if (fold.maximum()) {
                code.aload(folded[i]);
            } else {
                vectors.broadcastLocal(FACTOR);
                code.aload(folded[i]);
                vectors.multiply();
            }
            vectors.store(OUT, (long) i * vectorBytes);
        }
    }

    private void foldRow() {
        int columns = (fold.pixels() - 1) * fold.stride() + (fold.kw() - 1) * fold.dilation() + 1;
        for (int column = 0; column < columns; column++) {
            boolean read = false;
            for (int kw = 0; kw < fold.kw(); kw++) {
                int distance = column - kw * fold.dilation();
                int out = distance / fold.stride();
                if (distance < 0 || distance % fold.stride() != 0 || out >= folded.length) {
                    continue;
                }
                if (!read) {
                    vectors.load(IN, (long) column * vectorBytes);
                    code.astore(pixel);
                    read = true;
                }
                if (fold.maximum()) {
                    vectors.larger(pixel, folded[out]);
                } else {
                    // The pixel first: of what was just read the compiler knows the class, of what a loop keeps not
                    // always.
                    code.aload(pixel).aload(folded[out]);
                    vectors.add();
                }
                code.astore(folded[out]);
            }
        }
    }
}
