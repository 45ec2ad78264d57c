package dev.tally.engine.java;

import dev.tally.kernel.operator.Matrices;
import dev.tally.kernel.operator.MatrixProduct;
import dev.tally.kernel.operator.Operator;
import dev.tally.network.MatMul;
import dev.tally.network.Shape;

/** Products of matrices that both are given. */
final class MatrixProducts {
    private MatrixProducts() {}

    static Operator of(MatMul layer, Step on) {
        Shape result = on.node().shape();
        int numbered = result.rank() - 2;
        int[] sizes = new int[numbered + 1];
        sizes[0] = on.storage().batch();
        for (int i = 0; i < numbered; i++) {
            sizes[i + 1] = result.size(i);
        }
        int rows = result.size(numbered);
        int columns = result.size(numbered + 1);
        int terms = layer.terms(on.shape());
        Matrices first = matrices(0, on);
        Matrices second = layer.transposeSecond() ? matrices(1, on).transposed() : matrices(1, on);
        long[] strides = on.storage().strides(result);
        long[] apart = new long[sizes.length];
        apart[0] = result.elements();
        System.arraycopy(strides, 0, apart, 1, numbered);
        Matrices output = new Matrices(on.output(), apart, strides[numbered], strides[numbered + 1]);
        // Where columns of the result are whole, it is the transposed product whose rows are: (A B)ᵀ = Bᵀ Aᵀ.
        return output.rowsAreWhole()
                ? new MatrixProduct(first, second, output, sizes, rows, terms, columns, on.vectors(), on.pool())
                : new MatrixProduct(
                        second.transposed(),
                        first.transposed(),
                        output.transposed(),
                        sizes,
                        columns,
                        terms,
                        rows,
                        on.vectors(),
                        on.pool());
    }

    /** {@return an operand's matrices, stretched to those of the result: aligned at the last axis} */
    private static Matrices matrices(int operand, Step on) {
        Shape shape = on.node().inputs().get(operand);
        long[] strides = on.storage().strides(shape);
        int numbered = shape.rank() - 2;
        int missing = on.node().shape().rank() - shape.rank();
        long[] apart = new long[on.node().shape().rank() - 1];
        apart[0] = shape.elements();
        for (int i = 0; i < numbered; i++) {
            apart[1 + missing + i] = shape.size(i) == 1 ? 0 : strides[i];
        }
        return new Matrices(on.inputs().get(operand), apart, strides[numbered], strides[numbered + 1]);
    }
}
