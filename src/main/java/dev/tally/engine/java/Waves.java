package dev.tally.engine.java;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which tasks are computed beside each other: those as far from the network's end, for each after all that it needs and
 * as late as can be, so that what is kept until much later is not brought into another layout long before.
 */
final class Waves {
    /** Who has used parts of a place, in the order of tasks. */
    private record Use(int task, Place place, boolean writes) {}

    private Waves() {}

    /** {@return the tasks' numbers, those of a wave beside each other, one wave after the other} */
    static List<List<Integer>> of(List<Task> tasks) {
        List<Set<Integer>> needed = needed(tasks);
        int[] earliest = new int[tasks.size()];
        int[] latest = new int[tasks.size()];
        for (int task = 0; task < latest.length; task++) {
            for (int before : needed.get(task)) {
                earliest[task] = Math.max(earliest[task], earliest[before] + 1);
            }
            latest[task] = Integer.MAX_VALUE;
        }
        Map<Integer, List<Integer>> waves = new TreeMap<>();
        for (int task = latest.length - 1; task >= 0; task--) {
            // What nobody needs is read after the run, and what it reads is let go the sooner.
            int wave = latest[task] == Integer.MAX_VALUE ? earliest[task] : latest[task];
            for (int before : needed.get(task)) {
                latest[before] = Math.min(latest[before], wave - 1);
            }
            waves.computeIfAbsent(wave, _ -> new ArrayList<>()).addFirst(task);
        }
        return List.copyOf(waves.values());
    }

    /** {@return for each task those that write what it reads or writes, or read what it writes} */
    private static List<Set<Integer>> needed(List<Task> tasks) {
        List<Set<Integer>> needed = new ArrayList<>();
        Map<Place, List<Use>> uses = new HashMap<>();
        for (int number = 0; number < tasks.size(); number++) {
            Task task = tasks.get(number);
            Set<Integer> before = new HashSet<>();
            for (Place input : task.inputs()) {
                add(number, input, false, uses, before);
            }
            add(number, task.output(), true, uses, before);
            before.remove(number);
            needed.add(before);
        }
        return needed;
    }

    private static void add(
            int task, Place place, boolean writes, Map<Place, List<Use>> uses, Collection<Integer> needed) {
        List<Use> before = uses.computeIfAbsent(place.root(), _ -> new ArrayList<>());
        for (Use use : before) {
            if ((writes || use.writes) && use.place.overlaps(place)) {
                needed.add(use.task);
            }
        }
        before.add(new Use(task, place, writes));
    }
}
