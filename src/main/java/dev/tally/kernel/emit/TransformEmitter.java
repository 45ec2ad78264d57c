package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * Writes the class of a {@link Transform}. Work is shared where the matrix is symmetric, as Winograd's are for a pair
 * of points p and -p: two columns that are equal in some rows and opposite in the others need the sum and the
 * difference of their vectors alone; two rows that are equal in some columns and opposite in the others are the sum and
 * the difference of two halves.
 */
final class TransformEmitter {
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            CD_void, CD_long, CD_long, CD_long, CD_long, CD_long, CD_long, CD_long, CD_long, CD_int, CD_int, CD_long,
            CD_long, CD_long);

    private static final String NAME = "TransformKernel";

    private static final int FROM = 1;
    private static final int FROM_DISTANCE = 3;
    private static final int FROM_STEP = 5;
    private static final int FROM_LINE = 7;
    private static final int TO = 9;
    private static final int TO_DISTANCE = 11;
    private static final int TO_STEP = 13;
    private static final int TO_LINE = 15;
    private static final int TIMES = 17;
    private static final int LINES = 18;
    private static final int BIAS = 19;
    private static final int RESIDUAL = 21;
    private static final int RESIDUAL_DISTANCE = 23;

    private final Transform transform;
    private final Matrix matrix;
    private final CodeBuilder code;
    private final VectorCode vectors;
    private final Map<Float, Integer> constants = new HashMap<>();
    private final int[] taken;
    private final int[] given;

    private TransformEmitter(Transform transform, CodeBuilder code) {
        this.transform = transform;
        this.matrix = transform.matrix();
        this.code = code;
        this.vectors = new VectorCode(code, transform.lanes(), transform.access());
        this.taken = vectors.locals(matrix.columns());
        this.given = vectors.locals(matrix.rows());
    }

    static Transform.Kernel emit(Transform transform, int attempt) {
        return VectorCode.define(
                Transform.Kernel.class, NAME, "run", RUN, code -> new TransformEmitter(transform, code).write(attempt));
    }

    /** {@return {@link Transform#flops()}, counted while its class is written} */
    static long flops(Transform transform) {
        AtomicLong flops = new AtomicLong();
        VectorCode.bytes(Transform.Kernel.class, NAME, "run", RUN, code -> {
            TransformEmitter emitter = new TransformEmitter(transform, code);
            emitter.write(0);
            flops.set(emitter.vectors.flops());
        });
        return flops.get();
    }

    private void write(int attempt) {
        vectors.shift(3 * attempt);
        vectors.maskDistance(FROM_DISTANCE).maskDistance(TO_DISTANCE).maskDistance(RESIDUAL_DISTANCE);
        int bias = code.allocateLocal(TypeKind.REFERENCE);
        if (transform.bias()) {
            vectors.maskAddress(BIAS).load(BIAS, 0);
            code.astore(bias);
        }
        for (float value : matrix.values()) {
            float factor = Math.abs(value);
            if (factor != 0 && factor != 1) {
                constant(value);
                constant(-value);
            }
        }
        int at = code.allocateLocal(TypeKind.LONG);
        int from = code.allocateLocal(TypeKind.LONG);
        int to = code.allocateLocal(TypeKind.LONG);
        int residual = code.allocateLocal(TypeKind.LONG);
        int residualAt = code.allocateLocal(TypeKind.LONG);
        int time = code.allocateLocal(TypeKind.INT);
        Label nextLine = code.newLabel();
        Label next = code.newLabel();
        Label endOfLine = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(nextLine).iload(LINES).ifle(end);
        code.lload(FROM).lstore(from).lload(TO).lstore(to).iload(TIMES).istore(time);
        code.lload(RESIDUAL).lstore(residual);
        code.labelBinding(next).iload(time).ifle(endOfLine);
        read(from, at);
        multiply();
        code.lload(residual).lstore(residualAt);
        write(to, at, bias, residualAt);
        advance(from, FROM_STEP);
        advance(to, TO_STEP);
        advance(residual, TO_STEP);
        code.iinc(time, -1).goto_(next).labelBinding(endOfLine);
        advance(FROM, FROM_LINE);
        advance(TO, TO_LINE);
        advance(RESIDUAL, TO_LINE);
        code.iinc(LINES, -1).goto_(nextLine).labelBinding(end);
    }

    private int constant(float value) {
        return constants.computeIfAbsent(value, v -> {
            int local = code.allocateLocal(TypeKind.REFERENCE);
            vectors.constant(v);
            code.astore(local);
            return local;
        });
    }

    private void read(int from, int at) {
        code.lload(from).lstore(at);
        for (int i = 0; i < matrix.columns(); i++) {
            vectors.maskAddress(at).load(at, 0);
            code.astore(taken[i]);
            advance(at, FROM_DISTANCE);
        }
    }

    private void write(int to, int at, int bias, int residual) {
        code.lload(to).lstore(at);
        for (int i = 0; i < matrix.rows(); i++) {
            code.aload(given[i]);
            if (transform.bias()) {
                code.aload(bias);
                vectors.add();
            }
            if (transform.residual()) {
                vectors.maskAddress(residual).load(residual, 0).add();
                advance(residual, RESIDUAL_DISTANCE);
            }
            vectors.rectify(transform.rectifier()).maskAddress(at).store(at, 0);
            advance(at, TO_DISTANCE);
        }
    }

    private void advance(int at, int distance) {
        code.lload(at).lload(distance).ladd().lstore(at);
    }

    private void multiply() {
        List<int[]> columns = pairs(
                matrix.columns(),
                matrix.rows(),
                (row, one, other) -> Math.abs(matrix.at(row, one)) == Math.abs(matrix.at(row, other)),
                this::mixedColumns);
        if (columns.isEmpty()) {
            multiplyRows();
        } else {
            multiplyColumns(columns);
        }
    }

    @FunctionalInterface
    private interface Alike {
        boolean test(int at, int one, int other);
    }

    @FunctionalInterface
    private interface Mixed {
        boolean test(int one, int other);
    }

    /** {@return lines that are alike but for signs, two by two, each in one pair at most} */
    private static List<int[]> pairs(int lines, int length, Alike alike, Mixed mixed) {
        List<int[]> pairs = new ArrayList<>();
        boolean[] used = new boolean[lines];
        for (int one = 0; one < lines; one++) {
            for (int other = one + 1; other < lines && !used[one]; other++) {
                boolean all = !used[other];
                for (int at = 0; at < length && all; at++) {
                    all = alike.test(at, one, other);
                }
                if (all && mixed.test(one, other)) {
                    pairs.add(new int[] {one, other});
                    used[one] = true;
                    used[other] = true;
                }
            }
        }
        return pairs;
    }

    private boolean mixedColumns(int one, int other) {
        boolean equal = false;
        boolean opposite = false;
        for (int row = 0; row < matrix.rows(); row++) {
            float a = matrix.at(row, one);
            float b = matrix.at(row, other);
            equal |= a != 0 && a == b;
            opposite |= a != 0 && a == -b;
        }
        return equal && opposite;
    }

    private boolean mixedRows(int one, int other) {
        boolean equal = false;
        boolean opposite = false;
        for (int column = 0; column < matrix.columns(); column++) {
            float a = matrix.at(one, column);
            float b = matrix.at(other, column);
            equal |= a != 0 && a == b;
            opposite |= a != 0 && a == -b;
        }
        return equal && opposite;
    }

    /** Sum and difference take the places of a pair of columns. */
    private void multiplyColumns(List<int[]> pairs) {
        int difference = code.allocateLocal(TypeKind.REFERENCE);
        for (int[] pair : pairs) {
            code.aload(taken[pair[0]]).aload(taken[pair[1]]);
            vectors.subtract();
            code.astore(difference);
            code.aload(taken[pair[0]]).aload(taken[pair[1]]);
            vectors.add();
            code.astore(taken[pair[0]]);
            code.aload(difference).astore(taken[pair[1]]);
        }
        for (int row = 0; row < matrix.rows(); row++) {
            float[] factors = new float[matrix.columns()];
            for (int column = 0; column < factors.length; column++) {
                factors[column] = matrix.at(row, column);
            }
            for (int[] pair : pairs) {
                float one = factors[pair[0]];
                boolean equal = one == factors[pair[1]];
                factors[pair[0]] = equal ? one : 0;
                factors[pair[1]] = equal ? 0 : one;
            }
            sum(factors, given[row], _ -> true);
        }
    }

    private void multiplyRows() {
        List<int[]> pairs = pairs(
                matrix.rows(),
                matrix.columns(),
                (column, one, other) -> Math.abs(matrix.at(one, column)) == Math.abs(matrix.at(other, column)),
                this::mixedRows);
        boolean[] done = new boolean[matrix.rows()];
        int half = code.allocateLocal(TypeKind.REFERENCE);
        for (int[] pair : pairs) {
            int one = pair[0];
            int other = pair[1];
            sum(row(one), given[one], column -> matrix.at(one, column) == matrix.at(other, column));
            sum(row(one), half, column -> matrix.at(one, column) != matrix.at(other, column));
            code.aload(given[one]).aload(half);
            vectors.subtract();
            code.astore(given[other]);
            code.aload(given[one]).aload(half);
            vectors.add();
            code.astore(given[one]);
            done[one] = true;
            done[other] = true;
        }
        for (int row = 0; row < matrix.rows(); row++) {
            if (!done[row]) {
                sum(row(row), given[row], _ -> true);
            }
        }
    }

    private float[] row(int row) {
        float[] factors = new float[matrix.columns()];
        for (int column = 0; column < factors.length; column++) {
            factors[column] = matrix.at(row, column);
        }
        return factors;
    }

    /** The sum of the products of some columns' vectors with their factors, into a local. */
    private void sum(float[] factors, int into, IntPredicate columns) {
        boolean begun = false;
        // Those that need no multiplication first: the others are added while they are multiplied.
        for (float kind : new float[] {1, -1, 0}) {
            for (int column = 0; column < factors.length; column++) {
                float factor = factors[column];
                boolean ofKind = kind == 0 ? Math.abs(factor) != 1 : factor == kind;
                if (factor == 0 || !ofKind || !columns.test(column)) {
                    continue;
                }
                if (begun) {
                    addTo(into, factor, taken[column]);
                } else {
                    begin(factor, taken[column]);
                    begun = true;
                }
                code.astore(into);
            }
        }
        if (!begun) {
            vectors.constant(0);
            code.astore(into);
        }
    }

    private void begin(float factor, int vector) {
        if (factor == 1) {
            code.aload(vector);
        } else if (factor == -1) {
            vectors.constant(0);
            code.aload(vector);
            vectors.subtract();
        } else {
            code.aload(vector).aload(constant(factor));
            vectors.multiply();
        }
    }

    private void addTo(int sum, float factor, int vector) {
        if (factor == 1) {
            code.aload(sum).aload(vector);
            vectors.add();
        } else if (factor == -1) {
            code.aload(sum).aload(vector);
            vectors.subtract();
        } else {
            vectors.multiplyAdd(vector, constant(factor), sum);
        }
    }
}
