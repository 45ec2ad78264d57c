package dev.tally.engine.java;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.parallel.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is computed, each on places; by several threads, in {@link Waves}: what needs nothing of each other at once.
 * When all are known, places get memory: those that are not used at the same time the same (greedily, the largest
 * first, each where it first fits; Pisarchyk and Lee, arXiv:2001.03288). Then operators are made.
 */
final class Tasks {
    private static final long ALIGNED_FLOATS = Workspace.ALIGNMENT / Float.BYTES;

    /** Where a place lies in the memory of all. */
    private record Lying(Place place, long first) {
        long end() {
            return first + place.size();
        }
    }

    /** A place that is used outside all tasks. */
    private record Kept(Place place, boolean written) {}

    private final boolean beside;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();

    /**
     * No tasks yet.
     *
     * @param threads how many compute
     */
    Tasks(int threads) {
        this.beside = threads > 1;
    }

    /** Adds what reads places and writes one. */
    void add(List<Place> inputs, Place output, Task.OperatorMaker maker) {
        tasks.add(new Task(inputs, output, maker));
    }

    /** Adds a place that is written before all tasks, or read after them. */
    void keep(Place place, boolean written) {
        kept.add(new Kept(place, written));
    }

    /** {@return what is computed beside each other, one after the other} */
    private List<List<Task>> waves() {
        return beside
                ? Waves.of(tasks).stream()
                        .map(wave -> wave.stream().map(tasks::get).toList())
                        .toList()
                : tasks.stream().map(List::of).toList();
    }

    /** {@return all places that are not part of others, each knowing when it is used} */
    private Set<Place> roots() {
        Set<Place> roots = new LinkedHashSet<>();
        List<List<Task>> waves = waves();
        for (int moment = 0; moment < waves.size(); moment++) {
            for (Task task : waves.get(moment)) {
                for (Place place : task.places()) {
                    place.isUsed(moment, moment);
                    roots.add(place.root());
                }
            }
        }
        for (Kept each : kept) {
            each.place.isUsed(each.written ? Place.BEFORE : Place.AFTER, Place.AFTER);
            roots.add(each.place.root());
        }
        return roots;
    }

    /** Gives all places memory. */
    void allocate(Workspace workspace) {
        Set<Place> roots = roots();
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
        for (List<Task> wave : waves()) {
            setting.scratch().next();
            List<Operator> besideEachOther = new ArrayList<>();
            for (Task task : wave) {
                besideEachOther.add(task.maker().make(setting));
            }
            operators.add(together(besideEachOther, setting.pool()));
        }
        setting.scratch().allocate();
        return operators;
    }

    private static Operator together(List<Operator> operators, Pool pool) {
        return operators.size() == 1
                ? operators.getFirst()
                : () -> pool.run(
                        operators.size(), (item, _) -> operators.get(item).run());
    }
}
