package dev.tally.host;

/**
 * One cache of a core.
 *
 * @param level 1 is the nearest
 * @param type {@code data}, {@code instruction} or {@code unified}
 * @param bytes its size
 * @param cores how many of the cores that this machine shows share it
 */
public record Cache(int level, String type, long bytes, int cores) {
    /** {@return whether it holds data} */
    boolean holdsData() {
        return !type.equals("instruction");
    }
}
