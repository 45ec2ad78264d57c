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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
            Tasks tasks = new Tasks(1);
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
        Tasks tasks = new Tasks(1);
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
        Tasks tasks = new Tasks(1);
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
        Tasks tasks = new Tasks(1);
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
        Tasks tasks = new Tasks(1);
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

    /** Those that need nothing of each other wait for each other here: they must be computed at once. */
    @Test
    void severalThreadsComputeBranchesBesideEachOther() throws UnsupportedNetworkException {
        Tasks tasks = new Tasks(2);
        Place start = Place.ofPlanes(4);
        tasks.keep(start, true);
        CyclicBarrier both = new CyclicBarrier(2);
        List<Place> branches = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Place branch = Place.ofPlanes(4);
            branches.add(branch);
            tasks.add(List.of(start), branch, _ -> () -> meet(both));
        }
        AtomicInteger joined = new AtomicInteger();
        tasks.add(branches, Place.ofPlanes(8), _ -> joined::incrementAndGet);
        try (Workspace workspace = new Workspace(Access.RAW);
                Pool pool = new Pool(2, Thread.ofPlatform().daemon()::unstarted)) {
            tasks.allocate(workspace);
            List<Operator> operators =
                    tasks.operators(new Setting(LANES, 16, pool, workspace, Scratch.shared(workspace, 2)));
            assertThat(operators).hasSize(2);
            operators.forEach(Operator::run);
            assertThat(overlap(branches.get(0).buffer(), branches.get(1).buffer()))
                    .isFalse();
        }
        assertThat(joined).hasValue(1);
    }

    /** Neither runs before what it needs, and what two write lies apart for as long as either is read. */
    @Test
    void wavesKeepTheOrderThatPlacesAskFor() {
        for (int seed = 0; seed < DRAWS; seed++) {
            Random random = new Random(seed);
            List<Task> tasks = drawnTasks(random);
            int[] wave = new int[tasks.size()];
            List<List<Integer>> waves = Waves.of(tasks);
            List<Integer> all = waves.stream().flatMap(List::stream).sorted().toList();
            assertThat(all)
                    .containsExactlyElementsOf(
                            IntStream.range(0, tasks.size()).boxed().toList());
            for (int i = 0; i < waves.size(); i++) {
                for (int task : waves.get(i)) {
                    wave[task] = i;
                }
            }
            for (int task = 0; task < wave.length; task++) {
                for (int before = 0; before < task; before++) {
                    if (needs(tasks.get(task), tasks.get(before))) {
                        assertThat(wave[before])
                                .as("seed %d: %d before %d", seed, before, task)
                                .isLessThan(wave[task]);
                    }
                }
            }
        }
    }

    @Test
    void whatIsNeededLateIsComputedLateAndWhatNobodyNeedsAtOnce() {
        List<Place> chain = new ArrayList<>(List.of(Place.ofPlanes(4)));
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            chain.add(Place.ofPlanes(4));
            tasks.add(new Task(List.of(chain.get(i)), chain.get(i + 1), TasksTest::nothing));
        }
        Place skipped = Place.ofPlanes(4);
        tasks.add(1, new Task(List.of(chain.get(1)), skipped, TasksTest::nothing));
        tasks.add(2, new Task(List.of(chain.get(1)), Place.ofPlanes(4), TasksTest::nothing));
        tasks.add(new Task(List.of(chain.get(4), skipped), Place.ofPlanes(4), TasksTest::nothing));
        assertThat(Waves.of(tasks)).containsExactly(List.of(0), List.of(2, 3), List.of(4), List.of(1, 5), List.of(6));
    }

    /** Tasks on places of which some are parts of others, as the planner leaves them. */
    private static List<Task> drawnTasks(Random random) {
        List<Place> places = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 3 + random.nextInt(10); i++) {
            Place place = Place.ofBlocks(new BlockedShape(1, 4, 2, 2, LANES, Border.NONE));
            List<Place> inputs = new ArrayList<>();
            for (int input = random.nextInt(3); input > 0 && !places.isEmpty(); input--) {
                inputs.add(places.get(random.nextInt(places.size())));
            }
            tasks.add(new Task(inputs, place, TasksTest::nothing));
            places.add(place);
            if (random.nextInt(3) == 0) {
                Place whole = Place.ofBlocks(new BlockedShape(1, 12, 2, 2, LANES, Border.NONE));
                for (Place part : places) {
                    if (!part.isPart() && random.nextBoolean()) {
                        part.becomePartOf(whole, random.nextInt(3));
                    }
                }
                places.add(whole);
            }
        }
        return tasks;
    }

    private static boolean needs(Task task, Task before) {
        return shares(List.of(task.output()), before.places()) || shares(task.inputs(), List.of(before.output()));
    }

    private static boolean shares(List<Place> some, List<Place> others) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(one::overlaps));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Used> drawn(Random random, Tasks tasks) {
        List<Place> places = new ArrayList<>();
        List<int[]> uses = new ArrayList<>();
        Place input = Place.ofPlanes(1 + random.nextInt(50));
        tasks.keep(input, true);
        places.add(input);
        uses.add(new int[] {-1, Place.AFTER});
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
