package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/** Writes the class of a {@link Tile}: one loop over the steps, all sums in locals. */
final class TileEmitter {
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            CD_void,
            CD_long,
            CD_int,
            CD_int,
            CD_int.arrayType(),
            CD_long,
            CD_long,
            CD_long,
            CD_long,
            CD_long,
            CD_long,
            CD_long);

    /**
     * From so many vectors on, addresses of weights are left to the processor: that saves an instruction a vector, a
     * sixth of the time of six pixels by four vectors. Tiles of fewer are compiled to twice as slow a loop so (fourteen
     * by two).
     */
    private static final int MANY_STREAMS = 4;

    // The parameters of Kernel.run, in their order; a long takes two slots.
    private static final int NUMBERS = 1;
    private static final int FROM = 3;
    private static final int TO = 4;
    private static final int OFFSETS = 5;
    private static final int WEIGHTS = 6;
    private static final int WEIGHTS_DISTANCE = 8;
    private static final int BIAS = 10;
    private static final int OUT = 12;
    private static final int DISTANCE = 14;
    private static final int RESIDUAL = 16;
    private static final int RESIDUAL_DISTANCE = 18;

    private final Tile tile;
    private final CodeBuilder code;
    private final VectorCode vectors;
    private final int vectorBytes;

    private final int step;
    private final int numbersAt;
    private final int[] columns;
    private final int stepAt;
    private final int weightsAt;
    private final int number;
    private final int[] weights;
    private final int[] sums;

    private TileEmitter(Tile tile, CodeBuilder code) {
        this.tile = tile;
        this.code = code;
        this.vectors = new VectorCode(code, tile.lanes(), tile.access());
        this.vectorBytes = tile.lanes() * Float.BYTES;
        this.step = code.allocateLocal(TypeKind.INT);
        this.numbersAt = code.allocateLocal(TypeKind.LONG);
        this.weightsAt = code.allocateLocal(TypeKind.LONG);
        this.stepAt = code.allocateLocal(TypeKind.INT);
        this.columns = new int[tile.vectors()];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = code.allocateLocal(TypeKind.LONG);
        }
        this.number = code.allocateLocal(TypeKind.REFERENCE);
        this.weights = vectors.locals(tile.vectors());
        this.sums = vectors.locals(tile.sums());
    }

    /**
     * {@return the kernel of a tile}
     *
     * @param attempt how often it was emitted before
     */
    static Tile.Kernel emit(Tile tile, int attempt) {
        return VectorCode.define(
                Tile.Kernel.class, "TileKernel", "run", RUN, code -> new TileEmitter(tile, code).write(attempt));
    }

    private int sum(int row, int column) {
        return sums[row * tile.vectors() + column];
    }

    private void write(int attempt) {
        vectors.shift(3 * attempt);
        vectors.maskAddress(NUMBERS).maskAddress(WEIGHTS);
        vectors.maskAddress(BIAS)
                .maskAddress(OUT)
                .maskAddress(RESIDUAL)
                .maskDistance(WEIGHTS_DISTANCE)
                .maskDistance(DISTANCE)
                .maskDistance(RESIDUAL_DISTANCE);
        for (int column : columns) {
            code.lload(WEIGHTS).lstore(column);
            vectors.advance(WEIGHTS, WEIGHTS_DISTANCE);
        }
        beginWithBias();
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.iload(FROM).istore(step);
        code.labelBinding(next).iload(step).iload(TO).if_icmpge(end);
        addProducts();
        code.iinc(step, 1).goto_(next).labelBinding(end);
        store();
    }

    private void beginWithBias() {
        for (int column = 0; column < tile.vectors(); column++) {
            vectors.load(BIAS, (long) column * vectorBytes);
            code.astore(weights[column]);
            for (int row = 0; row < tile.rows(); row++) {
                code.aload(weights[column]).astore(sum(row, column));
            }
        }
    }

    private void addProducts() {
        code.aload(OFFSETS).iload(step).iaload();
        vectors.plusDistance(NUMBERS);
        code.lstore(numbersAt);
        code.iload(step).ldc(vectorBytes).imul().istore(stepAt);
        for (int column = 0; column < tile.vectors(); column++) {
            code.iload(stepAt);
            if (tile.vectors() < MANY_STREAMS) {
                vectors.plusDistance(columns[column]);
            } else {
                vectors.plusIndex(columns[column]);
            }
            code.lstore(weightsAt);
            vectors.load(weightsAt, 0);
            code.astore(weights[column]);
        }
        for (int row = 0; row < tile.rows(); row++) {
            vectors.broadcast(numbersAt, (long) row * tile.pitch());
            code.astore(number);
            for (int column = 0; column < tile.vectors(); column++) {
                vectors.multiplyAdd(number, weights[column], sum(row, column));
                code.astore(sum(row, column));
            }
        }
    }

    private void store() {
        long apart = (long) vectorBytes * tile.spacing();
        for (int column = 0; column < tile.vectors(); column++) {
            if (column > 0) {
                vectors.advance(OUT, DISTANCE).advance(RESIDUAL, RESIDUAL_DISTANCE);
            }
            for (int row = 0; row < tile.rows(); row++) {
                if (tile.residual()) {
                    vectors.load(RESIDUAL, row * apart);
                    code.aload(sum(row, column));
                    vectors.add();
                } else {
                    code.aload(sum(row, column));
                }
                vectors.rectify(tile.rectifier()).store(OUT, row * apart);
            }
        }
    }
}
