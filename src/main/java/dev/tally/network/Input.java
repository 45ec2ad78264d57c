package dev.tally.network;

/** An input of a network. */
public final class Input implements Source {
    private final int id;
    private final String name;
    private final Shape shape;

    Input(int id, String name, Shape shape) {
        this.id = id;
        this.name = name;
        this.shape = shape;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public String toString() {
        return name + " " + shape;
    }
}
