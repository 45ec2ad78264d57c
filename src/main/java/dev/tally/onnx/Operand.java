package dev.tally.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value of the graph, and how its axes stand there. Axes are numbered as in the declared shape with the batch before
 * it: 0 is the batch, which is first in every order.
 *
 * @param name the value's name
 * @param order for each axis of the value, the declared axis that it is
 * @param sizes the sizes of the value's axes, in the value's order; the batch's is 1 where all samples share it
 */
record Operand(String name, List<Integer> order, List<Long> sizes, ElementType type) {
    Operand {
        order = List.copyOf(order);
        sizes = List.copyOf(sizes);
    }

    /** {@return the order in which the axes were declared} */
    static List<Integer> declared(int rank) {
        return IntStream.rangeClosed(0, rank).boxed().toList();
    }

    /** {@return the order with the channels, this axis of a shape, after the batch} */
    static List<Integer> channelsFirst(int rank, int channelAxis) {
        List<Integer> order = new ArrayList<>(declared(rank));
        order.remove(Integer.valueOf(channelAxis + 1));
        order.add(1, channelAxis + 1);
        return order;
    }

    /** {@return a value of these sizes, in declared order, laid out in another} */
    static Operand of(String name, List<Integer> order, List<Long> declaredSizes, ElementType type) {
        return new Operand(name, order, order.stream().map(declaredSizes::get).toList(), type);
    }

    /** {@return the number of axes, without the batch} */
    int rank() {
        return order.size() - 1;
    }

    /** {@return where, in the value, the axis stands that has this index in the declared shape, without the batch} */
    int axis(int declared) {
        return order.indexOf(declared + 1);
    }

    /** {@return the size of the axis with this index in the declared shape} */
    long size(int declared) {
        return sizes.get(axis(declared));
    }

    boolean inDeclaredOrder() {
        return order.equals(declared(rank()));
    }

    /** {@return the axes of more than one element, in the value's order} */
    List<Integer> longAxes() {
        return order.stream().filter(axis -> sizes.get(order.indexOf(axis)) > 1).toList();
    }

    /** {@return another value with the same axes} */
    Operand named(String other) {
        return new Operand(other, order, sizes, type);
    }

    /** {@return another value like this, with another size along the axis that has this index in the declared shape} */
    Operand named(String other, int declared, long size) {
        List<Long> changed = new ArrayList<>(sizes);
        changed.set(axis(declared), size);
        return new Operand(other, order, changed, type);
    }

    /** {@return the sizes in the declared order} */
    List<Long> declaredSizes() {
        return declared(rank()).stream()
                .map(axis -> sizes.get(order.indexOf(axis)))
                .toList();
    }
}
