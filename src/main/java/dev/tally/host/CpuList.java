package dev.tally.host;

import java.util.ArrayList;
import java.util.List;

/** Linux' way to write sets of cores: {@code 0-3,8,10-11}. */
final class CpuList {
    private CpuList() {}

    /**
     * {@return the cores in a list}
     *
     * @throws IllegalArgumentException if it is not one
     */
    static List<Integer> parse(String text) {
        List<Integer> cpus = new ArrayList<>();
        for (String range : text.strip().split(",", -1)) {
            String[] ends = range.split("-", 2);
            int first = Integer.parseInt(ends[0]);
            int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return List.copyOf(cpus);
    }
}
