package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/** Writes the class of a {@link PlaneTile}: one loop over the steps, all sums in locals. */
final class PlaneTileEmitter {
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            CD_void,
            CD_long,
            CD_int,
            CD_int,
            CD_int.arrayType(),
            CD_float.arrayType(),
            CD_int,
            CD_long,
            CD_long,
            CD_long);

    // The parameters of Kernel.run, in their order; a long takes two slots.
    private static final int PIXELS = 1;
    private static final int FROM = 3;
    private static final int TO = 4;
    private static final int OFFSETS = 5;
    private static final int WEIGHTS = 6;
    private static final int FIRST = 7;
    private static final int OUT = 8;
    private static final int DISTANCE = 10;
    private static final int RESIDUAL = 12;

    private final PlaneTile tile;
    private final CodeBuilder code;
    private final VectorCode vectors;
    private final int vectorBytes;

    private final int step;
    private final int pixelsAt;
    private final int weightsAt;
    private final int weight;
    private final int[] pixels;
    private final int[] sums;

    private PlaneTileEmitter(PlaneTile tile, CodeBuilder code) {
        this.tile = tile;
        this.code = code;
        this.vectors = new VectorCode(code, tile.lanes(), tile.access());
        this.vectorBytes = tile.lanes() * Float.BYTES;
        this.step = code.allocateLocal(TypeKind.INT);
        this.pixelsAt = code.allocateLocal(TypeKind.LONG);
        this.weightsAt = code.allocateLocal(TypeKind.INT);
        this.weight = code.allocateLocal(TypeKind.REFERENCE);
        this.pixels = vectors.locals(tile.vectors());
        this.sums = vectors.locals(tile.sums());
    }

    /**
     * {@return the kernel of a tile}
     *
     * @param attempt how often it was emitted before
     */
    static PlaneTile.Kernel emit(PlaneTile tile, int attempt) {
        return VectorCode.define(
                PlaneTile.Kernel.class,
                "PlaneTileKernel",
                "run",
                RUN,
                code -> new PlaneTileEmitter(tile, code).write(attempt));
    }

    private int sum(int row, int column) {
        return sums[row * tile.vectors() + column];
    }

    private void write(int attempt) {
        vectors.shift(3 * attempt);
        vectors.maskAddress(OUT).maskAddress(RESIDUAL).maskDistance(DISTANCE);
        for (int row = 0; row < tile.rows(); row++) {
            vectors.broadcastOf(WEIGHTS, FIRST, row);
            code.astore(weight);
            for (int column = 0; column < tile.vectors(); column++) {
                code.aload(weight).astore(sum(row, column));
            }
        }
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.iload(FROM).istore(step);
        code.labelBinding(next).iload(step).iload(TO).if_icmpge(end);
        addProducts();
        code.iinc(step, 1).goto_(next).labelBinding(end);
        store();
    }

    private void addProducts() {
        code.lload(PIXELS).aload(OFFSETS).iload(step).iaload().i2l().ladd().lstore(pixelsAt);
        vectors.maskAddress(pixelsAt);
        code.iload(FIRST).iload(step).ldc(tile.rows()).imul().iadd().istore(weightsAt);
        for (int column = 0; column < tile.vectors(); column++) {
            vectors.load(pixelsAt, (long) column * vectorBytes);
            code.astore(pixels[column]);
        }
        for (int row = 0; row < tile.rows(); row++) {
            // After those that sums begin with.
            vectors.broadcastOf(WEIGHTS, weightsAt, tile.rows() + row);
            code.astore(weight);
            for (int column = 0; column < tile.vectors(); column++) {
                vectors.multiplyAdd(weight, pixels[column], sum(row, column));
                code.astore(sum(row, column));
            }
        }
    }

    private void store() {
        for (int row = 0; row < tile.rows(); row++) {
            if (row > 0) {
                vectors.advance(OUT, DISTANCE).advance(RESIDUAL, DISTANCE);
            }
            for (int column = 0; column < tile.vectors(); column++) {
                long at = (long) column * vectorBytes;
                if (tile.residual()) {
                    vectors.load(RESIDUAL, at);
                    code.aload(sum(row, column));
                    vectors.add();
                } else {
                    code.aload(sum(row, column));
                }
                vectors.rectify(tile.rectifier()).store(OUT, at);
            }
        }
    }
}
