package dev.tally.network;

/** What a layer can take its input from: one of the network's inputs or another layer. Compared by identity. */
public sealed interface Source permits Input, Node {
    /** {@return the name, unique in the network} */
    String name();

    /** {@return the shape of the tensor that it gives, without the batch} */
    Shape shape();

    /** {@return its number in the network: the inputs first, then the layers in the order in which they run} */
    int id();
}
