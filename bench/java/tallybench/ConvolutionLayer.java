package tallybench;

import dev.tally.analysis.Analysis;
import dev.tally.network.Convolution;
import dev.tally.network.Convolving;
import dev.tally.network.Layout;
import dev.tally.network.Network;
import dev.tally.network.NetworkBuilder;
import dev.tally.network.Shape;
import dev.tally.network.Window;

/**
 * A row of the table: one convolution with a bias, or a few of them after each other, as a network with the channels
 * first.
 *
 * @param name what it is called where it stands
 * @param geometry what it does, for people: {@code 192×28×28 → 32, 5×5}
 * @param network what is run
 * @param occurrences how often it counts in the set's means; 0 where it is only shown
 */
record ConvolutionLayer(String name, String geometry, Network network, int occurrences) {
    private static final String INPUT = "input";

    /**
     * {@return a convolution by itself, with a bias whether it has one or not}
     *
     * @param layout where the channels stand in the input
     */
    static ConvolutionLayer of(String name, Convolving layer, Shape input, Layout layout) {
        int channels = layout.channels(input);
        int[] spatial = new int[layer.window().rank()];
        for (int i = 0; i < spatial.length; i++) {
            spatial[i] = layout.spatial(input, i);
        }
        Convolution convolution =
                new Convolution(layer.filters(channels), layer.window(), layer.groups(channels), true);
        Shape first = Layout.CHANNELS_FIRST.shape(channels, spatial);
        return new ConvolutionLayer(name, first + " → " + text(convolution, channels), chain(first, convolution), 1);
    }

    /** {@return convolutions after each other as one network} */
    static Network chain(Shape input, Convolution... convolutions) {
        NetworkBuilder builder =
                new NetworkBuilder("convolution").layout(Layout.CHANNELS_FIRST).input(INPUT, input);
        String before = INPUT;
        for (int i = 0; i < convolutions.length; i++) {
            String name = "conv" + (i + 1);
            builder.layer(name, "conv2d", convolutions[i], before);
            before = name;
        }
        return builder.build();
    }

    /** {@return what a convolution is, after what it takes: {@code 32, 5×5 /2}} */
    static String text(Convolution convolution, int channels) {
        Window window = convolution.window();
        StringBuilder text = new StringBuilder().append(convolution.filters()).append(", ");
        for (int i = 0; i < window.rank(); i++) {
            text.append(i == 0 ? "" : "×").append(window.axes().get(i).kernel());
        }
        int stride = window.axes().getFirst().stride();
        text.append(stride == 1 ? "" : " /" + stride);
        if (convolution.groups() > 1) {
            text.append(convolution.groups() == channels ? " depthwise" : " in " + convolution.groups() + " groups");
        }
        return text.toString();
    }

    ConvolutionLayer counted(int times) {
        return new ConvolutionLayer(name, geometry, network, times);
    }

    /** {@return floating-point operations by the direct algorithm: two for each tap at each position, padding too} */
    double flops() {
        return 2.0 * Analysis.of(network).totals().operations().macs();
    }
}
