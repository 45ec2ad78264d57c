package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.image.BorderZeros;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.operator.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is computed one after the other, each on places. When all are known, places get memory: those that are not used
 * at the same time the same (greedily, the largest first, each where it first fits; Pisarchyk and Lee,
 * arXiv:2001.03288). Then operators are made.
 */
final class Tasks {
    private static final long ALIGNED_FLOATS = Workspace.ALIGNMENT / Float.BYTES;

    /** Makes what computes a task, when its places have memory. */
    @FunctionalInterface
    interface OperatorMaker {
        Operator make(Setting setting) throws UnsupportedNetworkException;
    }

    private record Task(OperatorMaker maker, Place output) {}

    /** Where a place lies in the memory of all. */
    private record Lying(Place place, long first) {
        long end() {
            return first + place.size();
        }
    }

    private final List<Task> tasks = new ArrayList<>();
    private final Set<Place> places = new LinkedHashSet<>();

    /** Adds what reads places and writes one. */
    void add(List<Place> inputs, Place output, OperatorMaker maker) {
        int number = tasks.size();
        inputs.forEach(place -> use(place, number));
        use(output, number);
        tasks.add(new Task(maker, output));
    }

    private void use(Place place, int task) {
        places.add(place);
        place.usedBy(task);
    }

    /** Adds a place that is written before all tasks, or read after them. */
    void keep(Place place, boolean written) {
        places.add(place);
        place.usedOutside(written);
    }

    /** Gives all places memory. */
    void allocate(Workspace workspace) {
        Set<Place> roots = new LinkedHashSet<>();
        places.forEach(place -> roots.add(place.root()));
        if (workspace.access() == Access.CHECKED) {
            roots.forEach(place -> place.give(workspace.allocate(place.size())));
            return;
        }
        List<Place> bySize = new ArrayList<>(roots);
        bySize.sort(Comparator.comparingLong(Place::size).reversed());
        List<Lying> lying = new ArrayList<>();
        long most = 0;
        for (Place place : bySize) {
            Lying here = firstFit(place, lying);
            lying.add(here);
            most = Math.max(most, here.end());
        }
        lying.sort(Comparator.comparingLong(Lying::first));
        Buffer all = workspace.allocate(most);
        for (Lying each : lying) {
            each.place.give(new Buffer(all.data().asSlice(each.first * Float.BYTES, each.place.size() * Float.BYTES)));
        }
    }

    private static Lying firstFit(Place place, List<Lying> lying) {
        List<Lying> meanwhile = lying.stream()
                .filter(other -> other.place.begin() <= place.end() && place.begin() <= other.place.end())
                .sorted(Comparator.comparingLong(Lying::first))
                .toList();
        long first = 0;
        for (Lying other : meanwhile) {
            if (other.first - first >= place.size()) {
                break;
            }
            first = Math.max(first, Math.ceilDiv(other.end(), ALIGNED_FLOATS) * ALIGNED_FLOATS);
        }
        return new Lying(place, first);
    }

    /**
     * {@return what computes all tasks in turn}
     *
     * @throws UnsupportedNetworkException if no algorithm applies to a layer; checked before
     */
    List<Operator> operators(Setting setting) throws UnsupportedNetworkException {
        List<Operator> operators = new ArrayList<>();
        Set<Place> bordered = new LinkedHashSet<>();
        for (Task task : tasks) {
            setting.scratch().next();
            Place root = task.output.root();
            if (root.hasBorder() && bordered.add(root)) {
                operators.add(new BorderZeros(task.output.blocks(), setting)::run);
            }
            operators.add(task.maker.make(setting));
        }
        setting.scratch().allocate();
        return operators;
    }
}
