package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.tally.kernel.emit.Tile.Side;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/** Writes the class of a {@link Tile}: one loop over the steps, all sums in locals. */
final class TileEmitter {
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            CD_void, CD_long, CD_int, CD_int, CD_int.arrayType(), CD_long, CD_long, CD_long, CD_long, CD_long);

    // The parameters of Kernel.run, in their order; a long takes two slots.
    private static final int LOOKED = 1;
    private static final int FROM = 3;
    private static final int TO = 4;
    private static final int OFFSETS = 5;
    private static final int PACKED = 6;
    private static final int BIAS = 8;
    private static final int OUT = 10;
    private static final int DISTANCE = 12;
    private static final int RESIDUAL = 14;

    private final Tile tile;
    private final CodeBuilder code;
    private final VectorCode vectors;
    private final int vectorBytes;
    private final boolean numbersLookedUp;

    private final int step;
    private final int lookedAt;
    private final int packedAt;
    private final int number;
    private final int firstVector;
    private final int firstSum;

    private TileEmitter(Tile tile, CodeBuilder code) {
        this.tile = tile;
        this.code = code;
        this.vectors = new VectorCode(code, tile.lanes(), tile.access());
        this.vectorBytes = tile.lanes() * Float.BYTES;
        this.numbersLookedUp = tile.side() == Side.NUMBERS;
        this.step = code.allocateLocal(TypeKind.INT);
        this.lookedAt = code.allocateLocal(TypeKind.LONG);
        this.packedAt = code.allocateLocal(TypeKind.LONG);
        this.number = code.allocateLocal(TypeKind.REFERENCE);
        this.firstVector = locals(tile.vectors());
        this.firstSum = locals(tile.sums());
    }

    /** {@return the kernel of a tile} */
    static Tile.Kernel emit(Tile tile) {
        return VectorCode.define(
                Tile.Kernel.class, "TileKernel", "run", RUN, code -> new TileEmitter(tile, code).write());
    }

    private int locals(int count) {
        int first = code.allocateLocal(TypeKind.REFERENCE);
        for (int i = 1; i < count; i++) {
            code.allocateLocal(TypeKind.REFERENCE);
        }
        return first;
    }

    private int sum(int row, int column) {
        return firstSum + row * tile.vectors() + column;
    }

    private void write() {
        vectors.maskAddress(BIAS).maskAddress(OUT).maskAddress(RESIDUAL).maskDistance(DISTANCE);
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
        if (numbersLookedUp) {
            for (int column = 0; column < tile.vectors(); column++) {
                vectors.load(BIAS, (long) column * vectorBytes);
                code.astore(firstVector + column);
            }
        }
        for (int row = 0; row < tile.rows(); row++) {
            if (!numbersLookedUp) {
                vectors.broadcast(BIAS, (long) row * Float.BYTES);
                code.astore(firstVector);
            }
            for (int column = 0; column < tile.vectors(); column++) {
                code.aload(firstVector + (numbersLookedUp ? column : 0)).astore(sum(row, column));
            }
        }
    }

    private void addProducts() {
        code.lload(LOOKED).aload(OFFSETS).iload(step).iaload().i2l().ladd().lstore(lookedAt);
        vectors.maskAddress(lookedAt);
        code.lload(PACKED)
                .iload(step)
                .i2l()
                .ldc((long) tile.packedBytes())
                .lmul()
                .ladd()
                .lstore(packedAt);
        vectors.maskAddress(packedAt);
        int numbersAt = numbersLookedUp ? lookedAt : packedAt;
        int vectorsAt = numbersLookedUp ? packedAt : lookedAt;
        int pitch = numbersLookedUp ? tile.pitch() : Float.BYTES;
        for (int column = 0; column < tile.vectors(); column++) {
            vectors.load(vectorsAt, (long) column * vectorBytes);
            code.astore(firstVector + column);
        }
        for (int row = 0; row < tile.rows(); row++) {
            vectors.broadcast(numbersAt, (long) row * pitch);
            code.astore(number);
            for (int column = 0; column < tile.vectors(); column++) {
                vectors.multiplyAdd(number, firstVector + column, sum(row, column));
                code.astore(sum(row, column));
            }
        }
    }

    /** Line by line of the result, each a distance further: columns of channels, or rows of pixels. */
    private void store() {
        int lines = numbersLookedUp ? tile.vectors() : tile.rows();
        int inLine = numbersLookedUp ? tile.rows() : tile.vectors();
        long apart = (long) vectorBytes * (numbersLookedUp ? tile.spacing() : 1);
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < inLine; i++) {
                code.aload(numbersLookedUp ? sum(i, line) : sum(line, i));
                if (tile.residual()) {
                    vectors.load(RESIDUAL, i * apart).add();
                }
                vectors.rectify(tile.rectifier()).store(OUT, i * apart);
            }
            if (line + 1 < lines) {
                advance(OUT);
                if (tile.residual()) {
                    advance(RESIDUAL);
                }
            }
        }
    }

    private void advance(int address) {
        code.lload(address).lload(DISTANCE).ladd().lstore(address);
        vectors.maskAddress(address);
    }
}
