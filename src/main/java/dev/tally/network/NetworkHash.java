package dev.tally.network;

/**
 * A hash of what a network computes: SHA-256 over its inputs' shapes, its layers in the order in which they run (as
 * {@link LayerKey} writes them, with the numbers of what they take) and its outputs. Names do not count, blocks and
 * repeats neither: two descriptions that expand to one network have one hash.
 */
final class NetworkHash {
    private NetworkHash() {}

    /** {@return 64 hexadecimal digits} */
    static String of(Network network) {
        StringBuilder text = new StringBuilder(64 + 64 * network.nodes().size());
        text.append(LayerKey.context(network));
        for (Input input : network.inputs()) {
            LayerKey.appendShape(text.append("\ninput "), input.shape());
        }
        for (Node node : network.nodes()) {
            node.work().appendText(text.append('\n'), out -> LayerKey.appendLayer(out, node, network.layout()));
            for (Source source : node.from()) {
                text.append(" @").append(source.id());
            }
        }
        for (Source output : network.outputs()) {
            text.append("\noutput @").append(output.id());
        }
        return Sha256.of(text.toString());
    }
}
