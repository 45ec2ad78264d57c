package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.operator.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    /** Where a place lies in the memory of all. */
    private record Lying(Place place, long first) {
        long end() {
            return first + place.size();
        }
    }

    private final List<OperatorMaker> tasks = new ArrayList<>();
    private final Set<Place> places = new LinkedHashSet<>();

    /** Adds what reads places and writes one. */
    void add(List<Place> inputs, Place output, OperatorMaker maker) {
        int number = tasks.size();
        inputs.forEach(place -> use(place, number));
        use(output, number);
        tasks.add(maker);
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
            if (!place.hasBorder()) {
                Lying here = firstFit(place, lying);
                lying.add(here);
                most = Math.max(most, here.end());
            }
        }
        if (most > 0) {
            Buffer all = workspace.allocate(most);
            for (Lying each : lying) {
                each.place.give(
                        new Buffer(all.data().asSlice(each.first * Float.BYTES, each.place.size() * Float.BYTES)));
            }
        }
        allocateBordered(bySize.stream().filter(Place::hasBorder).toList(), workspace);
    }

    /** Zeros around images stay there: such places share memory with those alone whose zeros are where theirs are. */
    private static void allocateBordered(List<Place> places, Workspace workspace) {
        Map<BlockedShape, List<Place>> lastUsers = new HashMap<>();
        for (Place place :
                places.stream().sorted(Comparator.comparingInt(Place::begin)).toList()) {
            List<Place> last = lastUsers.computeIfAbsent(place.bordered(), _ -> new ArrayList<>());
            Place before = last.stream()
                    .filter(other -> other.end() < place.begin())
                    .findFirst()
                    .orElse(null);
            if (before == null) {
                place.give(workspace.allocate(place.size()));
            } else {
                place.give(before.buffer());
                last.remove(before);
            }
            last.add(place);
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
        for (OperatorMaker task : tasks) {
            setting.scratch().next();
            operators.add(task.make(setting));
        }
        setting.scratch().allocate();
        return operators;
    }
}
