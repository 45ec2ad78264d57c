"""Writes a model with maximum pools padded by as much behind as before, where that changes no window.

pnnx pads an unevenly padded pool twice, and what ncnn then computes is wrong by per cents (ResNet-50, DenseNet-121). Tally leaves
out the padding behind that no window reaches.

usage: even_pads.py MODEL.onnx CHANGED.onnx; without an uneven pool nothing is written
"""

import sys

import onnx


def attribute(node, name):
    return next((list(attribute.ints) for attribute in node.attribute if attribute.name == name), None)


def uneven(node):
    pads = attribute(node, "pads")
    return node.op_type == "MaxPool" and pads and pads[: len(pads) // 2] != pads[len(pads) // 2 :]


def windows(size, kernel, stride, padding):
    return (size + padding - kernel) // stride + 1


def even(node, sizes):
    """The same padding before and behind each axis, or an error where that would be another pool."""
    pads, kernel, strides = (attribute(node, name) for name in ("pads", "kernel_shape", "strides"))
    axes = len(kernel)
    if any(one.name == "ceil_mode" and one.i for one in node.attribute) or set(attribute(node, "dilations") or [1]) != {1}:
        raise ValueError(f"{node.name}: its padding is uneven, and its windows are not plain ones")
    for size, length, stride, before, behind in zip(sizes, kernel, strides, pads[:axes], pads[axes:]):
        if windows(size, length, stride, before + behind) != windows(size, length, stride, 2 * before):
            raise ValueError(f"{node.name}: its padding is uneven, and windows reach it")
    for one in node.attribute:
        if one.name == "pads":
            one.ints[:] = pads[:axes] * 2


def main():
    source, target = sys.argv[1:]
    model = onnx.load(source)
    pools = [node for node in model.graph.node if uneven(node)]
    if not pools:
        return
    shapes = {value.name: value.type.tensor_type.shape for value in onnx.shape_inference.infer_shapes(model).graph.value_info}
    for node in pools:
        even(node, [dimension.dim_value for dimension in shapes[node.input[0]].dim[2:]])
    onnx.save(model, target)


if __name__ == "__main__":
    main()
