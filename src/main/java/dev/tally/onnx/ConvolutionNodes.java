package dev.tally.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.tally.network.Convolving;
import dev.tally.network.Layout;
import dev.tally.network.Node;
import dev.tally.network.TransposedConvolution;
import dev.tally.network.WeightSlot;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;

/** Convolutions, plain and transposed. Whatever the padding is called, the model says how many elements it is. */
record ConvolutionNodes(GraphDraft draft, Layout layout) {
    Operand convolution(Convolving layer, Node node, Operand input) {
        Window window = layer.window();
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            int size = layout.spatial(node.input(), i);
            before.add(axis.before(size));
            after.add(axis.after(size));
        }
        before.addAll(after);
        List<AttributeProto> attributes = window(window);
        attributes.add(Attributes.of("pads", before));
        attributes.add(Attributes.of("group", layer.groups(layout.channels(node.input()))));
        return made("Conv", node, new Images(draft, layout).of(input), attributes);
    }

    /**
     * Where "same" padding meets a stride wider than the window, places are missing instead of too many: they are added
     * as output padding. ONNX Runtime takes less of that than a stride; more is reached by zeros after the input.
     */
    Operand transposed(TransposedConvolution layer, Node node, Operand input) {
        Window window = layer.window();
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        List<Long> added = new ArrayList<>();
        List<Long> zeros = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            WindowAxis axis = window.axes().get(i);
            int extra = layer.outputPadding().get(i);
            long reached = (layout.spatial(node.input(), i) - 1L) * axis.stride() + axis.extent() + extra;
            long cut = reached - axis.cutBefore() - layout.spatial(node.shape(), i);
            long missing = extra + Math.max(0, -cut);
            zeros.add(missing / axis.stride());
            before.add(axis.cutBefore());
            after.add(Math.max(0, cut));
            added.add(missing % axis.stride());
        }
        before.addAll(after);
        List<AttributeProto> attributes = window(window);
        attributes.add(Attributes.of("pads", before));
        attributes.add(Attributes.of("output_padding", added));
        attributes.add(Attributes.of("group", layer.groups()));
        Images images = new Images(draft, layout);
        Operand image = images.of(input);
        if (zeros.stream().anyMatch(count -> count > 0)) {
            List<Long> none = Collections.nCopies(zeros.size(), 0L);
            image = image.named(images.pad(image.name(), none, zeros, 0));
        }
        return made("ConvTranspose", node, image, attributes);
    }

    private Operand made(String operator, Node node, Operand image, List<AttributeProto> attributes) {
        List<String> inputs = new ArrayList<>(List.of(image.name()));
        for (WeightSlot slot : node.weights()) {
            inputs.add(draft.weight(node, slot));
        }
        String made = draft.add(operator, inputs, attributes.toArray(AttributeProto[]::new));
        return draft.result(made, node, image.order());
    }

    private static List<AttributeProto> window(Window window) {
        return new ArrayList<>(List.of(
                Attributes.of(
                        "kernel_shape", Arrays.stream(window.kernel()).boxed().toList()),
                Attributes.of("strides", each(window, WindowAxis::stride)),
                Attributes.of("dilations", each(window, WindowAxis::dilation))));
    }

    static List<Integer> each(Window window, ToIntFunction<WindowAxis> attribute) {
        return window.axes().stream().map(attribute::applyAsInt).toList();
    }
}
