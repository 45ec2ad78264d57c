package tallybench;

import dev.tally.description.DescriptionReader;
import dev.tally.description.ReadyNetwork;
import dev.tally.description.ReadyNetworks;
import dev.tally.network.Convolution;
import dev.tally.network.Convolving;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Padding;
import dev.tally.network.Shape;
import dev.tally.network.Window;
import dev.tally.network.WindowAxis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers whose ratios are averaged.
 *
 * @param name by which it is asked for
 * @param layers those that differ, in the order in which they stand
 */
record ConvolutionSet(String name, List<ConvolutionLayer> layers) {
    private static final String KERNELS = "kernels";
    private static final String GOOGLENET = "googlenet";
    private static final int GOOGLENETS_CONVOLUTIONS = 57;

    /** {@return the names of all sets, in the order in which they are run} */
    static List<String> names() {
        return List.of(KERNELS, GOOGLENET, "resnet-50", "vgg-16", "mobilenet-v2", "densenet-121");
    }

    /** {@return the set of a name} */
    static ConvolutionSet named(String name) {
        return switch (name) {
            case KERNELS -> new ConvolutionSet(name, kernels());
            case GOOGLENET -> new ConvolutionSet(name, googlenet());
            default ->
                new ConvolutionSet(
                        name,
                        ofNetwork(name).stream().map(layer -> layer.counted(1)).toList());
        };
    }

    /** {@return the same without the layers whose name and geometry do not contain a text} */
    ConvolutionSet containing(String text) {
        return new ConvolutionSet(
                name,
                layers.stream()
                        .filter(layer -> (layer.name() + " " + layer.geometry()).contains(text))
                        .toList());
    }

    /** {@return how many layers its means are of} */
    int occurrences() {
        return layers.stream().mapToInt(ConvolutionLayer::occurrences).sum();
    }

    /** Eight layers of many kinds; B is a bottleneck, whose two halves are shown beside it. */
    private static List<ConvolutionLayer> kernels() {
        Shape of28 = Shape.of(192, 28, 28);
        Convolution reduce = convolution(16, 1, 1, 0, 1);
        Convolution five = convolution(32, 5, 1, 2, 1);
        return List.of(
                layer("A", of28, five),
                new ConvolutionLayer(
                        "B",
                        of28 + " → " + ConvolutionLayer.text(reduce, 192) + " → " + ConvolutionLayer.text(five, 16),
                        ConvolutionLayer.chain(of28, reduce, five),
                        1),
                layer("B1", of28, reduce).counted(0),
                layer("B2", Shape.of(16, 28, 28), five).counted(0),
                layer("C", Shape.of(96, 28, 28), convolution(128, 3, 1, 1, 1)),
                layer("D", Shape.of(64, 56, 56), convolution(192, 3, 1, 1, 1)),
                layer("E", Shape.of(3, 224, 224), convolution(64, 7, 2, 3, 1)),
                layer("F", Shape.of(512, 14, 14), convolution(160, 1, 1, 0, 1)),
                layer("G", Shape.of(32, 112, 112), convolution(32, 3, 1, 1, 32)),
                layer("H", Shape.of(160, 7, 7), convolution(320, 3, 1, 1, 1)));
    }

    private static ConvolutionLayer layer(String name, Shape input, Convolution convolution) {
        return ConvolutionLayer.of(name, convolution, input, Layout.CHANNELS_FIRST);
    }

    private static Convolution convolution(int filters, int kernel, int stride, int padding, int groups) {
        WindowAxis axis = new WindowAxis(kernel, stride, 1, new Padding.Explicit(padding, padding));
        return new Convolution(filters, Window.square(axis, 2), groups, true);
    }

    private static List<ConvolutionLayer> googlenet() {
        List<ConvolutionLayer> layers = ofNetwork(GOOGLENET);
        int found = layers.stream().mapToInt(ConvolutionLayer::occurrences).sum();
        if (found != GOOGLENETS_CONVOLUTIONS) {
            throw new IllegalStateException(
                    "googlenet: expected " + GOOGLENETS_CONVOLUTIONS + " convolutions, found " + found);
        }
        return layers;
    }

    /** {@return the convolutions of a ready network, those that do the same work once, with how many they are} */
    private static List<ConvolutionLayer> ofNetwork(String name) {
        ReadyNetwork ready = ReadyNetworks.find(name);
        if (ready == null) {
            throw new IllegalArgumentException("expected one of the sets " + names() + ", got " + name);
        }
        Network network = DescriptionReader.read(ready.json()).network();
        Map<String, ConvolutionLayer> distinct = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Convolving convolving) {
                ConvolutionLayer layer = ConvolutionLayer.of(node.name(), convolving, node.input(), network.layout());
                distinct.merge(layer.network().hash(), layer, (first, _) -> first.counted(first.occurrences() + 1));
            }
        }
        return new ArrayList<>(distinct.values());
    }
}
