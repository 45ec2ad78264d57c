package dev.tally.analysis;

import dev.tally.network.Input;
import dev.tally.network.Network;
import dev.tally.network.Node;
import dev.tally.network.Source;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * What moves a network's elements, found by trial: all elements at one place along an axis of an input are changed by
 * much and by little, up and down, the network is run again, and what comes out other than before is noted.
 */
final class MovedElements {
    /** The first and the last place along an axis of an input that moves each element of a layer. */
    private static final class Places {
        private final int[] first;
        private final int[] last;

        Places(int elements) {
            first = new int[elements];
            last = new int[elements];
            Arrays.fill(first, Integer.MAX_VALUE);
            Arrays.fill(last, -1);
        }

        void add(int element, int place) {
            first[element] = Math.min(first[element], place);
            last[element] = Math.max(last[element], place);
        }
    }

    private record Trial(Source layer, Input input, int axis) {}

    private final Network network;
    private final Map<Trial, Places> moved = new HashMap<>();
    private final Map<Source, Values> marked;

    MovedElements(Network network, long seed) {
        this.network = network;
        NumericRun run = new NumericRun(network, seed);
        Random random = new Random(seed);
        Map<Source, Values> inputs = new HashMap<>();
        for (Input input : network.inputs()) {
            inputs.put(input, Values.drawn(input.shape(), random));
        }
        Map<Source, Values> before = run.run(inputs, 0);
        marked = run.run(inputs, Double.NaN);
        for (Input input : network.inputs()) {
            for (int i = 0; i < input.shape().rank() - 1; i++) {
                int axis = network.layout().spatialAxis(i);
                for (int place = 0; place < input.shape().size(axis); place++) {
                    Values change = change(input, axis, place, random);
                    for (int sign = -1; sign <= 1; sign += 2) {
                        int by = sign;
                        Values was = NumericRun.of(inputs, input);
                        Map<Source, Values> changed = new HashMap<>(inputs);
                        changed.put(input, Values.made(input.shape(), index -> was.at(index) + by * change.at(index)));
                        note(new Trial(input, input, i), place, before, run.run(changed, 0));
                    }
                }
            }
        }
    }

    /** Some by little, most by much. */
    private static Values change(Input input, int axis, int place, Random random) {
        return Values.made(
                input.shape(),
                index -> index[axis] == place ? random.nextGaussian() * Math.pow(10, 1 + random.nextInt(4)) : 0);
    }

    private void note(Trial trial, int place, Map<Source, Values> before, Map<Source, Values> after) {
        for (Node node : network.nodes()) {
            double[] was = NumericRun.of(before, node).numbers();
            double[] is = NumericRun.of(after, node).numbers();
            Places places =
                    moved.computeIfAbsent(new Trial(node, trial.input, trial.axis), _ -> new Places(was.length));
            for (int element = 0; element < was.length; element++) {
                if (was[element] != is[element]) {
                    places.add(element, place);
                }
            }
        }
    }

    /**
     * {@return the most places, from the first to the last, along a spatial axis of an input that move the elements at
     * one place along an axis of a layer's output; along that axis of the output where they are fewest, as that is the
     * one with which they move. Elements that padding had a part in are left out; empty where at no {@code phases}
     * places in a row one is left that moves}
     */
    OptionalInt field(Node node, Input input, int axis, int phases) {
        int fewest = Integer.MAX_VALUE;
        for (int along = 0; along < node.shape().rank(); along++) {
            int size = node.shape().size(along);
            int most = 0;
            int inARow = 0;
            int longest = 0;
            for (int place = 0; place < size; place++) {
                int hull = hull(node, input, axis, along, place);
                inARow = hull == 0 ? 0 : inARow + 1;
                longest = Math.max(longest, inARow);
                most = Math.max(most, hull);
            }
            if (longest < phases) {
                return OptionalInt.empty();
            }
            fewest = Math.min(fewest, most);
        }
        return fewest == 0 ? OptionalInt.empty() : OptionalInt.of(fewest);
    }

    /** {@return the places along a spatial axis of an input, from the first to the last, that move any element} */
    int all(Node node, Input input, int axis) {
        int[] hull = {Integer.MAX_VALUE, -1};
        Places places = moved.getOrDefault(new Trial(node, input, axis), new Places(0));
        double[] mark = NumericRun.of(marked, node).numbers();
        for (int element = 0; element < mark.length; element++) {
            add(hull, places, mark, element);
        }
        return size(hull);
    }

    int length(Input input, int axis) {
        return network.layout().spatial(input.shape(), axis);
    }

    private static int size(int[] hull) {
        return hull[1] < hull[0] ? 0 : hull[1] - hull[0] + 1;
    }

    private static void add(int[] hull, Places places, double[] mark, int element) {
        if (!Double.isNaN(mark[element])) {
            hull[0] = Math.min(hull[0], places.first[element]);
            hull[1] = Math.max(hull[1], places.last[element]);
        }
    }

    /** Of the elements at a place of the output; 0 where nothing moves them but padding. */
    private int hull(Node node, Input input, int axis, int along, int place) {
        Places places = moved.getOrDefault(new Trial(node, input, axis), new Places(0));
        double[] mark = NumericRun.of(marked, node).numbers();
        int[] hull = {Integer.MAX_VALUE, -1};
        int[] next = {0};
        Values.each(Values.sizes(node.shape()), index -> {
            int element = next[0]++;
            if (index[along] == place) {
                add(hull, places, mark, element);
            }
        });
        return size(hull);
    }
}
