package dev.tally.engine.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.engine.UnsupportedNetworkException;
import dev.tally.kernel.image.BlockedShape;
import dev.tally.kernel.image.Blocks;
import dev.tally.kernel.image.Border;
import dev.tally.kernel.image.Setting;
import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.Buffer;
import dev.tally.kernel.memory.Scratch;
import dev.tally.kernel.memory.Workspace;
import dev.tally.kernel.operator.Operator;
import dev.tally.kernel.parallel.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TasksTest {
    private static final int DRAWS = 200;
    private static final int LANES = 4;

    /** A place with the tasks that use it, as they were added. */
    private record Used(Place place, int begin, int end) {
        boolean meets(Used other) {
            return begin <= other.end && other.begin <= end;
        }
    }

    @Test
    void placesThatAreUsedAtOnceLieApart() {
        for (int seed = 0; seed < DRAWS; seed++) {
            Random random = new Random(seed);
            Tasks tasks = new Tasks();
            List<Used> used = drawn(random, tasks);
            try (Workspace workspace = new Workspace(Access.RAW)) {
                tasks.allocate(workspace);
                for (int i = 0; i < used.size(); i++) {
                    Used one = used.get(i);
                    for (Used other : used.subList(i + 1, used.size())) {
                        if (one.meets(other)) {
                            assertThat(overlap(one.place.buffer(), other.place.buffer()))
                                    .as("seed %d: %s and %s", seed, one, other)
                                    .isFalse();
                        }
                    }
                }
                long all = used.stream()
                        .mapToLong(each -> each.place.size() * Float.BYTES)
                        .sum();
                assertThat(workspace.bytes()).isLessThanOrEqualTo(all + 64L * used.size());
            }
        }
    }

    @Test
    void whatIsNeededNoLongerGivesItsMemoryToOthers() {
        Tasks tasks = new Tasks();
        Place before = Place.ofPlanes(1000);
        tasks.keep(before, true);
        for (int i = 0; i < 10; i++) {
            Place next = Place.ofPlanes(1000);
            tasks.add(List.of(before), next, TasksTest::nothing);
            before = next;
        }
        try (Workspace workspace = new Workspace(Access.RAW)) {
            tasks.allocate(workspace);
            assertThat(workspace.bytes()).isBetween(3 * 4000L, 3 * 4000L + 3 * 64);
        }
    }

    /** Zeros were written once, when memory was allocated: who shares it has none of them overwritten. */
    @Test
    void zerosAroundImagesAreSharedWithThoseAloneThatHaveThemAtTheSamePlace() {
        Tasks tasks = new Tasks();
        Border one = new Border(1, 1, 1, 1);
        Place start = Place.ofPlanes(10);
        tasks.keep(start, true);
        List<Place> bordered = new ArrayList<>();
        Place before = start;
        for (int i = 0; i < 6; i++) {
            Place next = Place.ofBlocks(new BlockedShape(1, 4, 5, i % 2 == 0 ? 5 : 6, LANES, Border.NONE));
            next.needs(one);
            tasks.add(List.of(before), next, TasksTest::nothing);
            bordered.add(next);
            before = next;
        }
        try (Workspace workspace = new Workspace(Access.RAW)) {
            tasks.allocate(workspace);
            assertThat(bordered.get(0).buffer().address())
                    .isEqualTo(bordered.get(2).buffer().address())
                    .isNotEqualTo(bordered.get(1).buffer().address());
            assertThat(bordered.get(1).buffer().address())
                    .isEqualTo(bordered.get(3).buffer().address());
        }
    }

    @Test
    void whatIsConcatenatedIsAPartOfTheResult() {
        Tasks tasks = new Tasks();
        Place start = Place.ofPlanes(10);
        tasks.keep(start, true);
        Place first = Place.ofBlocks(new BlockedShape(1, 8, 3, 3, LANES, Border.NONE));
        Place second = Place.ofBlocks(new BlockedShape(1, 4, 3, 3, LANES, Border.NONE));
        tasks.add(List.of(start), first, TasksTest::nothing);
        tasks.add(List.of(start), second, TasksTest::nothing);
        Place inner = Place.ofBlocks(new BlockedShape(1, 12, 3, 3, LANES, Border.NONE));
        first.becomePartOf(inner, 0);
        second.becomePartOf(inner, 2);
        Place outer = Place.ofBlocks(new BlockedShape(1, 16, 3, 3, LANES, Border.NONE));
        inner.becomePartOf(outer, 1);
        outer.needs(new Border(1, 0, 0, 0));
        Place last = Place.ofPlanes(1);
        tasks.add(List.of(outer), last, TasksTest::nothing);
        try (Workspace workspace = new Workspace(Access.RAW)) {
            tasks.allocate(workspace);
            Blocks all = outer.blocks();
            assertThat(second.blocks().address(0, 0, 0)).isEqualTo(all.address(0, 3, 0));
            assertThat(first.blocks().address(0, 1, 2)).isEqualTo(all.address(0, 2, 2));
            assertThat(all.whole().border()).isEqualTo(new Border(1, 0, 0, 0));
        }
    }

    @Test
    void operatorsAreMadeInTheOrderOfTheirTasks() throws UnsupportedNetworkException {
        Tasks tasks = new Tasks();
        List<Integer> ran = new ArrayList<>();
        Place place = Place.ofPlanes(4);
        for (int i = 0; i < 3; i++) {
            int number = i;
            tasks.add(List.of(), place, _ -> () -> ran.add(number));
        }
        try (Workspace workspace = new Workspace(Access.RAW);
                Pool pool = new Pool(1, Thread::new)) {
            tasks.allocate(workspace);
            Setting setting = new Setting(LANES, 16, pool, workspace, Scratch.shared(workspace, 1));
            tasks.operators(setting).forEach(Operator::run);
        }
        assertThat(ran).containsExactly(0, 1, 2);
    }

    private static List<Used> drawn(Random random, Tasks tasks) {
        List<Place> places = new ArrayList<>();
        List<int[]> uses = new ArrayList<>();
        Place input = Place.ofPlanes(1 + random.nextInt(50));
        tasks.keep(input, true);
        places.add(input);
        uses.add(new int[] {-1, Place.ALWAYS});
        int count = 2 + random.nextInt(10);
        for (int task = 0; task < count; task++) {
            Place output = random.nextInt(3) == 0
                    ? Place.ofBlocks(new BlockedShape(1, 5, 1 + random.nextInt(3), 4, LANES, Border.NONE))
                    : Place.ofPlanes(1 + random.nextInt(300));
            if (output.isImages() && random.nextBoolean()) {
                output.needs(new Border(1, 1, 1, 1));
            }
            int from = random.nextInt(places.size());
            uses.get(from)[1] = Math.max(uses.get(from)[1], task);
            tasks.add(List.of(places.get(from)), output, TasksTest::nothing);
            places.add(output);
            uses.add(new int[] {task, task});
        }
        List<Used> used = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            used.add(new Used(places.get(i), uses.get(i)[0], uses.get(i)[1]));
        }
        return used;
    }

    private static boolean overlap(Buffer one, Buffer other) {
        return one.address() < other.address() + other.bytes() && other.address() < one.address() + one.bytes();
    }

    private static Operator nothing(Setting setting) {
        return () -> {};
    }
}
