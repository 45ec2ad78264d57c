package dev.tally.planning.alternative;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to design a layer anew. All keep the shape of its output; none is the same function. */
public enum Kind {
    BOTTLENECK(
            "bottleneck",
            "1×1 bottleneck",
            "A 1×1 convolution to fewer channels, then the layer on those; of a dense layer, two dense layers.",
            "Lin et al., Network In Network, 2013; Szegedy et al., Going Deeper with Convolutions, 2014",
            Parameter.WIDTH),
    STRIDED_BOTTLENECK(
            "strided-bottleneck",
            "1×1 bottleneck, stride first",
            "A 1×1 convolution to fewer channels that takes the layer's stride, then the layer's kernel with stride 1.",
            "He et al., Deep Residual Learning for Image Recognition, 2015",
            Parameter.WIDTH),
    STACKED(
            "stacked",
            "3×3 on each other",
            "As many 3×3 layers as see what the layer sees: two for a 5×5, three for a 7×7.",
            "Simonyan and Zisserman, Very Deep Convolutional Networks, 2014",
            Parameter.NONE),
    ASYMMETRIC(
            "asymmetric",
            "k×1, then 1×k",
            "One axis after the other, a layer for each axis along which the kernel is wider than 1.",
            "Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015",
            Parameter.NONE),
    SEPARABLE(
            "separable",
            "depthwise separable",
            "A depthwise convolution with the layer's kernel, then a 1×1 convolution.",
            "Chollet, Xception, 2016; Howard et al., MobileNets, 2017",
            Parameter.NONE),
    GROUPED(
            "grouped",
            "grouped",
            "The same layer with its channels in groups: every filter sees those of its own.",
            "Krizhevsky et al., ImageNet Classification, 2012; Xie et al., Aggregated Residual Transformations, 2016",
            Parameter.GROUPS),
    RESIDUAL(
            "residual",
            "bottleneck residual",
            "A 1×1 to a quarter of the filters, the layer's kernel on those, a 1×1 back, and what came in added.",
            "He et al., Deep Residual Learning for Image Recognition, 2015",
            Parameter.WIDTH);

    /** What alternatives of one kind differ in, which is a number. */
    public enum Parameter {
        /** Nothing: there is one. */
        NONE,
        /** To how many channels it narrows. */
        WIDTH,
        /** Into how many groups its channels are split. */
        GROUPS
    }

    private final String id;
    private final String title;
    private final String summary;
    private final String source;
    private final Parameter parameter;

    Kind(String id, String title, String summary, String source, Parameter parameter) {
        this.id = id;
        this.title = title;
        this.summary = summary;
        this.source = source;
        this.parameter = parameter;
    }

    /** {@return its name in JSON} */
    public String id() {
        return id;
    }

    /** {@return what people call it, short} */
    public String title() {
        return title;
    }

    /** {@return what it does, one sentence} */
    public String summary() {
        return summary;
    }

    /** {@return the papers that it comes from} */
    public String source() {
        return source;
    }

    /** {@return what its alternatives differ in} */
    public Parameter parameter() {
        return parameter;
    }

    /** {@return whether it is tried at the widths that are asked for} */
    public boolean isBottleneck() {
        return rewrite() instanceof Bottleneck;
    }

    Rewrite rewrite() {
        return switch (this) {
            case BOTTLENECK -> new Bottleneck(false);
            case STRIDED_BOTTLENECK -> new Bottleneck(true);
            case STACKED -> new Stacked();
            case ASYMMETRIC -> new Asymmetric();
            case SEPARABLE -> new Separable();
            case GROUPED -> new Grouped();
            case RESIDUAL -> new ResidualBottleneck();
        };
    }

    /** {@return the kind of this name; null where there is none} */
    static @Nullable Kind find(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    /** {@return the names of all kinds} */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Kind::id).toList();
    }
}
