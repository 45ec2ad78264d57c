package dev.tally.network;

import java.util.List;
import java.util.stream.Collectors;

/** Every fault that was found in a network. */
public final class InvalidNetworkException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    InvalidNetworkException(List<Fault> faults) {
        super(faults.stream().map(Fault::message).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** {@return the faults, at least one, in the order in which they were found} */
    public List<Fault> faults() {
        return faults;
    }
}
