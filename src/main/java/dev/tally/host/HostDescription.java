package dev.tally.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this machine is, as far as it can be known without measuring.
 *
 * @param processor the model's name as the system gives it
 * @param architecture of the instructions, as Java names it: {@code amd64}, {@code aarch64}
 * @param operatingSystem its name and version
 * @param cores how many this process may use: affinity and container limits count
 * @param caches of the first core, from the nearest on; empty where the system does not tell
 * @param vectorBits the width of the processor's vectors, as far as known
 * @param withoutVectors why this process does not compute with vectors, and the remedy; null where it does
 * @param memoryBytes how much memory this process may use: a container's limit counts
 * @param jdk the version of Java
 */
public record HostDescription(
        String processor,
        String architecture,
        String operatingSystem,
        int cores,
        List<Cache> caches,
        int vectorBits,
        @Nullable String withoutVectors,
        long memoryBytes,
        String jdk) {
    public HostDescription {
        caches = List.copyOf(caches);
    }
}
