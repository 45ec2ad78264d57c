package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes the class of a {@link Stencil}: one loop over the taps down; in it each pixel that a row has is read once, and
 * counts for all taps across that reach it.
 */
final class StencilEmitter {
    private static final MethodTypeDesc RUN =
            MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_int, CD_int, CD_long, CD_long, CD_long);

    private static final int IN = 1;
    private static final int DISTANCE = 3;
    private static final int FROM = 5;
    private static final int TO = 6;
    private static final int FILTERS = 7;
    private static final int BIAS = 9;
    private static final int OUT = 11;

    private final Stencil stencil;
    private final CodeBuilder code;
    private final VectorCode vectors;
    private final int vectorBytes;
    private final int[] sums;
    private final int[] taps;
    private final int pixel;

    private StencilEmitter(Stencil stencil, CodeBuilder code) {
        this.stencil = stencil;
        this.code = code;
        this.vectors = new VectorCode(code, stencil.lanes(), stencil.access());
        this.vectorBytes = stencil.lanes() * Float.BYTES;
        this.sums = vectors.locals(stencil.pixels());
        this.taps = vectors.locals(stencil.kw());
        this.pixel = code.allocateLocal(TypeKind.REFERENCE);
    }

    static Stencil.Kernel emit(Stencil stencil, int attempt) {
        return VectorCode.define(
                Stencil.Kernel.class,
                "StencilKernel",
                "run",
                RUN,
                code -> new StencilEmitter(stencil, code).write(attempt));
    }

    private void write(int attempt) {
        vectors.shift(3 * attempt);
        vectors.maskAddress(BIAS).maskAddress(OUT).maskDistance(DISTANCE).load(BIAS, 0);
        code.astore(pixel);
        for (int sum : sums) {
            code.aload(pixel).astore(sum);
        }
        int step = code.allocateLocal(TypeKind.INT);
        int row = code.allocateLocal(TypeKind.LONG);
        int filterRow = code.allocateLocal(TypeKind.LONG);
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.iload(FROM).istore(step);
        code.labelBinding(next).iload(step).iload(TO).if_icmpge(end);
        code.lload(IN).iload(step).i2l().lload(DISTANCE).lmul().ladd().lstore(row);
        code.lload(FILTERS)
                .iload(step)
                .i2l()
                .ldc((long) stencil.kw() * vectorBytes)
                .lmul()
                .ladd()
                .lstore(filterRow);
        vectors.maskAddress(row).maskAddress(filterRow);
        addRow(row, filterRow);
        code.iinc(step, 1).goto_(next).labelBinding(end);
        for (int i = 0; i < sums.length; i++) {
            code.aload(sums[i]);
            vectors.rectify(stencil.rectifier()).store(OUT, (long) i * vectorBytes);
        }
    }

    private void addRow(int row, int filterRow) {
        for (int kw = 0; kw < taps.length; kw++) {
            vectors.load(filterRow, (long) kw * vectorBytes);
            code.astore(taps[kw]);
        }
        int columns = (stencil.pixels() - 1) * stencil.stride() + (stencil.kw() - 1) * stencil.dilation() + 1;
        for (int column = 0; column < columns; column++) {
            boolean read = false;
            for (int kw = 0; kw < taps.length; kw++) {
                int distance = column - kw * stencil.dilation();
                int out = distance / stencil.stride();
                if (distance < 0 || distance % stencil.stride() != 0 || out >= sums.length) {
                    continue;
                }
                if (!read) {
                    vectors.load(row, (long) column * vectorBytes);
                    code.astore(pixel);
                    read = true;
                }
                vectors.multiplyAdd(pixel, taps[kw], sums[out]);
                code.astore(sums[out]);
            }
        }
    }
}
